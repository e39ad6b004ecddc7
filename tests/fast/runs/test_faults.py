"""What goes wrong from outside: damaged files, killed processes, a full disk, a clock that jumps, two apps at once.

Whatever it is: a person is told in words and can go on, the others do not notice, and nothing that was saved is lost.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from subprocess import PIPE
from threading import Event as Flag
from threading import Thread

import pytest

from charlm.errors import CannotWrite, CharlmError, CheckpointDamaged, CheckpointNotFound
from charlm.events import EpochFinished, SampleWritten
from charlm.generation.shelf import Shelf
from charlm.presets import Plan
from charlm.runs import worker
from charlm.runs.background import Runs
from charlm.runs.limits import Limits
from charlm.runs.queue.files import FileQueue
from charlm.runs.queue.marks import LOG, Marks
from charlm.runs.queue.request import Request
from charlm.settings import ModelSettings, RunSettings, TrainingSettings
from charlm.storage.card import Card, CorpusFacts
from charlm.storage.run_folder import RunFolder
from charlm.text.corpus import from_text
from charlm.text.vocabulary import Vocabulary

RUN, BROKEN = "run-0123456789abcdef", "broken-0123456789abcdef"
TEXT = from_text("a rhyme that is long enough to be learnt\n" * 30, "My rhyme.txt")
EPOCH, SAMPLE = EpochFinished(10, 1.0, 2.0, 0.3, 1.9, 0.3, 5.0, True), SampleWritten(10, 1.0, "a rhyme")
DAMAGES = {
    "empty": b"",
    "cut short": b'{"format_version": 1, "na',
    "noise": bytes(range(256)) * 9,
    "zeros": bytes(4096),
    "another shape": b'{"format_version": 1, "event": "RunFinished", "submitted": "now", "words": 3}\n',
    "one line without end": b"x" * 5_000_000,
    "JSON without end": b"[" * 100_000,
    "a folder": None,
}
damaged = pytest.mark.parametrize("damage", DAMAGES)


def spoil(file, damage):
    """Put that in the place of a file."""
    file.unlink(missing_ok=True)
    file.mkdir() if DAMAGES[damage] is None else file.write_bytes(DAMAGES[damage])


def model(path):
    """A run folder with all that a model has, but weights that nobody could load."""
    folder = RunFolder(path)
    vocabulary, numbers = Vocabulary.of(TEXT.text), {"uniform_loss": 2.9, "frequency_loss": 2.6, "parameters": 42}
    about = (CorpusFacts(TEXT.name, len(TEXT.text), TEXT.sha256), ModelSettings(), TrainingSettings())
    folder.create(Card(path.name, *about, vocabulary=vocabulary, **numbers, versions={}, best=EPOCH), TEXT)
    folder.append(EPOCH)
    folder.best_weights.touch()
    return folder


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), *sys.path]))
    data = tmp_path / "data"
    data.mkdir(exist_ok=True)
    yield data
    (data / "hold").unlink(missing_ok=True)


@pytest.fixture
def runs(data):
    with closing(Runs(data, worker="pretending_worker")) as runs:
        yield runs


def wait_for(runs, run_id, *states):
    """Wait on what a person would see."""
    for _ in range(3_000):
        if (status := runs.status(run_id)).state in states:
            return status
        time.sleep(0.02)
    raise AssertionError(f"{run_id} is still {status.state}")


def epochs(status):
    return [e.epoch for e in status.events if isinstance(e, EpochFinished)]


def busy(runs):
    """The lock, as a worker of another app holds it: as long as it does, whoever comes has to wait."""
    return FileQueue(Marks(runs.data)).lock.acquire(timeout=30)


# --- A damaged run folder


@damaged
@pytest.mark.parametrize("name", ["card.json", "corpus.txt", "traces.json", "events.jsonl"])
def test_whatever_a_file_holds_it_is_read_or_refused_in_words(tmp_path, name, damage):
    broken, _ = model(tmp_path / BROKEN), model(tmp_path / "sound")
    spoil(broken.path / name, damage)
    shelf = Shelf(tmp_path)
    for read in (broken.read_card, broken.read_corpus, broken.read_traces, broken.events):
        with suppress(CharlmError):
            read()
    assert "sound" in shelf.everybodys()
    assert shelf.has(BROKEN) == (name != "card.json")


def test_a_text_that_was_changed_is_not_the_one_it_learnt(tmp_path):
    folder = model(tmp_path / "run")
    (folder.path / "corpus.txt").write_text("another text")
    with pytest.raises(CheckpointDamaged, match=r"not the text .* learnt is untouched"):
        folder.read_corpus()


def test_what_a_damaged_line_stood_between_is_still_told(tmp_path):
    folder = model(tmp_path / "run")
    with folder.events_file.open("ab") as file:
        file.write(b'\0\0\0\xff{"event": "SampleWri\n')
    folder.append(SAMPLE)
    assert folder.events() == [EPOCH, SAMPLE]


def test_half_a_file_does_not_keep_the_room_that_is_missing(tmp_path):
    def run_out_of_disk(path):
        with open(path, "w") as file:
            file.write("half of i")
        raise OSError(28, "No space left on device")

    folder = model(tmp_path / "run")
    with pytest.raises(CannotWrite, match="No space left"):
        folder.save_weights(folder.last_weights, run_out_of_disk)
    assert not list(folder.path.glob("_*"))


# --- A damaged queue


@damaged
def test_a_request_that_is_garbage_says_so_and_keeps_nobody_waiting(runs, damage):
    spoil(runs.data / ".queue" / f"{BROKEN}.waiting", damage)
    wait_for(runs, runs.submit(TEXT, RunSettings().override(epochs=1)), "ended")
    if damage == "a folder":
        with pytest.raises(CheckpointNotFound):
            runs.status(BROKEN)
    else:
        assert "Start a new run" in wait_for(runs, BROKEN, "failed").failure


@pytest.mark.parametrize("damage", ["noise", "a folder"])
def test_so_does_one_whose_text_is(runs, damage):
    with busy(runs):
        broken, sound = (runs.submit(TEXT, RunSettings().override(epochs=1)) for _ in range(2))
        spoil(runs.data / ".queue" / f"{broken}.txt", damage)
    assert "text of this run cannot be read" in wait_for(runs, broken, "failed").failure
    wait_for(runs, sound, "ended")


@pytest.mark.parametrize("numbers", [{"submitted": "now"}, {"submitted": float("nan")}, {"submitted": 10**400},
                                     {"corpus_name": ["a"]}, {"plan": 3}, {"coffee": 1}])  # fmt: skip
def test_a_request_of_another_shape_is_damaged(numbers):
    values = json.loads(Request(1.0, "a", Plan(RunSettings())).to_json())
    assert Request.from_json(json.dumps(values)) == Request(1.0, "a", Plan(RunSettings()))
    with pytest.raises(CheckpointDamaged):
        Request.from_json(json.dumps(values | numbers))


@damaged
@pytest.mark.parametrize("kind", ["working", "failed", "stop"])
def test_whatever_else_lies_in_the_queue_others_do_not_notice(runs, kind, damage):
    spoil(runs.data / ".queue" / f"{BROKEN}.{kind}", damage)
    spoil(runs.data / ".queue" / "worker.run", "noise")
    with suppress(CharlmError), busy(runs):
        runs.status(BROKEN)
    other = runs.submit(TEXT, RunSettings().override(epochs=1))
    assert wait_for(runs, other, "ended").failure == ""


# --- A run that gave up, or was killed


def test_what_a_run_gave_up_with_is_kept_and_asked_for_again(runs):
    run_id = runs.submit(from_text(TEXT.text, "diverging.txt"), RunSettings().override(epochs=1))
    wait_for(runs, run_id, "failed")
    (runs.data / "cured").touch()
    runs.resume(run_id, runs.keys.owner_key(run_id))
    assert wait_for(runs, run_id, "ended").failure == ""
    while list((runs.data / ".queue").glob(f"{run_id}.*")):  # the worker clears up behind itself
        time.sleep(0.02)


def test_taken_back_it_still_says_why_it_gave_up(runs):
    run_id = runs.submit(from_text(TEXT.text, "diverging.txt"), RunSettings())
    why = wait_for(runs, run_id, "failed").failure
    with busy(runs):
        runs.resume(run_id, runs.keys.owner_key(run_id))
        assert runs.status(run_id).state == "waiting"
        runs.stop(run_id, runs.keys.owner_key(run_id))
        assert runs.status(run_id).failure == why


@damaged
def test_a_run_whose_events_are_gone_is_still_there_to_go_on(runs, damage):
    folder = model(runs.data / RUN)
    folder.last_weights.touch()
    spoil(folder.events_file, damage)
    assert (runs.status(RUN).state, runs.status(RUN).events) == ("interrupted", ())
    with busy(runs):
        runs.resume(RUN, runs.keys.owner_key(RUN))
        assert runs.status(RUN).state == "waiting"
        runs.stop(RUN, runs.keys.owner_key(RUN))


MOMENTS = {
    "before it takes the run": "ended",  # and nobody notices: another worker is started
    "half way in taking it": "ended",
    "when it has taken it": "interrupted",
    "when all is done and told": "ended",
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_moment_it_goes_on_and_so_does_the_next(runs, moment, monkeypatch):
    monkeypatch.setenv("KILLED", moment)
    first, second = (runs.submit(TEXT, RunSettings().override(epochs=2)) for _ in range(2))
    wait_for(runs, second, "ended")
    assert wait_for(runs, first, "ended", "interrupted").state == MOMENTS[moment]
    if MOMENTS[moment] == "interrupted":
        runs.resume(first, runs.keys.owner_key(first))
    assert epochs(wait_for(runs, first, "ended")) == [1, 2]


# --- A full disk


@contextmanager
def full_disk():
    """No file can take a byte, of this process and of those it starts."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def small_disk(tmp_path):
    """A disk of one megabyte."""
    disk = tmp_path / "data"
    disk.mkdir(exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "charlm", disk], capture_output=True).returncode:  # noqa: S607
        pytest.skip("no right to mount a small disk here")
    yield disk
    subprocess.run(["umount", disk], check=True)  # noqa: S607


