"""Time that does not jump when somebody sets the computer's clock."""

import time

_STARTED = time.time() - time.monotonic()


def now() -> float:
    """Seconds since 1970: what the clock said when charlm started, plus the seconds that have passed since then."""
    return _STARTED + time.monotonic()


def age(then: float) -> float:
    """Seconds since `then`, a time from the computer's clock.

    If somebody has set that clock since charlm started, two ages are possible. The function returns the smaller one, so
    that nothing is deleted too early.
    """
    return min(now(), time.time()) - then
