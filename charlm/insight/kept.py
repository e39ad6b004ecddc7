"""Keeps what was found inside models last: a page asks for the same text and the same model again and again."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from charlm.insight.cells import Cells, read_cells
from charlm.insight.embedding import Embedding, embedding
from charlm.insight.reach import reach_curve
from charlm.insight.shortlist import Shortlist, shortlist
from charlm.insight.specimen import Specimen, specimen
from charlm.latest import Latest
from charlm.text.corpus import Corpus

if TYPE_CHECKING:
    from charlm.generation.language_model import LanguageModel

TEXTS = 8  # kept with all their cells: 600 characters take ten megabytes, of the largest networks forty
ANSWERS = 60


class Insides:
    """What was asked for last, of any model. A model stands for itself: one that has learnt more is another one."""

    def __init__(self) -> None:
        self._cells: Latest[Cells] = Latest(TEXTS)
        self._answers: Latest[Any] = Latest(ANSWERS)

    def cells(self, model: "LanguageModel", text: str) -> Cells:
        """The same as `read_cells`."""
        return self._cells.get((model, text), lambda: read_cells(model, text))

    def curve(self, model: "LanguageModel", text: str) -> np.ndarray:
        """The same as `reach_curve`."""
        curve: np.ndarray = self._answers.get(
            (model, "curve", text), lambda: reach_curve(model, self.cells(model, text))
        )
        return curve

    def embedding(self, model: "LanguageModel") -> Embedding:
        """The same as `embedding`."""
        found: Embedding = self._answers.get((model, "embedding"), lambda: embedding(model))
        return found

    def specimen(self, model: "LanguageModel", corpus: Corpus | None) -> Iterator[Specimen]:
        """The same as `specimen`; only what the model writes itself is kept."""
        if corpus is not None:
            yield from specimen(model, corpus)
            return
        yield from self._streamed((model, "specimen"), lambda: specimen(model))

    def shortlist(self, model: "LanguageModel", text: str) -> Iterator[Shortlist]:
        """The same as `shortlist`."""
        yield from self._streamed((model, "shortlist", text), lambda: shortlist(model, text))

    def forget(self) -> None:
        """Keep nothing: somebody wants their texts deleted."""
        self._cells.clear()
        self._answers.clear()

    def _streamed(self, key: Any, find: Callable[[], Iterator[Any]]) -> Iterator[Any]:
        """Yield an answer that is here, or else everything on the way to it."""
        if (known := self._answers.find(key)) is not None:
            yield known
            return
        found = None
        for found in find():
            yield found
        if found is not None:
            self._answers.get(key, lambda: found)
