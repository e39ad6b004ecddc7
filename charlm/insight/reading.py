"""What a model had in mind while a text came, character by character."""

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from charlm.text.vocabulary import Vocabulary


class Reader(Protocol):
    """The part of a `LanguageModel` that this wing needs; a toy that can do the same will do."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The characters it knows."""
        ...

    @property
    def line_start(self) -> str:
        """What stands before the first character of a line."""
        ...

    def read(self, ids: np.ndarray) -> Iterator[np.ndarray]:
        """Logits (characters, vocab_size) after each of the ids in turn, in pieces that follow on."""
        ...

    def next_logits(self, text: str) -> np.ndarray:
        """Logits (vocab_size,) of the character after `text`."""
        ...

    def compare(
        self, start_text: str, temperatures: Sequence[float], length: int, seed: int
    ) -> Iterator[tuple[str, ...]]:
        """Writes at all temperatures with the same random numbers: a piece for each at every turn."""
        ...


def thoughts(model: Reader, start_text: str, text: str) -> Iterator[np.ndarray]:
    """The logits before each character of `text`, which follows on `start_text`: pieces (characters, vocab_size).

    Nothing is normalized, so that there is a row for each character. An empty start is the beginning of a line. Raises
    UnknownCharacter.
    """
    start = start_text or model.line_start
    before = len(start) - 1  # rows that are about the start's own characters
    for piece in model.read(model.vocabulary.encode(start + text)[:-1]):
        if before < len(piece):
            yield piece[before:]
        before = max(0, before - len(piece))
