"""Plain values become what a type promises, or are refused by name."""

import math

import pytest

from charlm.events import Ending, SampleWritten
from charlm.settings import RunSettings
from charlm.typed import typed

SAMPLE = SampleWritten(3, 1.0, "text")


@pytest.mark.parametrize(
    ("kind", "value", "result"),
    [
        (int, 3, 3),
        (float, 3, 3.0),
        (int | None, None, None),
        (Ending, "stopped", "stopped"),
        (tuple[float, ...], [1, 2.5], (1.0, 2.5)),
        (dict[str, str], {"a": "b"}, {"a": "b"}),
        (SampleWritten, {"step": 3, "epoch": 1, "text": "text"}, SAMPLE),
        (tuple[SampleWritten, ...], [{"step": 3, "epoch": 1.0, "text": "text"}], (SAMPLE,)),
        (RunSettings, {}, RunSettings()),
    ],
)
def test_what_fits_is_taken(kind, value, result):
    made = typed(kind, value, "it")
    assert made == result
    assert type(made) is type(result)


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (int, 3.0, "it is 3.0 and not a whole number"),
        (int, True, "it is True and not a whole number"),
        (int, 2**63, "it is 9223372036854775808 and not"),
        (float, 10**400, "and not a number"),
        (float, math.inf, "it is inf and not a number"),
        (float | None, "1", "it is '1' and not a number"),
        (str, None, "it is None and not a text"),
        (Ending, "tea time", "it is 'tea time' and none of finished, stopped"),
        (str, "\udc00", "surrogates not allowed"),
        (tuple[int, ...], [1, "x"], r"it\[1\] is 'x' and not a whole number"),
        (tuple[int, ...], "123", "it is '123' and not a list"),
        (dict[str, int], {"a": []}, r"it\['a'\] is \[\] and not a whole number"),
        (SampleWritten, {"step": 1, "epoch": 1.0}, "text is None and not a text"),
        (SampleWritten, {"step": 1, "epoch": 1.0, "text": "", "more": 1}, r"it has \['more'\], which nobody knows"),
    ],
)
def test_what_does_not_fit_is_named(kind, value, told):
    with pytest.raises(ValueError, match=told):
        typed(kind, value, "it")
