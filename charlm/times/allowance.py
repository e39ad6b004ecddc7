"""Lets something expensive take a small share of the time only, however often it is asked for."""

import time
from collections.abc import Callable

SHARE = 0.1  # of the time, once the allowance is used up
MOST = 120.0  # seconds: a class that begins a lesson may use so much at once


class Allowance:
    """Seconds that may be used. They grow slowly, up to `most`; what begins may use more than is left."""

    def __init__(self, most: float = MOST, share: float = SHARE, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._share, self._clock = most, share, clock
        self._left, self._looked = most, clock()

    @property
    def left(self) -> float:
        """Seconds that may be used now; 0 or less: nothing may begin."""
        now = self._clock()
        self._left = min(self._most, self._left + self._share * (now - self._looked))
        self._looked = now
        return self._left

    def use(self, seconds: float) -> None:
        """Take the seconds that something took."""
        self._left = self.left - seconds
