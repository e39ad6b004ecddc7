"""What a model predicts before each character of a text."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np

from charlm.errors import UnknownCharacter
from charlm.languages import N_
from charlm.text.vocabulary import Vocabulary

if TYPE_CHECKING:
    from charlm.generation.language_model import Piece


class Reader(Protocol):
    """The part of a `LanguageModel` that this wing needs. Tests use a small replacement with the same methods."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The characters that the model knows."""
        ...

    @property
    def line_start(self) -> str:
        """The text that the model reads before the first character of a line."""
        ...

    def read(self, ids: np.ndarray) -> Iterator[np.ndarray]:
        """The logits after each of the ids, as consecutive pieces (characters, vocab_size)."""
        ...

    def next_logits(self, text: str) -> np.ndarray:
        """Logits (vocab_size,) of the character after `text`."""
        ...

    def write(
        self, start_text: str, temperatures: Sequence[float], length: int, seed: int
    ) -> Iterator[tuple["Piece", ...]]:
        """Write at all temperatures with the same random numbers. Each tuple has one new piece per temperature."""
        ...


def thoughts(model: Reader, start_text: str, text: str) -> Iterator[np.ndarray]:
    """The logits before each character of `text`, which comes after `start_text`, in pieces (characters, vocab_size).

    The text is not normalized, so every character has its own row. An empty start means the beginning of a line.
    Raises UnknownCharacter.
    """
    start = start_text or model.line_start
    before = len(start) - 1  # rows that predict characters of the start
    for piece in model.read(model.vocabulary.encode(start + text)[:-1]):
        if before < len(piece):
            yield piece[before:]
        before = max(0, before - len(piece))


def readable(vocabulary: Vocabulary, text: str, replace_unknown: bool = True) -> tuple[str, dict[str, str]]:
    """The text as a model reads it, and what was replaced: unknown character -> similar one, "" if it was left out.

    Raises UnknownCharacter if no character is left.
    """
    text, replaced = vocabulary.normalized(text), dict[str, str]()
    if replace_unknown:
        text, replaced = vocabulary.replace_unknown(text)
    if not text:
        raise UnknownCharacter(
            N_("The model never saw {names}.") if replaced else N_("The text is empty."),
            N_("Expected at least one character that the model knows, or that is similar to one it knows."),
            N_("Give it another text, or use another model."),
            names=tuple(map(repr, replaced)),
        )
    return text, replaced
