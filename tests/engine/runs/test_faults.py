"""What goes wrong from outside, with the real thing: nothing that was saved is lost, and the run can go on."""

import gc
import itertools
import os
import resource
import shutil
import signal
import subprocess
import time
from contextlib import closing, contextmanager, suppress

import pytest

import charlm
from charlm.errors import CannotResume, CannotWrite, CheckpointDamaged
from charlm.events import EpochFinished, RunFinished, StepFinished, of_kind
from charlm.export import onefile
from charlm.runs.background import Runs
from charlm.settings import RunSettings
from charlm.storage.run_folder import RunFolder

SMALL = RunSettings().override(rnn_units=12, embedding_dim=8, seq_length=16, batch_size=4, epochs=3)


@contextmanager
def room_for(size):
    """No file may become larger, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture(scope="module")
def whole(rhyme, tmp_path_factory):
    """The folder of a run that nothing happened to."""
    out = tmp_path_factory.mktemp("runs") / "whole"
    list(charlm.train(rhyme, out, SMALL))
    return out


@pytest.fixture
def folder(whole, tmp_path):
    """A copy of it, to be broken."""
    return RunFolder(shutil.copytree(whole, tmp_path / "run"))


@pytest.fixture
def runs(tmp_path):
    with closing(Runs(tmp_path / "data")) as runs:
        yield runs


def wait_for(runs, run_id, *states):
    """Wait on what a person would see."""
    for _ in range(2_400):
        if (status := runs.status(run_id)).state in states:
            return status
        time.sleep(0.05)
    raise AssertionError(status)


def epochs(folder):
    """Those that were scored."""
    return [e.epoch for e in history(folder)]


def history(folder):
    return of_kind(EpochFinished, folder.events())


# --- A full disk


@pytest.mark.parametrize("room", [90, 900, 1_100, 9_000, 30_000])  # traces, text, card, network, all for going on
def test_a_full_disk_is_told_in_words_and_with_room_the_run_goes_on(rhyme, tmp_path, room):
    folder = RunFolder(tmp_path / "run")
    with pytest.raises(CannotWrite, match=r"could not be written \(File too large\)"), room_for(room):
        list(charlm.train(rhyme, folder.path, SMALL))
    begun = (folder.path / "card.json").exists()
    *_, last = charlm.resume(folder.path) if begun else charlm.train(rhyme, folder.path, SMALL)
    assert last.reason == "finished"
    assert epochs(folder) == [1, 2, 3]


def test_a_model_that_finds_no_room_is_not_opened_and_takes_nothing_down(whole, tmp_path):
    """It is opened in the page's own process, which HDF5, when it could not write, ended at a collection of garbage."""
    file = charlm.export_model(whole, tmp_path / "mine.charlm.zip")
    for room in (1_000, 2_000, 3_000, 9_000):
        with pytest.raises(CannotWrite), room_for(room):
            charlm.import_model(file, tmp_path / "theirs")
        gc.collect()
    assert [p.name for p in tmp_path.iterdir()] == ["mine.charlm.zip"]
    charlm.import_model(file, tmp_path / "theirs")


def test_a_model_that_finds_no_room_is_packed_when_there_is_some(whole, runs, tmp_path):
    run_id = shutil.copytree(whole, runs.data / "run-0123456789abcdef").name
    with pytest.raises(CannotWrite), room_for(2_000):
        runs.pack(run_id, tmp_path / "taken")
    assert onefile.read(runs.pack(run_id, tmp_path / "taken"))


@pytest.fixture
def small_disk(tmp_path):
    """A disk with room for a few epochs, and the file to delete for more."""
    disk = tmp_path / "data"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "charlm", disk], capture_output=True).returncode:  # noqa: S607
        pytest.skip("no right to mount a small disk here")
    with suppress(OSError), (disk / "filler").open("wb", buffering=0) as filler:
        while filler.write(bytes(4096)):
            pass
    os.truncate(disk / "filler", (disk / "filler").stat().st_size - 300_000)
    yield disk
    subprocess.run(["umount", disk], check=True)  # noqa: S607


def test_a_disk_that_runs_full_on_the_way_costs_no_epoch(small_disk, runs, rhyme):
    run_id = runs.submit(rhyme, SMALL.override(epochs=300, patience=None))
    assert "No space left" in wait_for(runs, run_id, "failed", "ended").failure
    folder = RunFolder(runs.data / run_id)
    saved = {float(f.name[6:13]) for f in (folder.path / "epochs").iterdir()}
    before = [e for e in history(folder) if e.epoch in saved][:-1]  # the last may lie beside half of its run
    assert before
    charlm.load(folder.path).generate(length=5)
    (small_disk / "filler").unlink()
    runs.resume(run_id, runs.keys.owner_key(run_id))
    wait_for(runs, run_id, "ended")
    assert epochs(folder) == list(range(1, 301))
    assert set(before) <= set(history(folder))


