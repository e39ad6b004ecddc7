"""One text while it is written: what it still reads, its temperature, its dice and the state of the network.

A row is all that its text depends on. So the text is the same whichever rows are computed in the same call.
"""

from typing import Any

import numpy as np

LARGEST = np.float32(1) - np.finfo(np.float32).epsneg  # the largest number below 1


class Row:
    """Reads a start text, then writes `length` characters after it."""

    def __init__(self, start_ids: np.ndarray, temperature: float, length: int, seed: int) -> None:
        """`start_ids` is int32 with at least one id. The same seed gives the same random numbers."""
        self.temperature = temperature
        self.id = int(start_ids[0])  # the latest character; the network has not seen it yet
        self.state: Any = None  # of the network, after the characters before `id`; None at the beginning
        self._given = np.asarray(start_ids[1:], np.int32)  # what is still to be read
        self._left = length  # how many characters are still to be written
        self._dice = np.random.default_rng(seed)

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

    def take(self, reading: int, ids: np.ndarray, state: Any) -> np.ndarray:
        """Go on after the steps that were planned, and return the ids that were written.

        `reading` is how many ids were read, `ids` holds all ids that were read or written, and `state` is the state of
        the network after them.
        """
        self._given, self._left = self._given[reading:], self._left - (len(ids) - reading)
        self.id, self.state = int(ids[-1]), state
        return ids[reading:]
