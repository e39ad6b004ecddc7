"""A machine whose only model is a toy, and events as a run tells them."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from charlm.errors import CheckpointNotFound
from charlm.events import EpochFinished
from charlm.generation.shelf import Shelf
from charlm.runs.limits import Limits
from charlm.settings import ModelSettings, TrainingSettings
from charlm.storage.card import Card, CorpusFacts
from charlm.storage.run_folder import RunFolder
from charlm.text.copies import CopyFinder
from charlm.text.corpus import from_text
from charlm.text.kept import KeptTexts
from charlm.text.traces import Traces
from charlm.text.vocabulary import Vocabulary
from charlm.times.costs import Costs
from charlm.times.estimates import Times
from charlm.times.kept import Kept
from charlm.times.wishes import Wishes
from charlm.ui.machine import Machine
from charlm.ui.turns import Turns

TEXT = "\nthe cat sat on the hat\nthe rat ran to the café\n"
COSTS = Costs(start=4.0, setup=6.0, update=0.1, scoring=0.1, saving=0.1)
NASTY = ["<img src=x onerror=alert(1)>", "${alert(1)}", "{{value}}", "back\\slash", "\u202egnol", "👩‍🚀"]


class ToyShelf:
    """Two models of the same kind; the text of the second is not here."""

    def __init__(self, toy):
        self._toy = toy

    def everybodys(self):
        return ["other", "toy"]

    def has(self, name):
        return name in self.everybodys()

    def take(self, name):
        if name not in self.everybodys():
            raise CheckpointNotFound("There is no model at /home/somebody/secret.", "", "")
        return self._toy

    def traces(self, name):
        return Traces.of(TEXT) if name == "toy" else Traces()

    def copy_finder(self, name):
        return CopyFinder(TEXT) if name == "toy" else None


@pytest.fixture
def machine(toy):
    """At most sixty characters are written at once, by one visitor at a time; every run that is tried is as fast.

    No wish is fulfilled, since nobody began to work on them.
    """
    runs, times = SimpleNamespace(limits=Limits(length=60)), Times(Kept(None), lambda *_: COSTS)
    return Machine(
        runs=runs, shelf=ToyShelf(toy), turns=Turns(1, 1), times=times, wishes=Wishes(times), texts=KeptTexts()
    )


class FilmShelf(Shelf):
    """Run folders on disk; what a network knows after an epoch is the text in its weights file."""

    def __init__(self, place, toy_of, alphabet):
        super().__init__(place)
        self._toy_of, self._alphabet = toy_of, alphabet
        self.loaded = []

    def epochs(self, name):
        self.card(name)

        def load(file):
            self.loaded.append(file)
            return self._toy_of(self._alphabet + file.read_text())

        return load


class NoRuns:
    """The limits of the machine; no run waits, is under way or has ended."""

    limits = Limits(length=60)

    def status(self, run_id):
        raise CheckpointNotFound("There is no such run.", "", "")


@pytest.fixture
def film_machine(machine, tmp_path, toy_of):
    """The same machine with two models: `film` has kept its epochs 0, 1 and 2, `alone` has none."""
    corpus = from_text(TEXT, "hats")
    vocabulary, facts = Vocabulary.of(TEXT), CorpusFacts(corpus.name, len(TEXT), corpus.sha256)
    for name in ("film", "alone"):
        folder = RunFolder(tmp_path / name)
        folder.create(Card(name, facts, ModelSettings(), TrainingSettings(), 1, vocabulary, 3.0, 2.5, {}), corpus)
        folder.best_weights.touch()
    folder = RunFolder(tmp_path / "film")
    (folder.path / "epochs").mkdir()
    for epoch, text in enumerate(("t h", "the ran", TEXT)):
        folder.epochs.file(epoch).write_text(text)
    folder.write_events(
        EpochFinished(10 * n, float(n), 2.0, 0.5, val_loss, 0.5, 1.0, best=True) for n, val_loss in ((1, 2.6), (2, 1.2))
    )
    return replace(machine, runs=NoRuns(), shelf=FilmShelf(tmp_path, toy_of, vocabulary.characters))


@pytest.fixture(params=NASTY)
def nasty(request):
    """A text that would do harm if it were taken for markup."""
    return request.param
