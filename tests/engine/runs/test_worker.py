"""The process that trains: killed at any moment, it leaves a run that goes on."""

import json
import os
import signal
import time

import pytest

from charlm.events import EpochFinished, RunFinished
from charlm.export import onefile
from charlm.runs.background import Runs
from charlm.runs.limits import Limits
from charlm.settings import ModelSettings, RunSettings, TrainingSettings

SMALL = RunSettings(ModelSettings(rnn_units=8), TrainingSettings(epochs=4, seq_length=16, batch_size=4))


@pytest.fixture
def runs(tmp_path):
    runs = Runs(tmp_path / "data")
    yield runs
    runs.close()


def wait_for(runs, run_id, seen):
    """Wait on what a person would see."""
    for _ in range(1_200):
        if seen(status := runs.status(run_id)):
            return status
        time.sleep(0.05)
    raise AssertionError(status)


def epochs(status):
    return [e.epoch for e in status.events if isinstance(e, EpochFinished)]


def test_it_trains_to_the_end_and_leaves_a_run_folder(runs, rhyme):
    run_id = runs.submit(rhyme, SMALL)
    status = wait_for(runs, run_id, lambda s: s.state == "ended")
    assert isinstance(status.events[-1], RunFinished)
    assert epochs(status) == [1, 2, 3, 4]
    card = json.loads((runs.data / run_id / "card.json").read_text())
    assert (card["corpus"]["name"], card["training"]["epochs"]) == ("rhyme", 4)


def test_a_model_to_take_along_is_packed_where_one_wants_it_and_does_not_name_its_run(runs, rhyme, tmp_path):
    run_id = runs.submit(rhyme, SMALL)
    wait_for(runs, run_id, lambda s: s.state == "ended")
    file = runs.pack(run_id, tmp_path / "taken")
    assert file.name == "rhyme.charlm.zip"
    card, _, _ = onefile.read(file)
    assert card.name == "rhyme"
    assert run_id.encode() not in file.read_bytes()


def test_killed_it_is_interrupted_and_goes_on_to_the_end(runs, rhyme):
    run_id = runs.submit(rhyme, SMALL.override(epochs=40))
    wait_for(runs, run_id, lambda s: len(epochs(s)) > 1)
    os.kill(runs._worker.process.pid, signal.SIGKILL)
    wait_for(runs, run_id, lambda s: s.state == "interrupted")
    runs.resume(run_id, runs.keys.owner_key(run_id))
    status = wait_for(runs, run_id, lambda s: s.state == "ended")
    assert epochs(status) == list(range(1, 41))


def test_killed_before_its_first_event_it_goes_on_too(runs, rhyme):
    run_id = runs.submit(rhyme, SMALL)
    wait_for(runs, run_id, lambda s: s.state == "running" and (runs.data / run_id / "card.json").exists())
    os.kill(runs._worker.process.pid, signal.SIGKILL)
    (runs.data / run_id / "events.jsonl").unlink(missing_ok=True)
    wait_for(runs, run_id, lambda s: s.state == "interrupted")
    runs.resume(run_id, runs.keys.owner_key(run_id))
    assert epochs(wait_for(runs, run_id, lambda s: s.state == "ended")) == [1, 2, 3, 4]


def test_what_it_cannot_do_is_told_in_words(runs, rhyme):
    run_id = runs.submit(rhyme, SMALL.override(learning_rate=90.0, clip_norm=None, schedule="constant", epochs=50))
    status = wait_for(runs, run_id, lambda s: s.state in ("failed", "ended"))
    assert status.state == "failed"
    assert "Lower the learning rate" in status.failure


def test_going_on_has_the_minutes_of_the_machine_too(tmp_path, rhyme):
    runs = Runs(tmp_path / "data", limits=Limits(minutes=0.01))
    run_id = runs.submit(rhyme, SMALL.override(epochs=9_000, patience=None))
    for ends in (1, 2):
        wait_for(runs, run_id, lambda s, ends=ends: sum(isinstance(e, RunFinished) for e in s.events) == ends)
        status = wait_for(runs, run_id, lambda s: s.state == "ended")
        assert status.events[-1].reason == "time is up"
        runs.resume(run_id, runs.keys.owner_key(run_id))
    runs.close()
