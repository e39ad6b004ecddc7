"""Plays twelve different runs and compares the time that was told with the time that they took.

python -m benchmarks.times [--smallest]

Each run is told twice: at once, worked out from the usual runs only, as the page does while a visitor moves a number;
and after a trial, as `charlm estimate` does and the page where a visitor stays. Then it is trained on the command line.
The runs never stop early. The machine must have nothing else to do.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from charlm.presets import preset
from charlm.text.corpus import read_corpus
from charlm.times.estimates import Times
from charlm.times.kept import Kept
from charlm.times.wishes import usual_wishes

NEAR_ENOUGH = 1.25  # times too long or too short
STEADY = {"learning_rate": 1e-4, "patience": 100_000}  # so that no run diverges, or stops before its last epoch


@dataclass(frozen=True)
class Choice:
    """One run."""

    name: str
    numbers: dict[str, Any]
    text: str = "lamplighter"
    preset: str = "quick"
    characters: int | None = None  # of the text, if it is cut
    alphabet: int | None = None  # in place of the text: dice with so many different characters

    def read(self) -> str:
        """The text."""
        if self.alphabet is None:
            return read_corpus(self.text).text[: self.characters]
        often = 1 / np.arange(1, self.alphabet + 1)  # as words and Chinese characters are: Zipf's law
        ids = np.random.default_rng(0).choice(self.alphabet, self.characters, p=often / often.sum())
        return "".join(chr(0x4E00 + number) for number in ids)


CHOICES = [
    Choice("a short text, which lowers the batch", {"epochs": 60}, characters=3_000),
    Choice("256 units", {"epochs": 5, "rnn_units": 256}),
    Choice("512 units, Adam", {"epochs": 2, "rnn_units": 512, "optimizer": "adam"}),
    Choice("512 units, Muon", {"epochs": 2, "rnn_units": 512, "optimizer": "muon"}),
    Choice("three layers of 96", {"epochs": 5, "rnn_units": 96, "layers": 3}),
    Choice("GRU, 200 units", {"epochs": 6, "rnn_units": 200, "cell": "gru"}),
    Choice("RNN, another text", {"epochs": 20, "cell": "rnn"}, text="molino"),
    Choice("batch_size 4", {"epochs": 2, "batch_size": 4}),
    Choice("seq_length 16, batch_size 128", {"epochs": 12, "seq_length": 16, "batch_size": 128}),
    Choice("seq_length 300", {"epochs": 8, "seq_length": 300, "batch_size": 10}),
    Choice("1,500 different characters", {"epochs": 2}, characters=60_000, alphabet=1_500),
    Choice(
        "shuffled, dropout, 160 units", {"epochs": 6, "rnn_units": 160, "order": "shuffled", "dropout": 0.3},
        preset="balanced",
    ),
]  # fmt: skip


def main() -> None:
    """Print a row for every run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smallest", action="store_true", help="only one run, the shortest")
    smallest = parser.parse_args().smallest
    usual, tried = Times(Kept(None)), Times(Kept(None))
    for wish in islice(usual_wishes(), 1 if smallest else None):
        usual.try_out(*wish.asked)
    print("| run | told at once | told after a trial | took | told to took | |\n|---|---|---|---|---|---|", flush=True)
    rows = [compare(choice, usual, tried) for choice in (CHOICES[:1] if smallest else CHOICES)]
    for place, told in enumerate(("at once", "after a trial")):
        near = sum(1 / NEAR_ENOUGH <= row[place] <= NEAR_ENOUGH for row in rows)
        print(f"\n{near} of {len(rows)} within {NEAR_ENOUGH - 1:.0%}, told {told}.", flush=True)


def compare(choice: Choice, usual: Times, tried: Times) -> tuple[float, float]:
    """Print the row of one run. Returns the two ratios of the time that was told to the time that it took."""
    text = choice.read()
    settings = preset(choice.preset, len(text), **choice.numbers, **STEADY)
    asked = len(text), len(set(text)), settings
    rough, measured = usual.estimate(*asked), tried.try_out(*asked)
    took = play(choice, text)
    ratios = rough.seconds / took, measured.seconds / took
    print(
        f"| {choice.name} | {rough.seconds:.1f} s | {measured.seconds:.1f} s | {took:.1f} s "
        f"| {ratios[0]:.2f} | {ratios[1]:.2f} |",
        flush=True,
    )
    return ratios


def play(choice: Choice, text: str) -> float:
    """Train the run in a process of its own. Returns the seconds that somebody waits for it."""
    numbers = choice.numbers | STEADY | {"preset": choice.preset}
    options = [part for name, value in numbers.items() for part in (f"--{name.replace('_', '-')}", str(value))]
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "text.txt"
        file.write_text(text, "utf-8")
        command = [sys.executable, "-m", "charlm", "train", file, "--out", Path(place) / "run", *options]
        begun = time.monotonic()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return time.monotonic() - begun


if __name__ == "__main__":
    main()