def fill(disk):
    """Leave no room; returns the file to delete for some."""
    with suppress(OSError), (disk / "filler").open("wb", buffering=0) as filler:
        while filler.write(bytes(4096)):
            pass
    return disk / "filler"


def test_what_finds_no_room_in_the_queue_was_never_there(runs):
    with full_disk(), pytest.raises(CannotWrite, match="Make room"):
        runs.submit(TEXT, RunSettings())
    assert not list((runs.data / ".queue").glob("*rhyme*"))
    wait_for(runs, runs.submit(TEXT, RunSettings().override(epochs=1)), "ended")


def test_a_run_that_is_not_resumed_for_lack_of_room_is_what_it_was(runs):
    run_id = runs.submit(TEXT, RunSettings().override(epochs=1))
    before = wait_for(runs, run_id, "ended")
    with full_disk(), pytest.raises(CannotWrite, match="Make room"):
        runs.resume(run_id, runs.keys.owner_key(run_id), more_epochs=1)
    assert runs.status(run_id) == before


def test_without_room_to_begin_a_run_fails_in_words_and_with_room_it_goes_on(runs):
    another = busy(runs)
    run_id = runs.submit(TEXT, RunSettings().override(epochs=2))
    with full_disk():
        another.lock.release()
        assert "Make room" in wait_for(runs, run_id, "failed").failure
    runs.resume(run_id, runs.keys.owner_key(run_id))
    wait_for(runs, run_id, "ended")


