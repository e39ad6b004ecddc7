"""Measures the costs of a run: a process that begins it for real, on a text of dice, and stops after some seconds."""

import os
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import numpy as np

from charlm.events import StepFinished
from charlm.generation.language_model import LanguageModel
from charlm.network.model import CharacterModel
from charlm.records import from_json, to_json
from charlm.runs.recorder import SAMPLE_LENGTH, SAMPLE_SEED, SAMPLE_TEMPERATURE, Recorder
from charlm.runs.worker import NICENESS
from charlm.settings import RunSettings
from charlm.storage.card import Card, CorpusFacts
from charlm.storage.run_folder import RunFolder
from charlm.text.corpus import Corpus
from charlm.text.vocabulary import Vocabulary
from charlm.times.costs import WINDOW, Asked, Costs, Shape
from charlm.training.evaluation import Evaluator

PROBE_SECONDS = 2.0  # of updates, after the first
ENOUGH = 1_000_000  # characters of the text of dice: no epoch of a longer text ends within the probe
UPDATES = 20  # that an epoch over such a text has at least
FIRST_CHARACTER = 0x10000  # of the alphabet of dice: from here on every number is a character


def try_run(
    place: Path, characters: int, vocab_size: int, settings: RunSettings, start: float, seconds: float = PROBE_SECONDS
) -> Costs:
    """Begin a run in the empty folder `place`, stop it after so many seconds of updates, and tell its costs.

    The settings must fit a text with that many characters. `start` is how long this process took to get here.
    """
    begun = time.perf_counter()
    network = CharacterModel(vocab_size, settings.model, settings.training.seed)
    corpus, card = _text_of_dice(characters, vocab_size, settings, network.count_params())
    folder = RunFolder(place)
    events = Recorder(folder, card, network, corpus).record(_after(seconds), ())
    marks = [(type(event), time.perf_counter()) for event in events]
    steps = [at for kind, at in marks if kind is StepFinished]
    # The mean, as the whole run has it. The first update of an epoch is left out: setting up the epoch is part of it.
    update = fmean(at - before for (last, before), (kind, at) in pairwise(marks) if last is kind is StepFinished)
    compiling, scoring = _score(network, Shape.of(characters, vocab_size, settings).streams)
    left = time.perf_counter()
    folder.save_weights(folder.epochs.file(1), network.save_weights)
    LanguageModel(card, network).generate("", SAMPLE_TEMPERATURE, SAMPLE_LENGTH, SAMPLE_SEED)
    saving = time.perf_counter() - left + marks[-1][1] - steps[-1]
    return Costs(start, steps[0] - begun - update + compiling, update, scoring, saving)


def _after(seconds: float) -> Callable[[], bool]:
    """Says when to stop: so many seconds after the first update, which also compiles, but not before the third."""
    asked: list[float] = []

    def stop() -> bool:
        asked.append(time.perf_counter())  # before every update
        return len(asked) > 3 and asked[-1] - asked[1] >= seconds

    return stop


def _score(network: CharacterModel, streams: int) -> tuple[float, float]:
    """The seconds of compiling the scoring, and of scoring one window of every stream."""
    evaluator, ids = Evaluator(network), np.zeros(streams * WINDOW, np.int32)
    first, second = (evaluator.evaluate(ids, ids).seconds for _ in range(2))
    return first - second, second / 2  # before the window, every stream reads one that is not scored


def _text_of_dice(characters: int, vocab_size: int, settings: RunSettings, parameters: int) -> tuple[Corpus, Card]:
    """A text whose updates cost what those of a text with that many characters do, and the card of its model."""
    training = settings.training
    length = min(characters, max(ENOUGH, UPDATES * training.batch_size * training.seq_length))
    vocabulary = Vocabulary("".join(map(chr, range(FIRST_CHARACTER, FIRST_CHARACTER + vocab_size))))
    ids = np.random.default_rng(0).integers(0, vocab_size, length)
    corpus = Corpus("dice", (ids + FIRST_CHARACTER).astype("<u4").tobytes().decode("utf-32-le"))
    card = Card(
        "dice", CorpusFacts(corpus.name, length, corpus.sha256), settings.model, training, parameters, vocabulary,
        uniform_loss=0.0, frequency_loss=0.0, versions={},
    )  # fmt: skip
    return corpus, card


def main(place: str, question: str) -> None:
    """Print the costs of the run that the question, an Asked, describes; both are JSON."""
    loaded = time.monotonic()  # the same clock in all processes
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    asked = from_json(Asked, question, "the question")
    costs = try_run(Path(place), asked.characters, asked.vocab_size, asked.settings, loaded - asked.at)
    print(to_json(costs))


if __name__ == "__main__":
    main(*sys.argv[1:])
