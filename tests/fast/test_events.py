"""Events survive being written down."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from charlm.events import EpochFinished, Event, RunFinished, RunStarted, SampleWritten, StepFinished

KINDS = st.sampled_from([RunStarted, StepFinished, EpochFinished, SampleWritten, RunFinished])


@given(KINDS.flatmap(lambda kind: st.builds(kind)))
def test_one_line_there_and_back(event):
    assume("nan" not in repr(event))  # which equals nothing, not even itself
    line = event.to_json()
    assert "\n" not in line
    assert Event.from_json(line) == event


@pytest.mark.parametrize("line", ["", "{", "[]", "3", "{}", '{"event": "Coffee"}', '{"event": "RunFinished"}'])
def test_a_line_that_is_no_event_is_a_value_error(line):
    with pytest.raises(ValueError, match=r"."):
        Event.from_json(line)