def test_a_disk_that_runs_full_on_the_way_stops_nobody_for_ever(small_disk, runs):
    first, second = (runs.submit(TEXT, RunSettings().override(epochs=epochs)) for epochs in (50, 1))
    while not epochs(runs.status(first)):
        time.sleep(0.02)
    filler = fill(small_disk)
    learnt = epochs(wait_for(runs, first, "failed"))
    assert "Make room" in runs.status(first).failure
    assert "Make room" in wait_for(runs, second, "failed").failure
    with pytest.raises(CannotWrite, match="Make room"):
        runs.submit(TEXT, RunSettings())
    filler.unlink()
    for run_id in (first, second):
        runs.resume(run_id, runs.keys.owner_key(run_id))
    assert epochs(wait_for(runs, second, "ended")) == [1]
    assert epochs(runs.status(first)) == list(range(1, 51))
    assert set(learnt) < set(range(1, 51))


# --- A worker that does not start


@pytest.mark.parametrize("missing", ["its program", "python"])
def test_a_worker_that_dies_at_every_start_is_not_started_for_ever(runs, monkeypatch, missing):
    with monkeypatch.context() as broken:
        broken.setattr(*(runs._worker, "_module") if missing == "its program" else (sys, "executable"), "nowhere")
        run_ids = [runs.submit(TEXT, RunSettings().override(epochs=1)) for _ in range(2)]
        for run_id in run_ids:
            assert LOG in wait_for(runs, run_id, "failed").failure
    if missing == "its program":
        assert "nowhere" in (runs.data / LOG).read_text()
    for run_id in run_ids:
        runs.resume(run_id, runs.keys.owner_key(run_id))
    for run_id in run_ids:
        wait_for(runs, run_id, "ended")


