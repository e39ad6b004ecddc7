"""Measures the loss over time, and how good the estimate was: python -m benchmarks.variants TEXT VARIANT...

A variant is a preset, plus the settings that differ from it: `quick`, `"quick epochs=1"`,
`"balanced layers=2 rnn_units=192"`. Each variant is a new run to its end, one after the other.
"""

import argparse
import tempfile
from pathlib import Path
from typing import Any

from charlm import estimate, preset, read_corpus, train
from charlm.events import EpochFinished, RunFinished
from charlm.settings import RunSettings
from charlm.text.vocabulary import Vocabulary


def main() -> None:
    """Print a row for every scored epoch of every variant."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", nargs="?", help="a text file, or the name of a built-in one")
    parser.add_argument("variants", nargs="*", metavar="variant")
    parser.add_argument("--only-the-end", action="store_true", help="one row for each variant, and no estimate")
    parser.add_argument("--smallest", action="store_true", help="one epoch of a tiny network with a built-in text")
    chosen = parser.parse_args()
    if chosen.smallest:
        chosen.text, chosen.variants = "lamplighter", ["quick epochs=1 rnn_units=8"]
    if not chosen.variants:
        parser.error("a text and a variant are needed")
    corpus = read_corpus(chosen.text)
    alphabet = len(Vocabulary.of(corpus.text))
    for variant in chosen.variants:
        settings = read_variant(variant, len(corpus.text))
        if not chosen.only_the_end:
            expected = estimate(len(corpus.text), alphabet, settings)
            print(
                f"\n{variant}: {settings.training.epochs} epochs, about {expected.seconds:.0f} s expected", flush=True
            )
            print("  seconds   epoch    loss  val_loss", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            for event in train(corpus, Path(folder) / "run", settings):
                if isinstance(event, EpochFinished) and not chosen.only_the_end:
                    print(
                        f"{event.seconds:9.1f} {event.epoch:7.2f} {event.loss:7.3f} {event.val_loss:9.4f}", flush=True
                    )
                elif isinstance(event, EpochFinished):
                    last = event
                elif isinstance(event, RunFinished) and chosen.only_the_end:
                    print(
                        f"{variant:70} {event.seconds:7.0f} s {event.epoch:5.2f} epochs   loss {last.loss:.3f}   "
                        f"best val_loss {event.best_val_loss:.4f} (epoch {event.best_epoch:g})",
                        flush=True,
                    )


def read_variant(variant: str, characters: int) -> RunSettings:
    """The settings of a variant, `preset name=value name=value ...`, for a text of `characters` characters."""
    name, *changes = variant.split()
    numbers: dict[str, Any] = {}
    for change in changes:
        key, value = change.split("=")
        try:
            numbers[key] = int(value)
        except ValueError:
            try:
                numbers[key] = float(value)
            except ValueError:
                numbers[key] = value
    return preset(name, characters, **numbers)


if __name__ == "__main__":
    main()
