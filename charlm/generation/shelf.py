"""The models one can write with: those everybody may see, and one's own, a few of them held ready."""

from pathlib import Path
from typing import TYPE_CHECKING

from charlm.errors import CharlmError, CheckpointDamaged
from charlm.latest import Latest
from charlm.storage.run_folder import SHARED, VISITORS, RunFolder, shared_name
from charlm.text.copies import CopyFinder
from charlm.text.traces import Traces

if TYPE_CHECKING:
    from charlm.generation.language_model import LanguageModel

MODELS = 40  # kept in memory, a class with one each; a network of the presets is some megabytes
TEXTS = 2  # indexes kept in memory; each is five times its text


class Shelf:
    """Loads models, and their texts, by the name of their folder and keeps the latest few."""

    def __init__(self, *places: str | Path) -> None:
        """The first of these folders that has a model of a name is where it is taken from."""
        self._places = [Path(place) for place in places]
        self._models: Latest[LanguageModel] = Latest(MODELS)
        self._finders: Latest[CopyFinder] = Latest(TEXTS)

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

        folder = self._folder(name)
        card = folder.read_card()
        if SHARED.fullmatch(name) or not folder.has_corpus:
            return None

        def index() -> CopyFinder:
            corpus = folder.read_corpus()
            return CopyFinder(corpus.text if corpus else "")

        return self._finders.get((name, card.corpus.sha256), index)

    def _folder(self, name: str) -> RunFolder:
        if SHARED.fullmatch(name):
            runs = (run.name for place in self._places for run in place.iterdir() if VISITORS.fullmatch(run.name))
            name = next((run for run in runs if shared_name(run) == name), name)
        plain = Path(name).name.lstrip(".") or "_"  # nothing that leads out of these folders, or is hidden in them
        folders = [place / plain for place in self._places]
        return RunFolder(next((folder for folder in folders if folder.exists()), folders[0]))