def test_what_goes_wrong_in_one_look_at_the_queue_does_not_end_the_looking(runs, monkeypatch, capfd):
    with monkeypatch.context() as broken:
        broken.setattr(FileQueue, "worker_lives", lambda queue: looks.append(1) or 1 / 0)
        looks, run_id = [], runs.submit(TEXT, RunSettings().override(epochs=1))
        while len(looks) < 3:
            time.sleep(0.02)
    wait_for(runs, run_id, "ended")
    assert capfd.readouterr().err.count("ZeroDivisionError") == 1


def test_what_cannot_be_deleted_keeps_nobody_waiting_and_what_is_no_visitors_is_never_deleted(runs):
    ours = model(runs.data / "ours")
    for doomed in ("ours.doomed", "..doomed", "...doomed", f"{BROKEN}.doomed"):
        (runs.data / ".queue" / doomed).touch()
    spoil(runs.data / ".queue" / f"{BROKEN}.txt", "a folder")
    wait_for(runs, runs.submit(TEXT, RunSettings().override(epochs=1)), "ended")
    assert ours.read_card().corpus.name == TEXT.name


def test_the_room_that_runs_take_is_counted_while_one_is_saved(runs):
    folder, ended = model(runs.data / RUN).path, Flag()

    def save_again_and_again():
        while not ended.is_set():
            (folder / "_card.json").touch()
            (folder / "_card.json").replace(folder / "card.json")

    saving = Thread(target=save_again_and_again)
    saving.start()
    try:
        for _ in range(200):
            runs.refuse_full_disk()
    finally:
        ended.set()
        saving.join()


def test_a_broken_installation_is_told_in_words(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "charlm.runs.recording", None)  # as if it could not be imported
    assert "TensorFlow does not start" in worker.work(
        Marks(tmp_path), RunFolder(tmp_path / "run"), Request(1.0), None, bool
    )


def test_a_worker_whose_app_closes_before_it_begins_leaves_the_run_to_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(signal, "signal", lambda number, handler: handler())  # which comes at once
    monkeypatch.setattr(os, "nice", int)
    queue = FileQueue(Marks(tmp_path))
    queue.put("run", Request(1.0, plan=Plan(RunSettings())), TEXT.text)
    assert worker.main(str(tmp_path), "run") == 0
    assert queue.waiting() == ["run"]


# --- A clock that jumps


def test_whoever_comes_later_waits_behind_whatever_the_clock_says(runs, monkeypatch):
    now, year = time.time(), 366 * 24 * 3600
    with busy(runs):
        came = []
        for clock in (now, now - year, now + year, now, 0.0, now + 1):
            monkeypatch.setattr(time, "time", lambda clock=clock: clock)
            came.append(runs.submit(TEXT, RunSettings()))
        assert [runs.status(run_id).place for run_id in came] == [1, 2, 3, 4, 5, 6]
        for run_id in came:
            runs.stop(run_id, runs.keys.owner_key(run_id))