# --- A damaged run folder


@pytest.mark.parametrize("left", [0, 0.5, 0.9])
def test_damaged_events_cost_the_lines_that_are_damaged_and_nothing_else(folder, left):
    card, content = folder.read_card(), folder.events_file.read_bytes()
    whole = content[: int(left * len(content))]
    kept = [e for e in history(folder) if e.to_json().encode() + b"\n" in whole]
    folder.events_file.write_bytes(whole + b"\xff\0{[" * 9)
    *_, last = charlm.resume(folder.path, epochs=4)
    assert last.reason == "finished"
    assert history(folder)[:-1] == kept
    assert epochs(folder)[-1] == 4
    assert folder.read_card().best == min((card.best, *history(folder)), key=lambda e: e.val_loss)


def test_a_run_without_its_last_weights_keeps_what_it_has(folder):
    folder.last_weights.unlink()
    best, card = folder.best_weights.read_bytes(), folder.read_card()
    with pytest.raises(CannotResume, match="only a finished network"):
        list(charlm.resume(folder.path, epochs=9))
    assert (folder.best_weights.read_bytes(), folder.read_card()) == (best, card)


def test_nor_does_it_lose_its_epochs_without_any(folder):
    for weights in (folder.last_weights, folder.best_weights):
        weights.unlink()
    card = folder.read_card()
    with pytest.raises(CheckpointDamaged, match="is missing"):
        list(charlm.resume(folder.path, epochs=9))
    assert folder.read_card() == card


def test_whoever_still_has_the_text_goes_on_though_the_run_has_lost_it(folder, rhyme):
    (folder.path / "corpus.txt").write_bytes(bytes(range(256)))
    with pytest.raises(CheckpointDamaged, match="Restore it from a copy"):
        list(charlm.resume(folder.path, epochs=4))
    list(charlm.resume(folder.path, rhyme, epochs=4))
    assert epochs(folder) == [1, 2, 3, 4]


@pytest.mark.parametrize("damage", ["missing", "noise", "a folder"])
def test_a_run_with_damaged_weights_is_no_file_to_take_along(whole, runs, tmp_path, damage):
    folder = RunFolder(shutil.copytree(whole, runs.data / "run-0123456789abcdef"))
    folder.best_weights.unlink()
    if damage != "missing":
        folder.best_weights.write_bytes(bytes(range(256))) if damage == "noise" else folder.best_weights.mkdir()
    with pytest.raises(CheckpointDamaged, match=r"best\.weights\.h5"):
        runs.pack(folder.path.name, tmp_path / "taken")


# --- Killed


def test_killed_when_all_was_done_but_told_it_tells_it(folder):
    untold = [e for e in folder.events() if not isinstance(e, RunFinished)]
    folder.events_file.write_text("".join(e.to_json() + "\n" for e in untold))
    *_, last = charlm.resume(folder.path)
    assert (last.reason, epochs(folder)) == ("finished", [1, 2, 3])
    with pytest.raises(CannotResume, match="has finished"):
        list(charlm.resume(folder.path))


def test_killed_while_weights_are_written_it_keeps_the_last_ones(runs, rhyme):
    """A network so large that writing it takes a while; killed in time it leaves half a file beside the whole one."""
    run_id = runs.submit(rhyme, SMALL.override(rnn_units=512, epochs=500, patience=None))
    folder = RunFolder(runs.data / run_id)
    beside = folder.path / "_last.weights.h5"
    for _ in range(10):  # it may have been quicker
        while not (folder.last_weights.exists() and beside.exists()):
            pass
        os.kill(runs._worker.process.pid, signal.SIGKILL)
        wait_for(runs, run_id, "interrupted")
        if beside.exists():
            break
        runs.resume(run_id, runs.keys.owner_key(run_id))
        wait_for(runs, run_id, "running")
    assert beside.exists()
    charlm.load(folder.path).generate(length=5)
    before = epochs(folder)
    runs.resume(run_id, runs.keys.owner_key(run_id))
    while len(history(folder)) <= len(before):
        time.sleep(0.05)
    runs.stop(run_id, runs.keys.owner_key(run_id))
    wait_for(runs, run_id, "ended")
    assert epochs(folder) == list(range(1, len(epochs(folder)) + 1))


# --- A clock that jumps


def test_a_clock_that_jumps_does_not_show_in_the_seconds(rhyme, tmp_path, monkeypatch):
    now, jumps = time.time(), itertools.cycle([0.0, 3e7, -3e7])
    monkeypatch.setattr(time, "time", lambda: now + next(jumps))
    seconds = [
        e.seconds for e in charlm.train(rhyme, tmp_path / "run", SMALL) if isinstance(e, (StepFinished, EpochFinished))
    ]
    assert seconds == sorted(seconds)
    assert 0 < seconds[-1] < 300
