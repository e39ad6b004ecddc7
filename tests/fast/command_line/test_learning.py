"""How a run is followed when nobody can be told any more."""

from threading import Event as Flag

import pytest

from charlm.command_line.learning import follow
from charlm.events import RunFinished, SampleWritten

EVENTS = [SampleWritten(0, 0.0, "a"), SampleWritten(1, 1.0, "b"), RunFinished(1, "finished", 1.0, 1.0, 1.0, 1.0)]


def test_every_event_is_told():
    told, stop = [], Flag()
    assert follow(EVENTS, told.append, stop) is EVENTS[-1]
    assert told == EVENTS
    assert not stop.is_set()


@pytest.mark.parametrize("trouble", [BrokenPipeError, OSError])
def test_a_run_that_cannot_be_told_is_stopped_and_taken_to_its_end(trouble):
    stop, taken = Flag(), []

    def run():
        for event in EVENTS:
            taken.append((event, stop.is_set()))
            yield event

    def tell(event):
        raise trouble

    with pytest.raises(trouble):
        follow(run(), tell, stop)
    assert [stopped for _, stopped in taken] == [False, True, True]