def test_a_text_that_an_app_was_killed_over_is_deleted_like_any_other(data):
    half = data / ".queue" / f"_{BROKEN}.txt"
    half.parent.mkdir()
    half.write_text("half of a secr")
    os.utime(half, (0, 0))
    with closing(Runs(data, worker="pretending_worker", limits=Limits(keep_hours=1))):
        while half.exists():
            time.sleep(0.02)


# --- Two apps on one folder, one after the other or side by side

APP = """
import sys
from charlm.text.corpus import from_text
from charlm.runs.background import Runs
from charlm.settings import ModelSettings, RunSettings, TrainingSettings

runs, text = Runs(sys.argv[1], worker="pretending_worker"), from_text("a rhyme to learn\\n" * 30, "x")
for epochs in sys.stdin:
    print(runs.submit(text, RunSettings().override(epochs=int(epochs))), flush=True)
"""


@pytest.fixture
def app(data):
    """Another app, in a process of its own: told a number of epochs, it submits a run and says its id."""
    with subprocess.Popen([sys.executable, "-c", APP, data], stdin=PIPE, stdout=PIPE, text=True) as app:
        yield app
        app.kill()


def submit(app, epochs):
    app.stdin.write(f"{epochs}\n")
    app.stdin.flush()
    return app.stdout.readline().strip()


def test_an_app_that_is_killed_leaves_its_worker_at_work_and_the_next_goes_on_with_the_queue(app, data):
    (data / "hold").touch()
    first, second = submit(app, 3), submit(app, 1)
    while not (data / first / "pid").exists():
        time.sleep(0.02)
    app.kill()
    app.wait()
    pid = (data / first / "pid").read_text()
    with closing(Runs(data, worker="pretending_worker")) as runs:
        assert runs.status(first).state == "running"
        assert runs.status(second).place == 1
    os.kill(int(pid), 0)  # it lives: an app that closes stops the worker that it started itself, and no other
    with closing(Runs(data, worker="pretending_worker")) as runs:
        (data / "hold").unlink()
        assert wait_for(runs, first, "ended").events[-1].reason == "finished"
        assert (data / first / "pid").read_text() == pid
        wait_for(runs, second, "ended")


def test_apps_side_by_side_share_one_queue_and_one_worker(app, runs):
    (runs.data / "hold").touch()
    first = runs.submit(TEXT, RunSettings().override(epochs=1))
    wait_for(runs, first, "running")
    second, third = submit(app, 1), runs.submit(TEXT, RunSettings().override(epochs=1))
    with closing(Runs(runs.data, worker="pretending_worker")) as other:
        for either in (runs, other):
            assert either.status(first).state == "running"
            assert [either.status(run_id).place for run_id in (second, third)] == [1, 2]
        (runs.data / "hold").unlink()
        for run_id in (first, second, third):
            assert epochs(wait_for(runs, run_id, "ended")) == [1]
            assert other.status(run_id) == runs.status(run_id)


def test_an_app_that_closes_stops_its_own_worker_and_the_other_goes_on(data):
    (data / "hold").touch()
    with closing(Runs(data, worker="pretending_worker")) as runs:
        first = runs.submit(TEXT, RunSettings().override(epochs=2))
        wait_for(runs, first, "running")
        other = Runs(data, worker="pretending_worker")
        second = other.submit(TEXT, RunSettings().override(epochs=1))
    with closing(other):
        assert wait_for(other, first, "ended").events[-1].reason == "stopped"
        (data / "hold").unlink()
        wait_for(other, second, "ended")
        other.resume(first, other.keys.owner_key(first), more_epochs=2)
        assert epochs(wait_for(other, first, "ended")) == [1, 2]


def test_an_app_that_did_not_look_for_a_while_sees_what_another_has_made_of_the_events(runs):
    folder = model(runs.data / RUN)
    folder.last_weights.touch()
    for step in range(11, 15):
        folder.append(replace(EPOCH, step=step, epoch=step))
    assert [e.step for e in runs.status(RUN).events] == [10, 11, 12, 13, 14]
    for forgotten in (12, 11):  # twice: the second file may lie where the first did, which the disk calls the same
        folder.forget_after(forgotten)
    for step in range(12, 19):
        folder.append(replace(EPOCH, step=step, epoch=step, seconds=99.0))
    assert runs.status(RUN).events == tuple(folder.events())
