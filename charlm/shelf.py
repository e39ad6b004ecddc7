"""The models one can write with: those everybody may see, and one's own, a few of them held ready."""

import re
from collections import OrderedDict
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from charlm.checkpoint import RunFolder
from charlm.corpus import Corpus
from charlm.errors import CharlmError
from charlm.traces import Traces

if TYPE_CHECKING:
    from charlm.language_model import LanguageModel

HELD = 4  # models kept in memory; each is some ten megabytes with its compiled loop
OWN = re.compile(r".+-[0-9a-f]{16}")  # a visitor's run, for whoever holds its id


class Shelf:
    """Loads models by the name of their folder and keeps the latest few."""

    def __init__(self, data: str | Path) -> None:
        self._data = Path(data)
        self._models: OrderedDict[tuple[str, int], LanguageModel] = OrderedDict()
        self._lock = Lock()  # loading twice at the same time would only take twice as long

    def everybodys(self) -> list[str]:
        """The models that come with charlm, and those that whoever runs it has put beside them."""
        names = (card.parent.name for card in sorted(self._data.glob("*/card.json")))
        return [name for name in names if not OWN.fullmatch(name) and self.has(name)]

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

    def traces(self, name: str) -> Traces:
        """What is kept of the text the model learnt from. Raises CheckpointDamaged."""
        return self._folder(name).read_traces()

    def corpus(self, name: str) -> Corpus | None:
        """The text the model learnt from, if it is here. Raises CheckpointNotFound and CheckpointDamaged."""
        return self._folder(name).read_corpus()

    def _folder(self, name: str) -> RunFolder:
        return RunFolder(self._data / Path(name).name)  # nothing that leads out of the folder
