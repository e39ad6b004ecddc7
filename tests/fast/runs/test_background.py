"""The queue on disk, with a worker that only pretends to learn."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from charlm.errors import (
    AlphabetTooLarge,
    CannotResume,
    CannotWrite,
    CheckpointNotFound,
    InvalidSetting,
    NotYours,
    TextTooLong,
    TextTooShort,
    TooBusy,
)
from charlm.events import EpochFinished, RunFinished, StepFinished
from charlm.runs.background import Runs
from charlm.runs.limits import Limits
from charlm.runs.visitors import Asker
from charlm.settings import RunSettings
from charlm.text.corpus import from_text

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
    runs.stop(second, runs.keys.owner_key(second))
    assert runs.status(third).place == 1
    with pytest.raises(CheckpointNotFound):
        runs.status(second)  # it never began, and nothing is left of it
    runs.stop(first, runs.keys.owner_key(first))
    assert wait_for(runs, first, "ended").events[-1].reason == "stopped"
    wait_for(runs, third, "running")


def test_a_killed_worker_leaves_an_interrupted_run_that_can_go_on(runs):
    run_id = runs.submit(TEXT, RunSettings().override(epochs=100))
    while not runs.status(run_id).events:
        time.sleep(0.02)
    pid = int((runs.data / run_id / "pid").read_text())
    os.kill(pid, signal.SIGKILL)
    assert len(wait_for(runs, run_id, "interrupted").events) > 0
    runs.resume(run_id, runs.keys.owner_key(run_id))
    wait_for(runs, run_id, "running")
    with pytest.raises(CannotResume, match="under way"):
        runs.resume(run_id, runs.keys.owner_key(run_id))


def test_more_epochs_are_added_to_those_it_has_done(runs):
    run_id = runs.submit(TEXT, RunSettings().override(epochs=2))
    wait_for(runs, run_id, "ended")
    runs.resume(run_id, runs.keys.owner_key(run_id), more_epochs=3)
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
    other.stop(run_id, other.keys.owner_key(run_id))
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


def limited(app, **limits):
    """Another app on the same folder, of a stricter host."""
    return Runs(app.data, worker="pretending_worker", limits=Limits(**limits))


def test_nobody_asks_for_more_than_the_host_allows(runs):
    strict = limited(runs, characters=1_000, epochs=5, units=64, step_characters=1_024, minutes=2)
    small = RunSettings().override(epochs=5, rnn_units=64, batch_size=16)
    with pytest.raises(TextTooLong, match="1,000 at most"):
        strict.submit(TEXT, small)
    short = from_text(TEXT.text[:900], "short.txt")
    for changed in ({"epochs": 6}, {"rnn_units": 65}, {"embedding_dim": 65}, {"seq_length": 65}):
        with pytest.raises(InvalidSetting, match="at most on this machine"):
            strict.submit(short, small.override(**changed))
    with pytest.raises(AlphabetTooLarge, match="3 at most"):
        limited(runs, alphabet=3).submit(TEXT, small)
    assert strict.status(strict.submit(short, small))
    strict.close()


def test_a_visitor_has_a_few_runs_at_a_time_and_the_queue_a_few_places(runs):
    strict = limited(runs, runs=2, waiting=2)
    long = RunSettings().override(epochs=1_000)
    mine = [strict.submit(TEXT, long, Asker("me")) for _ in range(2)]
    with pytest.raises(TooBusy, match="of your runs"):
        strict.submit(TEXT, long, Asker("me"))
    wait_for(runs, mine[0], "running")
    theirs = strict.submit(TEXT, long, Asker("she"))
    with pytest.raises(TooBusy, match="no place left"):
        strict.submit(TEXT, long, Asker("he"))
    for run_id in (*mine, theirs):
        strict.stop(run_id, strict.keys.owner_key(run_id))
    wait_for(runs, mine[0], "ended")
    assert strict.submit(TEXT, long.override(epochs=1), Asker("me"))
    strict.close()


def test_uploads_count_as_room_of_the_runs(runs, tmp_path):
    (uploads := tmp_path / "uploads").mkdir()
    (uploads / "text.txt").write_bytes(bytes(11 * 2**20))
    strict = Runs(runs.data, worker="pretending_worker", limits=Limits(disk_mb=10), uploads=uploads)
    with pytest.raises(CannotWrite, match="is full"):
        strict.submit(TEXT, RunSettings())
    (uploads / "text.txt").unlink()
    strict.submit(TEXT, RunSettings().override(epochs=1))
    strict.close()


def test_nor_do_many_tokens_from_one_address_fill_the_queue(runs):
    strict = limited(runs, runs_per_address=2)
    long = RunSettings().override(epochs=1_000)
    for n in range(2):
        strict.submit(TEXT, long, Asker(f"token {n}", "attacker"))
    with pytest.raises(TooBusy, match="2 runs from your network"):
        strict.submit(TEXT, long, Asker("token 3", "attacker"))
    assert strict.submit(TEXT, long, Asker("pupil", "school"))
    strict.close()


def test_to_go_on_counts_like_a_new_run(runs):
    me, short = Asker("me", "school"), RunSettings().override(epochs=1)
    wait_for(runs, done := runs.submit(TEXT, short, me), "ended")
    (runs.data / "hold").touch()
    strict = limited(runs, runs=1)
    strict.submit(TEXT, short, me)
    with pytest.raises(TooBusy, match="of your runs"):
        strict.resume(done, strict.keys.owner_key(done), 1, me)
    (runs.data / "hold").unlink()
    strict.close()


def test_whoever_has_only_the_link_watches_and_can_destroy_nothing(runs):
    run_id = runs.submit(TEXT, RunSettings().override(epochs=1_000))
    wait_for(runs, run_id, "running")
    for key in ("", run_id, runs.keys.owner_key("rhyme-0123456789abcdef")):
        for do in (runs.stop, runs.resume, runs.delete):
            with pytest.raises(NotYours):
                do(run_id, key)
    assert runs.status(run_id).state == "running"
    runs.stop(run_id, runs.keys.owner_key(run_id))
    wait_for(runs, run_id, "ended")


def test_going_on_keeps_to_the_limits_as_well(runs):
    wait_for(runs, done := runs.submit(TEXT, RunSettings().override(epochs=2)), "ended")
    strict = limited(runs, epochs=4, units=8, waiting=1)  # fewer units than the run has: that is not asked again
    for wrong in (0, -1, 3):
        with pytest.raises(InvalidSetting, match="epochs is"):
            strict.resume(done, strict.keys.owner_key(done), more_epochs=wrong)
    running = runs.submit(TEXT, RunSettings().override(epochs=1_000))
    wait_for(runs, running, "running")
    waiting = runs.submit(TEXT, RunSettings().override(epochs=1))
    with pytest.raises(TooBusy, match="no place left"):
        strict.resume(done, strict.keys.owner_key(done), more_epochs=1)
    runs.stop(waiting, runs.keys.owner_key(waiting))
    strict.resume(done, strict.keys.owner_key(done), more_epochs=1)
    assert strict.status(done).state == "waiting"
    runs.stop(running, runs.keys.owner_key(running))
    wait_for(strict, done, "ended")
    strict.close()


def test_a_full_machine_says_so_before_anything_is_lost(runs):
    wait_for(runs, run_id := runs.submit(TEXT, RunSettings().override(epochs=1)), "ended")
    (runs.data / run_id / "best.weights.h5").write_bytes(bytes(11 * 2**20))
    strict = limited(runs, disk_mb=10)
    with pytest.raises(CannotWrite, match="10 MB at most"):
        strict.submit(TEXT, RunSettings())
    strict.delete(run_id, strict.keys.owner_key(run_id))
    assert strict.submit(TEXT, RunSettings().override(epochs=1))
    strict.close()


@pytest.mark.parametrize("state", ["waiting", "running", "ended"])
def test_what_is_deleted_is_gone_for_everybody_at_once(runs, state):
    first = runs.submit(TEXT, RunSettings().override(epochs=1 if state == "ended" else 1_000))
    run_id = runs.submit(TEXT, RunSettings()) if state == "waiting" else first
    wait_for(runs, run_id, state)
    runs.delete(run_id, runs.keys.owner_key(run_id))
    with pytest.raises(CheckpointNotFound):
        runs.status(run_id)
    while [p for p in (*runs.data.iterdir(), *(runs.data / ".queue").iterdir()) if p.name.startswith(run_id)]:
        time.sleep(0.02)  # a worker at it stops at its next step
    with pytest.raises(CheckpointNotFound):
        runs.delete(run_id, runs.keys.owner_key(run_id))


def test_a_run_is_kept_for_its_hours_and_not_longer(runs, tmp_path):
    old = runs.submit(TEXT, RunSettings().override(epochs=1))
    wait_for(runs, old, "ended")
    for file in [*(runs.data / old).iterdir(), runs.data / old]:
        os.utime(file, (time.time() - 7_200,) * 2)
    (runs.data / "shakespeare").mkdir()
    os.utime(runs.data / "shakespeare", (0, 0))
    new = runs.submit(TEXT, RunSettings().override(epochs=1))
    wait_for(runs, new, "ended")
    strict = limited(runs, keep_hours=1)
    while (runs.data / old).exists():
        time.sleep(0.02)
    assert strict.status(new).state == "ended"
    assert (runs.data / "shakespeare").exists()  # no visitor's
    strict.close()


def test_only_visitors_runs_are_found_by_their_name(runs):
    (runs.data / "mine").mkdir()
    runs.data.joinpath("mine", "events.jsonl").write_text(RunFinished(1, "finished", 1, 1, 1.0, 1.0).to_json() + "\n")
    with pytest.raises(CheckpointNotFound):
        runs.status("mine")
