"""The models one can write with: those that come with charlm, and one's own, a few of them held ready."""

from collections import OrderedDict
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from charlm.checkpoint import RunFolder
from charlm.errors import CharlmError

if TYPE_CHECKING:
    from charlm.language_model import LanguageModel

HELD = 4  # models kept in memory; each is some ten megabytes with its compiled loop


class Shelf:
    """Loads models by the name of their folder and keeps the latest few."""

    def __init__(self, data: str | Path) -> None:
        self._data = Path(data)
        self._models: OrderedDict[tuple[str, int], LanguageModel] = OrderedDict()
        self._lock = Lock()  # loading twice at the same time would only take twice as long

    def shipped(self) -> list[str]:
        """The models that come with charlm: whole ones without a text, which a visitor's own has."""
        folders = (card.parent for card in sorted(self._data.glob("*/card.json")))
        return [f.name for f in folders if not (f / "corpus.txt").exists() and self.has(f.name)]

    def has(self, name: str) -> bool:
        """Is there a model of that name that can write?"""
        try:
            folder = self._folder(name)
            folder.read_card()
        except CharlmError:
            return False
        return folder.best_weights.exists()

    def take(self, name: str, columns: int = 1) -> "LanguageModel":
        """The model of that name, as its best weights are now. Raises CheckpointNotFound and CheckpointDamaged."""
        from charlm.language_model import load  # TensorFlow comes up here, not when the page does

        folder = self._folder(name)
        folder.read_card()
        written = folder.best_weights.stat().st_mtime_ns if folder.best_weights.exists() else 0
        with self._lock:
            key = (name, written)
            if key not in self._models:
                self._models[key] = load(folder.path, columns=0)
                while len(self._models) > HELD:
                    self._models.popitem(last=False)
            self._models.move_to_end(key)
            model = self._models[key]
        model.warm_up(columns)
        return model

    def _folder(self, name: str) -> RunFolder:
        return RunFolder(self._data / Path(name).name)  # nothing that leads out of the folder
