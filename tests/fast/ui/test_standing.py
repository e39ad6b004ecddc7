"""The numbers of a run, from what it told."""

import pytest

from charlm.events import EpochFinished, RunFinished, RunStarted, SampleWritten, StepFinished
from charlm.runs.background import RunStatus
from charlm.ui.standing import standing

STARTED = RunStarted(0, 1_000, 20, 9_000, 1_000, 4, 10, uniform_loss=3.0, frequency_loss=2.5)
STEP = StepFinished(7, 0.7, 2.5, 0.5, 1e-3, 7.0, 1_234.0, 33.0)
EPOCHS = [
    EpochFinished(10 * n, n, 2.4, 0.5, loss, 0.4, 10.0 * n, best=False) for n, loss in ((1, 2.0), (2, 1.8), (3, 1.9))
]
END = RunFinished(30, "stopped", 3.0, 2.0, 1.8, 31.0)


def test_before_anything_is_told_nothing_is_known():
    now = standing(RunStatus("waiting", place=2))
    assert (now.state, now.place, now.epoch, now.loss, now.end, now.learning) == ("waiting", 2, 0, None, "", False)


@pytest.mark.parametrize(
    ("events", "learning"),
    [((), False), ((STARTED,), False), ((STARTED, SampleWritten(0, 0, "x")), True), ((STARTED, STEP), True)],
)
def test_it_learns_from_the_first_sample_on(events, learning):
    assert standing(RunStatus("running", events=events)).learning is learning


def test_under_way_it_tells_how_far_and_how_fast():
    now = standing(RunStatus("running", events=(STARTED, STEP)))
    assert (now.epoch, now.epochs, now.step, now.steps) == (0.7, 4, 7, 40)
    assert (now.loss, now.characters_per_second, now.seconds, now.seconds_left) == (2.5, 1_234.0, 7.0, 33.0)
    assert (now.val_loss, now.best_epoch) == (None, None)


def test_at_its_end_the_last_word_is_the_end_s():
    now = standing(RunStatus("ended", events=(STARTED, STEP, *EPOCHS, END)))
    assert (now.end, now.epoch, now.step, now.seconds, now.seconds_left) == ("stopped", 3.0, 30, 31.0, None)
    assert (now.val_loss, now.scored_epoch) == (1.9, 3)
    assert (now.best_val_loss, now.best_epoch) == (1.8, 2)


def test_a_run_that_goes_on_has_not_ended():
    again = RunStarted(30, 1_000, 20, 9_000, 1_000, 6, 10, uniform_loss=3.0, frequency_loss=2.5)
    now = standing(RunStatus("running", events=(STARTED, STEP, *EPOCHS, END, again)))
    assert (now.end, now.learning, now.epochs, now.epoch) == ("", False, 6, 3.0)
