"""How long a run will take, as HTML: measured or rough."""

from html import escape

from charlm.times.arithmetic import Estimate
from charlm.ui.languages import english as texts


def duration(expected: Estimate | None, trying: bool = False) -> str:
    """The time as a sentence. `trying`: these settings are being tried now, so that the time will soon be measured."""
    if expected is None:
        return _sentence(texts.TIME_UNKNOWN)
    told = texts.TIME_MEASURED if expected.measured else texts.TIME_TRYING if trying else texts.TIME_ROUGH
    return _sentence(told.format(time=texts.clock(expected.seconds)))


def _sentence(words: str) -> str:
    return f'<p role="status">{escape(words)}</p>'
