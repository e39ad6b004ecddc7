"""Time that does not jump when somebody sets the clock."""

import time

_STARTED = time.time() - time.monotonic()


def now() -> float:
    """Seconds since 1970, as the clock stood when charlm started, plus what has passed since."""
    return _STARTED + time.monotonic()


def age(then: float) -> float:
    """Seconds since a time that the clock on the wall has written; after it was set, the lesser of what may be true."""
    return min(now(), time.time()) - then
