"""The queue on disk, with a worker that only pretends to learn."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from charlm.corpus import from_text
from charlm.errors import CannotResume, CheckpointNotFound, TextTooShort
from charlm.events import EpochFinished, RunFinished, StepFinished
from charlm.runs import Runs
from charlm.settings import RunSettings

TEXT = from_text("a rhyme that is long enough to be learnt\n" * 30, "My rhyme.txt")


@pytest.fixture
def runs(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), *sys.path]))
    runs = Runs(tmp_path / "data", worker="pretending_worker")
    yield runs
    runs.close()


def wait_for(runs, run_id, *states):
    """Wait on what a person would see."""
    for _ in range(1_500):
        if (status := runs.status(run_id)).state in states:
            return status
        time.sleep(0.02)
    raise AssertionError(f"{run_id} is still {status.state}")


def test_a_run_is_worked_on_and_ends(runs):
    run_id = runs.submit(TEXT, RunSettings())
    assert run_id.startswith("my-rhyme-")
    assert len(run_id) >= len("my-rhyme-") + 16
    status = wait_for(runs, run_id, "ended")
    assert isinstance(status.events[-1], RunFinished)
    assert status.events[-1].reason == "finished"


def test_one_at_a_time_and_everyone_sees_their_place(runs):
    first, second, third = (runs.submit(TEXT, RunSettings().override(epochs=100)) for _ in range(3))
    wait_for(runs, first, "running")
    assert [runs.status(r).place for r in (second, third)] == [1, 2]
    runs.stop(second)
    assert runs.status(third).place == 1
    with pytest.raises(CheckpointNotFound):
        runs.status(second)  # it never began, and nothing is left of it
    runs.stop(first)
    assert wait_for(runs, first, "ended").events[-1].reason == "stopped"
    wait_for(runs, third, "running")


def test_a_killed_worker_leaves_an_interrupted_run_that_can_go_on(runs):
    run_id = runs.submit(TEXT, RunSettings().override(epochs=100))
    while not runs.status(run_id).events:
        time.sleep(0.02)
    pid = int((runs.data / run_id / "pid").read_text())
    os.kill(pid, signal.SIGKILL)
    assert len(wait_for(runs, run_id, "interrupted").events) > 0
    runs.resume(run_id)
    wait_for(runs, run_id, "running")
    with pytest.raises(CannotResume, match="under way"):
        runs.resume(run_id)


def test_more_epochs_are_added_to_those_it_has_done(runs):
    run_id = runs.submit(TEXT, RunSettings().override(epochs=2))
    wait_for(runs, run_id, "ended")
    runs.resume(run_id, more_epochs=3)
    wait_for(runs, run_id, "running", "waiting")
    done = [e.epoch for e in wait_for(runs, run_id, "ended").events if isinstance(e, EpochFinished)]
    assert done == [1, 2, 3, 4, 5]


def test_a_worker_that_gives_up_says_why(runs):
    run_id = runs.submit(from_text(TEXT.text, "diverging.txt"), RunSettings())
    assert "Lower the learning rate" in wait_for(runs, run_id, "failed").failure


def test_another_app_on_the_same_folder_sees_the_same(runs):
    run_id = runs.submit(TEXT, RunSettings().override(epochs=100))
    wait_for(runs, run_id, "running")
    other = Runs(runs.data, worker="pretending_worker")
    assert other.status(run_id).state == "running"
    other.stop(run_id)
    assert wait_for(other, run_id, "ended").events == wait_for(runs, run_id, "ended").events
    other.close()


def test_closing_the_app_stops_the_run_and_keeps_it(runs):
    run_id = runs.submit(TEXT, RunSettings().override(epochs=100))
    wait_for(runs, run_id, "running")
    while not any(isinstance(e, StepFinished) for e in runs.status(run_id).events):
        time.sleep(0.02)
    runs.close()
    assert runs.status(run_id).events[-1].reason == "stopped"


@pytest.mark.parametrize("run_id", ["nobody-0123456789abcdef", "../../etc", "", "a" * 500, "a/b", "a\0b"])
def test_an_id_nobody_was_given_leads_nowhere(runs, run_id):
    with pytest.raises(CheckpointNotFound):
        runs.status(run_id)


def test_a_text_that_cannot_be_learnt_never_enters_the_queue(runs):
    with pytest.raises(TextTooShort):
        runs.submit(from_text("too short", "x"), RunSettings())
