"""From one-hot to embedding: the row that stands for a character, its neighbours, and a map of all characters."""

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from charlm.errors import InvalidSetting
from charlm.insight.features import is_vowel
from charlm.languages import N_
from charlm.text.vocabulary import Vocabulary

if TYPE_CHECKING:
    from charlm.generation.language_model import LanguageModel
    from charlm.storage.card import Card

STILL_ALIKE = 0.2  # mean cosine of a row with itself before learning; rows of another table come to 0.02 at most

Kind = Literal["vowel", "consonant", "capital", "digit", "other"]


@dataclass(frozen=True)
class Neighbour:
    """A character and how similar its row is: the cosine, 1 for the same direction, 0 for nothing in common."""

    character: str
    similarity: float


@dataclass(frozen=True, eq=False)
class Map:
    """All characters on a plane, so that near means similar as far as a plane can show it."""

    points: np.ndarray  # float64 (alphabet, 2)
    shown: float  # the share of the rows' variance that the plane shows


@dataclass(frozen=True, eq=False)
class Embedding:
    """The table of a model: row k stands for the character with the id k."""

    alphabet: str
    table: np.ndarray  # float32 (alphabet, embedding_dim)
    before: np.ndarray | None  # the same before learning; None if it can no longer be known

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What kind of character each one is."""
        return tuple(map(kind, self.alphabet))

    @property
    def changed(self) -> np.ndarray | None:
        """What learning added to the table: the first values are random, and they hide it."""
        return None if self.before is None else self.table - self.before

    def neighbours(self, character: str, count: int = 5, table: np.ndarray | None = None) -> tuple[Neighbour, ...]:
        """The characters whose rows are most similar to that of a character, in the whole space, not on the map.

        The rows are those of `table`: the model's, or `before`, or `changed`. Raises UnknownCharacter.
        """
        if len(character) != 1:
            raise InvalidSetting(
                N_("That is not one character."),
                N_("Expected exactly one."),
                N_("Choose one."),
            )
        (id_,) = Vocabulary(self.alphabet).encode(character)
        rows = self.table if table is None else table
        similar = cosines(rows, rows[id_])
        others = [i for i in np.argsort(-similar, kind="stable") if i != id_][:count]
        return tuple(Neighbour(self.alphabet[i], float(similar[i])) for i in others)


def embedding(model: "LanguageModel") -> Embedding:
    """The table of a model, and what it was before learning."""
    table = model.network.embedding.embeddings.numpy()
    return Embedding(model.vocabulary.characters, table, table_before(model.card, table))


def table_before(card: "Card", table: np.ndarray) -> np.ndarray | None:
    """The table with which the run began: its seed draws it again.

    Another version of Keras may draw other numbers. Then the rows have nothing in common with what was learnt, and the
    answer is None.
    """
    from charlm.network.model import CharacterModel  # imported late, because TensorFlow takes seconds to start

    drawn: np.ndarray = CharacterModel(
        len(card.vocabulary), card.model, card.training.seed
    ).embedding.embeddings.numpy()
    alike = [float(cosines(row[None], other)[0]) for row, other in zip(drawn, table, strict=True)]
    return drawn if np.mean(alike) >= STILL_ALIKE else None


def plane(table: np.ndarray) -> Map:
    """The two directions in which the rows differ most (PCA), and where each row lies on them.

    The sign of a direction means nothing. It is chosen so that the largest number is positive.
    """
    centred = table.astype(np.float64) - table.mean(0)
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    points = np.zeros((len(table), 2))
    points[:, : min(2, len(sizes))] = (left * sizes)[:, :2]
    largest = points[np.abs(points).argmax(0), [0, 1]]
    total = float((sizes**2).sum())
    return Map(points * np.where(largest < 0, -1, 1), float((sizes[:2] ** 2).sum()) / total if total else 1.0)


def cosines(table: np.ndarray, row: np.ndarray) -> np.ndarray:
    """The cosine of a row (numbers,) with each row of a table (rows, numbers): 0 with a row of zeros."""
    lengths = np.linalg.norm(table, axis=1) * np.linalg.norm(row)
    return np.divide(table @ row, lengths, out=np.zeros(len(table), np.float64), where=lengths > 0)


def kind(character: str) -> Kind:
    """What the map marks: digits, capitals, vowels, other letters, all else."""
    category = unicodedata.category(character)
    if category[0] == "N":
        return "digit"
    if category in ("Lu", "Lt"):
        return "capital"
    if category[0] not in "LM":
        return "other"
    return "vowel" if is_vowel(character) else "consonant"
