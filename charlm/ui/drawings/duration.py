"""How long something takes: a time with its unit, and what a run will take as HTML, measured or rough."""

from html import escape

from charlm.times.arithmetic import Estimate
from charlm.ui import texts


def clock(seconds: float) -> str:
    """A duration with its unit: seconds, minutes or hours."""
    seconds = max(0, round(seconds))
    if seconds < 100:
        return texts.SECONDS.format(count=seconds)
    if seconds < 5_400:
        return texts.MINUTES.format(count=round(seconds / 60))
    return texts.HOURS.format(count=seconds / 3600)


def duration(expected: Estimate | None, trying: bool = False) -> str:
    """The time as a sentence. `trying`: these settings are being tried now, so that the time will soon be measured."""
    if expected is None:
        return _sentence(texts.TIME_UNKNOWN)
    told = texts.TIME_MEASURED if expected.measured else texts.TIME_TRYING if trying else texts.TIME_ROUGH
    return _sentence(told.format(time=clock(expected.seconds)))


def _sentence(words: str) -> str:
    return f'<p role="status">{escape(words)}</p>'
