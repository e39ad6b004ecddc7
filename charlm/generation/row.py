"""One text while it is written: what it still reads, its temperature, its dice and the state of the network.

A row is all that its text depends on. So the text is the same whichever rows are computed in the same call.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, Self

import numpy as np

from charlm.generation.temperature import generator

LARGEST = np.float32(1) - np.finfo(np.float32).epsneg  # the largest number below 1


class Chunk(NamedTuple):
    """Some characters of one row, (characters,), or of several rows, (rows, characters)."""

    ids: np.ndarray  # int32
    entropy: np.ndarray  # float32: how open the choice of each character was, in nats

    @classmethod
    def of_rows(cls, chunks: Sequence[Self]) -> Self:
        """Chunks of single rows, as one chunk of all of them."""
        return cls(np.stack([chunk.ids for chunk in chunks]), np.stack([chunk.entropy for chunk in chunks]))

    @classmethod
    def joined(cls, chunks: Sequence[Self]) -> Self:
        """Consecutive chunks of the same rows, as one chunk."""
        ids, entropies = zip(*chunks, strict=True)
        return cls(np.concatenate(ids, axis=-1), np.concatenate(entropies, axis=-1))


class Row:
    """Reads a start text, then writes `length` characters after it."""

    def __init__(self, start_ids: np.ndarray, temperature: float, length: int, seed: int) -> None:
        """`start_ids` is int32 with at least one id. The same seed gives the same random numbers."""
        self.temperature = temperature
        self.id = int(start_ids[0])  # the latest character; the network has not seen it yet
        self.state: Any = None  # of the network, after the characters before `id`; None at the beginning
        self._given = np.asarray(start_ids[1:], np.int32)  # what is still to be read
        self._left = length  # how many characters are still to be written
        self._dice = generator(seed)

    @property
    def to_read(self) -> int:
        """How many characters of the start are still to be read."""
        return len(self._given)

    @property
    def steps_left(self) -> int:
        """How many characters are still to be read and written."""
        return self.to_read + self._left

    def plan(self, steps: int) -> tuple[np.ndarray, np.ndarray]:
        """The next steps, at most `steps`: the ids that are read, and then a number in [0, 1) for each one to write."""
        reading = self._given[:steps]
        # Rounded down, not to the nearest: a number in [0, 1) must not become 1.
        dice = np.minimum(self._dice.random(min(self._left, steps - len(reading))).astype(np.float32), LARGEST)
        return reading, dice

    def take(self, reading: int, steps: Chunk, state: Any) -> Chunk:
        """Go on after the steps that were planned, and return what was written.

        `reading` is how many characters were read, `steps` holds all that were read or written, and `state` is the
        state of the network after them.
        """
        self._given, self._left = self._given[reading:], self._left - (len(steps.ids) - reading)
        self.id, self.state = int(steps.ids[-1]), state
        return Chunk(steps.ids[reading:], steps.entropy[reading:])
