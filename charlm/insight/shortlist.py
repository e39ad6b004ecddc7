"""Which cells follow which feature of a text: the correlation of every cell with every feature.

Among hundreds of cells some follow a feature by chance, above all in a short text. So the same is computed for a
control: the features, cut into blocks that are shuffled. What it reaches is chance, and no cell is named for that.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from charlm.insight.features import features
from charlm.insight.streams import windows

if TYPE_CHECKING:
    from charlm.generation.language_model import LanguageModel

LEAST = 0.5  # |r|: a cell that follows a feature less is not named
FEWEST = 10  # characters with and without a feature: with fewer, one of them decides


@dataclass(frozen=True)
class Follower:
    """A cell and the feature that it follows best. Layers and cells are counted from 0."""

    layer: int
    cell: int
    feature: str
    r: float  # Pearson's correlation; negative if the cell does the opposite


@dataclass(frozen=True, eq=False)
class Shortlist:
    """What is known so far; all cells are compared when `read` is `characters`."""

    read: int
    characters: int
    chance: float = 0.0  # the highest |r| of the control
    followers: tuple[Follower, ...] = ()  # the cells that are named, the surest first
    best: tuple[Follower, ...] = ()  # of every cell its best feature, in order; not yet a claim
    r: np.ndarray | None = None  # float64 (layers, units, features), in the order of `features.NAMES`

    @property
    def finished(self) -> bool:
        """Is the whole text read?"""
        return self.read == self.characters


def shortlist(model: "LanguageModel", text: str) -> Iterator[Shortlist]:
    """Read a text and find the cells that follow a feature. Yields how far it is; the last one has the answer.

    All characters of the text must be known to the model: see `reading.readable`. Raises UnknownCharacter.
    """
    from charlm.network import activations  # imported late, because TensorFlow takes seconds to start

    network = model.network
    ids = model.vocabulary.encode(text)
    sums = Sums(text)
    state = None
    for window in windows(ids):
        state = network.zero_state(len(window.inputs)) if state is None else state
        shown, state = activations.read_shown(network, window.inputs, state)
        counts = window.counts
        sums.add(window.places[counts], np.stack([layer[counts] for layer in shown], 1))
        yield Shortlist(min(sums.read, len(ids) - 1), len(ids))
    yield sums.answer()


def followers_in(text: str, pieces: Iterable[tuple[np.ndarray, np.ndarray]]) -> Shortlist:
    """The same for activations that are known: places (n,) in the text, and activations (n, layers, units) there."""
    sums = Sums(text)
    for places, activations in pieces:
        sums.add(places, activations)
    return sums.answer()


class Sums:
    """The sums that correlations need, so that no activation has to be kept."""

    def __init__(self, text: str, seed: int = 0) -> None:
        found = features(text)
        self._names = tuple(found)
        real = np.stack(list(found.values()), axis=1) if text else np.zeros((0, len(found)), np.float32)
        told = np.array([_tells(values) for values in real.T])
        self._features = np.concatenate(
            [real, real[_shuffled(len(text), seed)]], axis=1
        )  # the second half: the control
        self._told = np.tile(told, 2)
        self.characters, self.read = len(text), 0
        self._f = self._ff = self._x = self._xx = self._xf = np.zeros(())  # they get their shapes from the first piece
        self._shape = (0, 0)

    def add(self, places: np.ndarray, activations: np.ndarray) -> None:
        """Add the activations (n, layers, units) after the characters at these places (n,)."""
        self._shape = activations.shape[1:]
        x, f = activations.reshape(len(places), -1), self._features[places]
        self._x = self._x + x.sum(0, dtype=np.float64)
        self._xx = self._xx + (x * x).sum(0, dtype=np.float64)
        self._f, self._ff = self._f + f.sum(0, dtype=np.float64), self._ff + (f.astype(np.float64) ** 2).sum(0)
        self._xf = self._xf + (x.T @ f).astype(np.float64)
        self.read += len(places)

    def answer(self) -> Shortlist:
        """The correlations, and the cells that are named."""
        both = self._correlations()
        half = len(self._names)
        r, chance = both[:, :half], float(np.abs(both[:, half:]).max(initial=0.0))
        layers, units = self._shape
        best = [
            Follower(*divmod(number, units), self._names[k], float(r[number, k]))
            for number, k in enumerate(np.abs(r).argmax(1))
        ]
        named = sorted((one for one in best if abs(one.r) >= max(LEAST, chance)), key=lambda one: -abs(one.r))
        return Shortlist(
            self.characters, self.characters, chance, tuple(named), tuple(best), r.reshape(layers, units, half)
        )

    def _correlations(self) -> np.ndarray:
        """Pearson's r of every cell with every feature: (cells, features). 0 where one of them never changes."""
        n = max(1, self.read)
        covariance = self._xf / n - np.outer(self._x / n, self._f / n)
        spread = np.outer(_deviation(self._x, self._xx, n), _deviation(self._f, self._ff, n) * self._told)
        return np.divide(covariance, spread, out=np.zeros_like(covariance), where=spread > 1e-9).clip(-1, 1)


def _deviation(total: np.ndarray, squares: np.ndarray, n: int) -> np.ndarray:
    variance: np.ndarray = np.maximum(squares / n - (total / n) ** 2, 0)
    return np.where(variance > 1e-10, np.sqrt(variance), 0.0)


def _tells(values: np.ndarray) -> bool:
    """Are there enough characters at which the feature is not 0, and does it change?"""
    on = int(np.count_nonzero(values))
    return on >= FEWEST and bool(np.count_nonzero(values != values[0]) >= FEWEST)


def _shuffled(characters: int, seed: int) -> np.ndarray:
    """The places of a text in blocks that are shuffled. Within a block, what is near stays near."""
    size = max(8, int(characters**0.5))
    blocks = np.array_split(np.arange(characters), max(1, characters // size))
    np.random.default_rng(seed).shuffle(blocks)
    return np.concatenate(blocks) if characters else np.arange(0)
