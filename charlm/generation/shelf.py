"""The models that a visitor can write with: the public ones and the visitor's own. The latest stay in memory."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from charlm.errors import CharlmError, CheckpointDamaged
from charlm.generation.company import Company
from charlm.latest import Latest
from charlm.storage.card import Card
from charlm.storage.run_folder import RunFolder
from charlm.storage.run_names import SHARED, VISITORS, shared_name
from charlm.text.copies import CopyFinder
from charlm.text.corpus import Corpus
from charlm.text.traces import Traces

if TYPE_CHECKING:
    from charlm.generation.epochs import EpochLoader
    from charlm.generation.language_model import LanguageModel

MODELS = 40  # kept in memory: one for each pupil of a class; a preset's network takes a few megabytes
LONGEST_NAME = 200  # bytes: file systems do not allow much more
TEXTS = 2  # indexes kept in memory; each is five times as large as its text


class Shelf:
    """Loads models and their texts by the name of their folder, and keeps the latest few in memory."""

    def __init__(self, *places: str | Path, company: Company | None = None) -> None:
        """A model is taken from the first of these `places` that has a folder with its name.

        With a `company`, all who write with models of this shelf write together.
        """
        self._places, self._company = [Path(place) for place in places], company
        self._models: Latest[LanguageModel] = Latest(MODELS)
        self._finders: Latest[CopyFinder] = Latest(TEXTS)

    def everybodys(self) -> list[str]:
        """The names of all public models: those that come with charlm, and those that the host has added."""
        names = {card.parent.name for place in self._places for card in place.glob("*/card.json")}
        return [name for name in sorted(names) if not VISITORS.fullmatch(name) and self.has(name)]

    def has(self, name: str) -> bool:
        """Is there a model of that name that can write?"""
        try:
            folder = self.folder(name)
            folder.read_card()
        except CharlmError:
            return False
        return folder.best_weights.exists()

    def card(self, name: str) -> Card:
        """The card of the model of that name. Raises CheckpointNotFound and CheckpointDamaged."""
        return self.folder(name).read_card()

    def take(self, name: str) -> "LanguageModel":
        """The model of that name, with its latest best weights. Raises CheckpointNotFound and CheckpointDamaged."""
        from charlm.generation.language_model import load  # TensorFlow starts here, not when the page starts

        folder = self.folder(name)
        folder.read_card()
        written = folder.best_weights.stat().st_mtime_ns if folder.best_weights.exists() else 0
        model = self._models.get((name, written), lambda: self._joined(load(folder.path, columns=0)))
        model.warm_up()
        return model

    def epochs(self, name: str) -> Callable[[Path], "LanguageModel"]:
        """Loads the kept epochs of the model of that name; each must be used before the next one is loaded.

        Raises CheckpointNotFound and CheckpointDamaged.
        """
        card = self.card(name)

        @cache
        def loader() -> "EpochLoader":
            from charlm.generation.epochs import EpochLoader  # TensorFlow starts only if there is something to load

            return EpochLoader(card, self._company)

        return lambda file: loader()(file)

    def traces(self, name: str) -> Traces:
        """The traces of the text that the model learnt. They are empty if damaged: the model can write without them."""
        try:
            return self.folder(name).read_traces()
        except CheckpointDamaged:
            return Traces()

    def copy_finder(self, name: str) -> CopyFinder | None:
        """Finds copies from the text that the model learnt; None if the text is not here or is another visitor's.

        Raises CheckpointNotFound and CheckpointDamaged.
        """
        folder = self.folder(name)
        card = folder.read_card()
        if SHARED.fullmatch(name) or not folder.has_corpus:
            return None

        def index() -> CopyFinder:
            corpus = folder.read_corpus()
            return CopyFinder(corpus.text if corpus else "")

        return self._finders.get((name, card.corpus.sha256), index)

    def corpus(self, name: str) -> Corpus | None:
        """The text that the model learnt; None if it is not here or is another visitor's.

        Raises CheckpointNotFound and CheckpointDamaged.
        """
        return None if SHARED.fullmatch(name) else self.folder(name).read_corpus()

    def folder(self, name: str) -> RunFolder:
        """The folder of the model of that name; there may be none."""
        if SHARED.fullmatch(name):
            runs = (run.name for place in self._places for run in place.iterdir() if VISITORS.fullmatch(run.name))
            name = next((run for run in runs if shared_name(run) == name), name)
        plain = Path(name).name.lstrip(".")  # the name must not lead out of these folders or to a hidden one
        if not 0 < len(plain.encode(errors="replace")) <= LONGEST_NAME or "\0" in plain:
            plain = "_"
        folders = [place / plain for place in self._places]
        return RunFolder(next((folder for folder in folders if folder.exists()), folders[0]))

    def _joined(self, model: "LanguageModel") -> "LanguageModel":
        if self._company is not None:
            model.join(self._company)
        return model
