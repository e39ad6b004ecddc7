"""Characters to ids and back: `sorted(set(text))`, and what to do about a character that is not in it."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from anyascii import anyascii

from charlm.errors import CheckpointDamaged, UnknownCharacter
from charlm.languages import N_, NN_, Told

LARGEST_ALPHABET = 4_000


@dataclass(frozen=True)
class Vocabulary:
    """The alphabet of one text, in the order of its ids."""

    characters: str

    def __post_init__(self) -> None:
        count = len(self.characters)
        if not 0 < count <= LARGEST_ALPHABET or len(set(self.characters)) < count:
            raise CheckpointDamaged(
                N_("A vocabulary is empty, very long, or names a character twice."),
                N_("Expected at most {most:,} distinct characters."),
                N_("Restore the file."),
                most=LARGEST_ALPHABET,
            )

    @classmethod
    def of(cls, text: str) -> Self:
        """The vocabulary of a text: its distinct characters, sorted."""
        return cls("".join(sorted(set(text))))

    def __len__(self) -> int:
        return len(self.characters)

    def __contains__(self, character: str) -> bool:
        return character in self._known

    @property
    def dtype(self) -> np.dtype:
        """The smallest type of number that holds every id: one byte, or two."""
        return np.min_scalar_type(len(self) - 1)

    def encode(self, text: str) -> np.ndarray:
        """The ids of a text, an int32 array of shape (len(text),). Raises UnknownCharacter, which names them all."""
        ids: np.ndarray = self._table.take(code_points(text), mode="clip")
        if (ids < 0).any():
            raise self._unknown(text)
        return ids

    def decode(self, ids: Iterable[int]) -> str:
        """The text of a sequence of ids."""
        return "".join(self.characters[i] for i in ids)

    def normalized(self, text: str) -> str:
        """The text as a corpus is: Unicode NFC, so that e and an accent behind it become é.

        What the model wrote itself may be none: known characters whose composed form it never saw stay as they are.
        """
        composed = unicodedata.normalize("NFC", text)
        return text if all(c in self for c in text) and any(c not in self for c in composed) else composed

    def near(self, character: str) -> str | None:
        """The known character closest to an unknown one (é/e, ’/', case), or None.

        Two characters are near when they sound alike in plain ASCII, case apart; the same case wins.
        """
        sound = _sound(character)
        alike = [c for c in self.characters if sound and _sound(c) == sound]
        same_case = character.isupper()
        return min(alike, key=lambda c: (c.isupper() != same_case, c), default=None)

    def replace_unknown(self, text: str) -> tuple[str, dict[str, str]]:
        """The text with every unknown character replaced by its nearest, or left out when there is none near.

        Returns the new text and what was replaced by what ("" for left out).
        """
        text = self.normalized(text)
        replaced = self._replacements(text)
        return "".join(replaced.get(c, c) for c in text), replaced

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.characters)

    @cached_property
    def _table(self) -> np.ndarray:
        """The id of each code point, -1 where it has none; the last entry stands for all code points after it."""
        known = code_points(self.characters)
        table = np.full(int(known.max()) + 2, -1, np.int32)
        table[known] = np.arange(len(known), dtype=np.int32)
        return table

    def _replacements(self, text: str) -> dict[str, str]:
        return {c: self.near(c) or "" for c in dict.fromkeys(text) if c not in self}

    def _unknown(self, text: str) -> UnknownCharacter:
        replaced = self._replacements(text)
        names = ", ".join(f"{c!r} (U+{ord(c):04X})" for c in replaced)
        offers = tuple(
            f"{c!r} -> {near!r}" if near else Told(N_("{character!r} left out"), character=c)
            for c, near in replaced.items()
        )
        return UnknownCharacter(
            N_("The model never saw {names}."),
            NN_(
                "Expected only the {count} character of the text it learnt from.",
                "Expected only the {count} characters of the text it learnt from.",
            ),
            N_(
                "Nearest to it: {offers}. Write it that way, or take the offer: --replace-unknown "
                "(replace_unknown=True)."
            ),
            names=names,
            count=len(self),
            offers=offers,
        )


def code_points(text: str) -> np.ndarray:
    """The numbers that Unicode gives to the characters of a text: uint32 (len(text),)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def count_characters(text: str) -> Counter[str]:
    """How often each character occurs, in the order of the characters."""
    counts = np.bincount(code_points(text))
    found = np.flatnonzero(counts)
    return Counter(dict(zip(map(chr, found.tolist()), counts[found].tolist(), strict=True)))


def _sound(character: str) -> str:
    return anyascii(character).casefold()
