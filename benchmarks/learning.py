"""How long until a loss: charlm beside PyTorch and the textbook's loop in Keras: python -m benchmarks.learning

The same text, the same last tenth held out and scored in the same way; the same kind of network, Embedding -> LSTM ->
Dense. A schedule whose learning rate falls reaches its loss only at its end, so each contestant has its own best size
and schedule for each goal: see the tables below. They take turns, round by round, each run in a new process with new
seeds.

The seconds are all that pass between a loaded library and the first scoring at or below the goal: building, compiling,
learning, scoring, and with charlm what it saves and writes. The last column adds the loading of the libraries. A round
takes about twenty minutes on two cores, most of it the textbook's; `--peers torch` leaves that out.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.contestants.learners import Curve, Windows
from benchmarks.race import Contestant, has_torch, ratios, spread

# charlm's schedules: a preset and what differs from it, as in variants.py. It learns whole epochs only.
CHARLM = {1.70: "quick epochs=1 rnn_units=96", 1.60: "quick epochs=1", 1.53: "quick"}
# PyTorch's: the shortest of those tried (see tried.md) that ends just below the goal; part of an epoch is allowed.
TORCH = {
    1.70: {"units": 128, "epochs": 1.3, "learning_rate": 3e-2, "batch_size": 32, "seq_length": 64},
    1.60: {"units": 256, "epochs": 1.2, "learning_rate": 2e-2, "batch_size": 32, "seq_length": 64},
    1.53: {"units": 256, "epochs": 2.6, "learning_rate": 1.6e-2, "batch_size": 32, "seq_length": 64},
}
# Its learning rate stays as it is, so one run passes all goals.
KERAS = {"units": 256, "epochs": 40, "batch_size": 64, "seq_length": 100}


@dataclass(frozen=True)
class Attempt:
    """A run that one contestant makes in every round, to reach one goal or several."""

    contestant: str
    goals: tuple[float, ...]
    schedule: dict[str, Any]


PEERS = ("torch", "keras")
ATTEMPTS = (
    *(
        attempt
        for goal in CHARLM
        for attempt in (Attempt("charlm", (goal,), {"variant": CHARLM[goal]}), Attempt("torch", (goal,), TORCH[goal]))
    ),
    Attempt("keras", tuple(CHARLM), KERAS),
)
SMALLEST = (
    Attempt("charlm", (9.0,), {"variant": "quick epochs=1 rnn_units=8"}),
    Attempt("torch", (9.0,), TORCH[1.70] | {"units": 8, "epochs": 1.0}),
    Attempt("keras", (9.0,), KERAS | {"units": 8, "epochs": 1}),
)


@dataclass
class Times:
    """Of one contestant and one goal: seconds for each round, none where the goal was missed."""

    learning: dict[int, float] = field(default_factory=dict)
    loading: dict[int, float] = field(default_factory=dict)
    losses: list[float] = field(default_factory=list)  # where the runs ended

    def note(self, number: int, loading: float, curve: Curve, goal: float) -> None:
        """Keep what the run of a round did."""
        self.loading[number] = loading
        self.losses.append(curve[-1][1])
        reached = [seconds for seconds, val_loss in curve if val_loss <= goal]
        if reached:
            self.learning[number] = reached[0]

    @property
    def in_all(self) -> dict[int, float]:
        """With the loading of the libraries."""
        return {number: seconds + self.loading[number] for number, seconds in self.learning.items()}

    def __str__(self) -> str:
        if not self.losses:
            return "did not take part"
        missed = len(self.losses) - len(self.learning)
        told = f", {missed} of {len(self.losses)} ended above, at {max(self.losses):.3f}" if missed else ""
        return f"{statistics.median(self.learning.values()):.1f} s{told}" if self.learning else told.lstrip(", ")


def main() -> None:
    """Run all rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", nargs="?", default="shakespeare", help="a text file, or the name of a built-in one")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=PEERS, help="who takes part beside charlm")
    parser.add_argument("--smallest", action="store_true", help="one round of tiny networks with a built-in text")
    parser.add_argument("--torch", default=sys.executable, help="an interpreter that has PyTorch")
    chosen = parser.parse_args()
    if chosen.smallest:
        chosen.text, chosen.rounds = "lamplighter", 1
    takes_part = {"charlm", *chosen.peers} - (set() if has_torch(chosen.torch) else {"torch"})
    attempts = [a for a in (SMALLEST if chosen.smallest else ATTEMPTS) if a.contestant in takes_part]
    with tempfile.TemporaryDirectory() as folder:
        files = write_text(chosen.text, Path(folder))
        times = play(attempts, chosen.rounds, files, chosen.torch)
    print("\n".join(table(times)))


def write_text(source: str, folder: Path) -> dict[str, dict[str, str]]:
    """Write the text for charlm, and its windows for the peers. Returns what each contestant is told of them."""
    import numpy as np

    from charlm import read_corpus
    from charlm.text.vocabulary import Vocabulary
    from charlm.training.evaluation import scored_windows
    from charlm.training.windows import split

    text, windows = folder / "text.txt", folder / "windows.npz"
    corpus = read_corpus(source)
    vocabulary = Vocabulary.of(corpus.text)
    train, held_out = split(vocabulary.encode(corpus.text))
    text.write_text(corpus.text, "utf-8")
    scored = map(np.stack, zip(*scored_windows(held_out, train), strict=True))
    Windows(train, *scored, len(vocabulary)).write(str(windows))
    return {"charlm": {"text": str(text)}} | {peer: {"windows": str(windows)} for peer in PEERS}


def play(
    attempts: Sequence[Attempt], rounds: int, files: dict[str, dict[str, str]], torch: str
) -> dict[float, dict[str, Times]]:
    """Let them take turns; a line on the error stream tells of each run. Returns times by goal and contestant."""
    times: dict[float, dict[str, Times]] = defaultdict(lambda: defaultdict(Times))
    for number in range(rounds):
        for attempt in attempts:
            name, lowest = attempt.contestant, min(attempt.goals)
            arguments = {"goal": lowest, "seed": number, **files[name], **attempt.schedule}
            begun = time.perf_counter()
            with Contestant(
                f"learners.{name}_learns", arguments, torch if name == "torch" else sys.executable
            ) as contestant:
                contestant.get_ready()
                loading = time.perf_counter() - begun
                seconds, curve = contestant.turn()
            print(f"round {number + 1}, {name}: {curve[-1][1]:.4f} after {seconds:.1f} s", file=sys.stderr, flush=True)
            for goal in attempt.goals:
                times[goal][name].note(number, loading, curve, goal)
    return times


def table(times: dict[float, dict[str, Times]]) -> Iterator[str]:
    """A row for each goal."""
    yield "| val_loss | charlm | PyTorch | Keras | PyTorch / charlm | Keras / charlm | the same, libraries loaded |"
    yield "|---|---|---|---|---|---|---|"
    for goal, found in times.items():
        charlm, *peers = (found.get(name, Times()) for name in ("charlm", *PEERS))
        alone = [compare(peer.learning, charlm.learning) for peer in peers]
        loaded = ", ".join(compare(peer.in_all, charlm.in_all) for peer in peers)
        yield f"| {' | '.join(map(str, (f'{goal:.2f}', charlm, *peers, *alone, loaded)))} |"


def compare(its: dict[int, float], ours: dict[int, float]) -> str:
    """How many times as long a peer took, in the rounds in which both reached the goal."""
    both = [number for number in ours if number in its]
    return spread(ratios([its[n] for n in both], [ours[n] for n in both])) if both else "-"


if __name__ == "__main__":
    main()
