"""The models one can write with: those everybody may see, and one's own, a few of them held ready."""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from charlm.errors import CharlmError, CheckpointDamaged
from charlm.storage.card import Card
from charlm.storage.run_folder import SHARED, VISITORS, RunFolder, shared_name
from charlm.text.copies import CopyFinder
from charlm.text.traces import Traces

if TYPE_CHECKING:
    from charlm.generation.language_model import LanguageModel

MODELS = 40  # kept in memory, a class with one each; a network of the presets is some megabytes
LONGEST_NAME = 200  # bytes: no disk takes one that is much longer
TEXTS = 2  # indexes kept in memory; each is five times its text


T = TypeVar("T")


class Shelf:
    """Loads models, and their texts, by the name of their folder and keeps the latest few."""

    def __init__(self, *places: str | Path) -> None:
        """The first of these folders that has a model of a name is where it is taken from."""
        self._places = [Path(place) for place in places]
        self._models: _Latest[LanguageModel] = _Latest(MODELS)
        self._finders: _Latest[CopyFinder | None] = _Latest(TEXTS)

    def everybodys(self) -> list[str]:
        """The models that come with charlm, and those that whoever runs it has put beside them."""
        names = {card.parent.name for place in self._places for card in place.glob("*/card.json")}
        return [name for name in sorted(names) if not VISITORS.fullmatch(name) and self.has(name)]

    def has(self, name: str) -> bool:
        """Is there a model of that name that can write?"""
        try:
            folder = self._folder(name)
            folder.read_card()
        except CharlmError:
            return False
        return folder.best_weights.exists()

    def card(self, name: str) -> Card:
        """What the model of that name is. Raises CheckpointNotFound and CheckpointDamaged."""
        return self._folder(name).read_card()

    def take(self, name: str, columns: int = 1) -> "LanguageModel":
        """The model of that name, as its best weights are now. Raises CheckpointNotFound and CheckpointDamaged."""
        from charlm.generation.language_model import load  # TensorFlow comes up here, not when the page does

        folder = self._folder(name)
        folder.read_card()
        written = folder.best_weights.stat().st_mtime_ns if folder.best_weights.exists() else 0
        model = self._models.get((name, written), lambda: load(folder.path, columns=0))
        model.warm_up(columns)
        return model

    def traces(self, name: str) -> Traces:
        """What is kept of the text the model learnt from; nothing where that is damaged: it writes without."""
        try:
            return self._folder(name).read_traces()
        except CheckpointDamaged:
            return Traces()

    def copy_finder(self, name: str) -> CopyFinder | None:
        """What finds copies from the text the model learnt from; None where that text is not here, or not one's own.

        Raises CheckpointNotFound and CheckpointDamaged.
        """

        def index() -> CopyFinder | None:
            corpus = folder.read_corpus()
            return CopyFinder(corpus.text) if corpus else None

        folder = self._folder(name)
        if SHARED.fullmatch(name):
            return None
        return self._finders.get((name, folder.read_card().corpus_sha256), index)

    def _folder(self, name: str) -> RunFolder:
        if SHARED.fullmatch(name):
            runs = (run.name for place in self._places for run in place.iterdir() if VISITORS.fullmatch(run.name))
            name = next((run for run in runs if shared_name(run) == name), name)
        plain = Path(name).name.lstrip(".")  # nothing that leads out of these folders, or is hidden in them
        if not 0 < len(plain.encode(errors="replace")) <= LONGEST_NAME or "\0" in plain:
            plain = "_"
        folders = [place / plain for place in self._places]
        return RunFolder(next((folder for folder in folders if folder.exists()), folders[0]))


class _Latest(Generic[T]):
    """The few things that were asked for last, each made at its first time."""

    def __init__(self, most: int) -> None:
        self._most, self._things = most, OrderedDict[Any, T]()
        self._lock, self._making = Lock(), Lock()  # one is made at a time, and holds up nobody whose own is there

    def get(self, key: Any, make: Callable[[], T]) -> T:
        if (found := self._find(key)) is not None:
            return found
        with self._making:
            if (found := self._find(key)) is not None:
                return found
            made = make()
            with self._lock:
                self._things[key] = made
                while len(self._things) > self._most:
                    self._things.popitem(last=False)
            return made

    def _find(self, key: Any) -> T | None:
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key)
