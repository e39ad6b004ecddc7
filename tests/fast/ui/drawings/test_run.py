"""A run, drawn."""

import pytest

from charlm.events import EpochFinished, RunFinished, RunStarted, SampleWritten, StepFinished
from charlm.runs.background import RunStatus
from charlm.ui import texts
from charlm.ui.drawings import run
from charlm.ui.standing import standing

STARTED = RunStarted(0, 1_000, 20, 9_000, 1_000, 4, 10, uniform_loss=3.0, frequency_loss=2.5)


def step(number, loss):
    return StepFinished(number, number / 10, loss, 0.5, 1e-3, number, 1_234.0, 40.0 - number)


def epoch(number, val_loss):
    return EpochFinished(10 * number, number, val_loss, 0.5, val_loss, 0.4, 10 * number, best=False)


def test_any_text_is_shown_as_what_it_is(nasty):
    shown = run.samples([SampleWritten(0, 0, nasty)]) + run.status(standing(RunStatus("failed", failure=nasty)))
    assert "<img" not in shown
    assert shown.count(nasty.replace("<", "&lt;").replace(">", "&gt;")) == 2


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (RunStatus("waiting", place=3), "Place 3 in the queue"),
        (RunStatus("running"), texts.STARTING),
        (RunStatus("running", events=(STARTED, step(1, 2.0))), texts.LEARNING),
        (RunStatus("interrupted"), texts.INTERRUPTED),
        (RunStatus("ended", events=(STARTED, RunFinished(9, "stopped", 0.9, None, None, 12.0))), "Stopped after 12 s"),
    ],
)
def test_every_state_is_one_sentence(status, sentence):
    assert sentence in run.sentence(standing(status))
    assert sentence in run.status(standing(status))


def test_where_nothing_runs_it_says_what_to_do():
    assert texts.NO_RUN in run.status(None)


def test_what_was_lowered_for_a_short_text_is_told():
    assert '<p class="note ">seq_length lowered</p>' in run.status(
        standing(RunStatus("waiting", place=1, lowered=("seq_length lowered",)))
    )


def test_every_end_has_its_sentence():
    for reason in ("finished", "stopped", "time is up", "learnt by heart", "diverged"):
        assert run.sentence(standing(RunStatus("ended", events=(RunFinished(9, reason, 1, 1, 1.0, 9.0),))))


def test_the_numbers_stand_in_tiles():
    shown = run.status(standing(RunStatus("running", events=(STARTED, step(7, 2.25), epoch(1, 2.0)))))
    tiles = {"epoch": "1 / 4", "step": "10 / 40", "loss": "2.250", "val_loss": "2.000", "characters/s": "1,234"}
    for name, value in tiles.items():
        assert f"<dt>{name}</dt><dd>{value}</dd>" in shown


def test_learning_by_heart_is_told():
    def verdict(*events):
        return run.verdict(standing(RunStatus("running", events=(STARTED, *events))))

    assert verdict() == ""
    assert verdict(epoch(1, 2.0), epoch(2, 1.8)) == texts.STILL_LEARNING
    turned = [epoch(1, 2.0), epoch(2, 1.8), epoch(3, 1.9), epoch(4, 2.0)]
    assert "since epoch 2" in verdict(*turned)
    assert "val_loss 1.800" in verdict(*turned, RunFinished(40, "finished", 4, 2, 1.8, 40.0))


def test_the_scored_epochs_are_a_table():
    assert "<td>2</td><td>1.800</td><td>1.800</td><td>40.0%</td><td>20 s</td>" in run.curve_table([epoch(2, 1.8)])


def test_a_finished_run_has_done_all_its_epochs_though_the_last_characters_were_too_few_for_a_step():
    ended = RunStatus("ended", events=(STARTED, step(38, 2.0), RunFinished(38, "finished", 3.9, 2, 1.8, 40.0)))
    shown = run.status(standing(ended))
    assert "<dd>4 / 4</dd>" in shown
    assert "<dd>40 / 40</dd>" in shown
    stopped = RunStatus("ended", events=(STARTED, step(38, 2.0), RunFinished(38, "stopped", 3.8, 2, 1.8, 40.0)))
    assert "<dd>3.8 / 4</dd>" in run.status(standing(stopped))


def test_a_val_loss_is_said_in_words():
    shown = run.status(standing(RunStatus("running", events=(STARTED, step(7, 2.25), epoch(1, 0.6931)))))
    assert "chooses between 2.0 of them" in shown
