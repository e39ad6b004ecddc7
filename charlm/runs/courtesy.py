"""A run gives way while somebody waits for a text, and keeps at least half its speed.

It rests between two steps. A step and its rest together take at most SLOWER times as long as the fastest step so far.
So a run whose steps are slowed down already, because others compute beside it, rests less or not at all.
"""

import math
import time
from collections.abc import Callable

SLOWER = 1.5  # not 2: those who wait take processor time from its steps, too
LOOK_EVERY = 0.005  # seconds between two looks whether somebody still waits


class Courtesy:
    """Knows how long a run's steps take, and rests between them while somebody waits."""

    def __init__(
        self,
        somebody_waits: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._somebody_waits, self._clock, self._sleep = somebody_waits, clock, sleep
        self._began, self._fastest = math.inf, math.inf  # the step that is under way, and the fastest one's seconds

    def rest(self) -> None:
        """To be called before every step."""
        now = self._clock()
        if now > self._began:
            self._fastest = min(self._fastest, now - self._began)
            while self._clock() < self._began + SLOWER * self._fastest - LOOK_EVERY and self._somebody_waits():
                self._sleep(LOOK_EVERY)
        self._began = self._clock()
