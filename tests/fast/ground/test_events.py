"""Events survive being written down."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charlm.events import EpochFinished, Event, RunFinished, RunStarted, SampleWritten, StepFinished
from charlm.records import Count

KINDS = st.sampled_from([RunStarted, StepFinished, EpochFinished, SampleWritten, RunFinished])
FINITE = st.floats(allow_nan=False, allow_infinity=False)  # a run whose loss is not ends before it could tell
NUMBERS = {
    float: FINITE,
    float | None: FINITE | st.none(),
    int: st.integers(-(2**62), 2**62),
    Count: st.integers(0, 2**62),
}


@given(
    KINDS.flatmap(lambda kind: st.builds(kind, **{f.name: NUMBERS[f.type] for f in fields(kind) if f.type in NUMBERS}))
)
def test_one_line_there_and_back(event):
    line = event.to_json()
    assert "\n" not in line
    assert Event.from_json(line) == event


SAMPLE = '{"event": "SampleWritten", "step": %s, "epoch": %s, "text": %s}'
NO_EVENTS = [
    "", "{", "[]", "3", "{}", "\0" * 99, "[" * 100_000,
    '{"event": "Coffee"}', '{"event": "RunFinished"}', '{"event": ["RunFinished"]}',
    SAMPLE % ('"3"', 1.0, '"a"'), SAMPLE % (3.5, 1.0, '"a"'), SAMPLE % ("true", 1.0, '"a"'), SAMPLE % (3, "NaN", '"a"'),
    SAMPLE % (3, "1e999", '"a"'), SAMPLE % (3, "9" * 400, '"a"'), SAMPLE % (3, 1.0, "null"), SAMPLE % (3, 1.0, "[[]]"),
    SAMPLE % (3, "9" * 9_999, '"a"'),
]  # fmt: skip


@pytest.mark.parametrize("line", NO_EVENTS, ids=lambda line: line[:60])
def test_a_line_that_is_no_event_is_a_value_error(line):
    with pytest.raises(ValueError, match=r"."):
        Event.from_json(line)
