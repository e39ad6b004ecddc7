"""Runs on several machines: pages and workers around a real PostgreSQL, and what goes wrong between them.

Workers are programs of their own, as `charlm worker` is, but their rhythm is faster and they only pretend to learn.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from charlm.command_line.cli import main
from charlm.errors import CannotResume, CheckpointNotFound, InvalidSetting, QueueUnavailable, Superseded
from charlm.events import EpochFinished, RunFinished, StepFinished
from charlm.runs.background import Runs
from charlm.runs.limits import Limits
from charlm.runs.queue.choice import choose_queue
from charlm.runs.queue.marks import LOG, Marks
from charlm.settings import RunSettings
from charlm.storage.attempt import Attempt
from charlm.storage.run_folder import RunFolder
from charlm.text.corpus import from_text

TEXT = from_text("a rhyme that is long enough to be learnt\n" * 30, "My rhyme.txt")
WORKER = """
from pathlib import Path
from charlm.runs.service import Rhythm, serve
serve(Path({data!r}), {address!r}, {module!r}, Rhythm(heartbeat=0.5, stalled=2.0, patrol=0.3))
"""


def wait_until(happens):
    """Wait on what a person would see. Returns it."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if seen := happens():
            return seen
        time.sleep(0.02)
    raise AssertionError("it did not happen")


class District:
    """One database, one folder, any number of pages and workers."""

    def __init__(self, data, address):
        self.data, self.address, self._pages, self._workers = data, address, [], []
        self.page = self.another_page()

    def another_page(self):
        self._pages.append(Runs(self.data, limits=Limits(runs=100)))
        return self._pages[-1]

    def worker(self, module="pretending_worker"):
        program = WORKER.format(data=str(self.data), address=self.address, module=module)
        process = subprocess.Popen([sys.executable, "-c", program], start_new_session=True)
        self._workers.append(process)
        return process

    def submit(self, epochs=3, name=TEXT.name):
        return self.page.submit(from_text(TEXT.text, name), RunSettings().override(epochs=epochs))

    def key(self, run_id):
        return self.page.keys.owner_key(run_id)

    def wait_for(self, run_id, *states):
        return wait_until(lambda: (s := self.page.status(run_id)).state in states and s)

    def has_learnt(self, run_id, epochs):
        wait_until(lambda: len(learnt(self.page.status(run_id))) >= epochs)

    def trainer(self, run_id):
        """The process that trains the run."""
        return int((self.data / run_id / "pid").read_text())

    def hold(self):
        (self.data / "hold").touch()

    def let_go(self):
        (self.data / "hold").unlink(missing_ok=True)

    def jobs(self):
        with psycopg.connect(self.address) as connection:
            return connection.execute("SELECT lock, status::text, attempts FROM procrastinate_jobs").fetchall()

    def close(self):
        self.let_go()
        for worker in self._workers:
            with suppress(ProcessLookupError):
                worker.send_signal(signal.SIGCONT)
                worker.terminate()
        for worker in self._workers:
            worker.wait(60)
        for page in self._pages:
            page.close()


@pytest.fixture
def district(database, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), *sys.path]))
    monkeypatch.setenv("CHARLM_QUEUE", database)
    district = District(tmp_path / "data", database)
    yield district
    district.close()


def learnt(status):
    return [e.epoch for e in status.events if isinstance(e, EpochFinished)]


def test_three_workers_do_all_runs_and_none_twice(district):
    run_ids = [district.submit() for _ in range(8)]
    assert [district.page.status(run_id).place for run_id in run_ids] == list(range(1, 9))
    workers = [district.worker() for _ in range(3)]
    for run_id in run_ids:
        status = district.wait_for(run_id, "ended")
        assert learnt(status) == [1, 2, 3]
        assert sum(isinstance(e, RunFinished) for e in status.events) == 1
    assert all(worker.poll() is None for worker in workers)
    wait_until(lambda: district.jobs() == [])
    assert not list((district.data / ".queue").glob("*.txt"))


def test_several_pages_see_and_do_the_same(district):
    other = district.another_page()
    district.hold()
    first, second = district.submit(100), district.submit(100)
    assert other.status(first).state == "waiting"
    district.worker()
    wait_until(lambda: other.status(first).state == "running")
    assert other.status(second).place == 1
    with pytest.raises(CannotResume, match="under way"):
        other.resume(second, district.key(second))
    other.stop(second, district.key(second))
    with pytest.raises(CheckpointNotFound):
        district.wait_for(second, "never")
    other.stop(first, district.key(first))
    assert district.wait_for(first, "ended").events[-1].reason == "stopped"


@pytest.mark.parametrize("who", ["the worker", "the worker and its process"])
def test_killed_a_worker_is_replaced_and_the_run_goes_on_from_its_last_save(district, who):
    worker = district.worker()
    run_id = district.submit(60)
    district.has_learnt(run_id, 2)
    if who != "the worker":
        os.kill(district.trainer(run_id), signal.SIGSTOP)  # so that it saves nothing more
        worker.kill()
        os.kill(district.trainer(run_id), signal.SIGKILL)
    worker.kill()
    district.worker()
    assert learnt(district.wait_for(run_id, "ended")) == list(range(1, 61))
    wait_until(lambda: district.jobs() == [])


def test_a_process_that_dies_leaves_an_interrupted_run_that_can_go_on(district):
    district.worker()
    run_id = district.submit(60)
    district.has_learnt(run_id, 1)
    os.kill(district.trainer(run_id), signal.SIGKILL)
    district.wait_for(run_id, "interrupted")
    district.page.resume(run_id, district.key(run_id))
    assert learnt(district.wait_for(run_id, "ended")) == list(range(1, 61))


def test_frozen_and_thawed_a_worker_does_not_write_beside_its_successor(district):
    frozen = district.worker()
    run_id = district.submit(60)
    district.has_learnt(run_id, 2)
    trainer = district.trainer(run_id)
    for process in (frozen.pid, trainer):
        os.kill(process, signal.SIGSTOP)
    successor = district.worker()
    wait_until(lambda: district.trainer(run_id) != trainer)
    for process in (trainer, frozen.pid):
        os.kill(process, signal.SIGCONT)
    assert learnt(district.wait_for(run_id, "ended")) == list(range(1, 61))
    wait_until(lambda: district.jobs() == [])
    successor.terminate()
    successor.wait(60)
    another = district.submit(2)  # the one that was frozen is a worker like any other again
    assert learnt(district.wait_for(another, "ended")) == [1, 2]
    steps = [e.step for e in district.page.status(run_id).events if isinstance(e, StepFinished)]
    assert steps == list(range(1, 61))


def test_a_database_that_restarts_ends_no_run(district, server):
    worker = district.worker()
    run_id, waits = district.submit(100), district.submit(2)
    district.has_learnt(run_id, 2)
    server.stop()
    try:
        assert district.page.status(run_id).state == "running"  # what was last known, with events that go on
        district.has_learnt(run_id, len(learnt(district.page.status(run_id))) + 2)
        with pytest.raises(QueueUnavailable, match="does not answer"):
            district.submit()
    finally:
        server.start()
    assert learnt(district.wait_for(run_id, "ended")) == list(range(1, 101))
    district.wait_for(waits, "ended")
    assert worker.poll() is None
    wait_until(lambda: district.jobs() == [])


def test_a_worker_that_closes_saves_its_run_and_gives_it_back(district):
    worker = district.worker()
    run_id = district.submit(60)
    district.has_learnt(run_id, 2)
    worker.terminate()
    assert worker.wait(60) == 0
    status = district.wait_for(run_id, "waiting")
    assert len(learnt(status)) >= 2
    district.worker()
    assert learnt(district.wait_for(run_id, "ended")) == list(range(1, 61))


def test_what_cannot_start_is_tried_three_times_and_told(district):
    broken = district.worker("nowhere")
    run_ids = [district.submit() for _ in range(2)]
    for run_id in run_ids:
        assert LOG in district.wait_for(run_id, "failed").failure
        assert (district.data / LOG).read_text().count("nowhere") >= 3
    broken.terminate()
    district.worker()
    district.page.resume(run_ids[0], district.key(run_ids[0]))
    assert district.wait_for(run_ids[0], "ended").failure == ""


def test_what_fails_in_words_is_told_and_can_be_put_back(district):
    district.worker()
    run_id = district.submit(name="diverging.txt")
    assert "Lower the learning rate" in district.wait_for(run_id, "failed").failure
    (district.data / "cured").touch()
    district.page.resume(run_id, district.key(run_id))
    assert learnt(district.wait_for(run_id, "ended")) == [1, 2, 3]


def test_what_is_deleted_while_it_learns_is_gone_for_everybody(district):
    district.worker()
    run_id, other = district.submit(1_000), district.another_page()
    district.has_learnt(run_id, 1)
    district.page.delete(run_id, district.key(run_id))
    with pytest.raises(CheckpointNotFound):
        other.status(run_id)
    wait_until(lambda: not (district.data / run_id).exists())
    wait_until(lambda: district.jobs() == [])
    assert not list((district.data / ".queue").glob(f"{run_id}.*"))


@pytest.mark.parametrize("arguments", ["{}", '{"run_id": "../../etc", "request": "{}", "first_attempt": 1}'])
def test_a_job_that_charlm_did_not_write_holds_nobody_up(district, arguments):
    with psycopg.connect(district.address) as connection:
        connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args, priority)"
            " VALUES ('charlm', 'charlm.train', '../../etc', %s, 5), ('charlm', 'os.system', 'x', '{}', 9)",
            [arguments],
        )
    district.worker()
    assert learnt(district.wait_for(district.submit(), "ended")) == [1, 2, 3]
    assert {status for _, status, _ in district.jobs()} == {"failed"}


# --- The number in the run folder


def test_only_the_latest_attempt_may_write(tmp_path):
    first = RunFolder(tmp_path / "run", Attempt(tmp_path / "run", 1))
    first._attempt.begin()
    event = StepFinished(1, 1, 1.0, 0.5, 1e-3, 1, 100.0, 1.0)
    first.append(event)
    second = RunFolder(tmp_path / "run", Attempt(tmp_path / "run", 2))
    second._attempt.begin()
    second.append(event)
    for write in (
        lambda: first.append(event),
        lambda: first.write_events([]),
        lambda: first.save_weights(first.last_weights, print),
    ):
        with pytest.raises(Superseded, match="Another worker"):
            write()
    assert second.events() == [event, event]
    with pytest.raises(Superseded):
        Attempt(tmp_path / "run", 2).begin()  # two workers with one number: the first one has it


def test_nor_may_anybody_write_once_the_run_is_deleted(tmp_path):
    folder = RunFolder(tmp_path / "run", Attempt(tmp_path / "run", 1))
    folder._attempt.begin()
    for file in folder.path.iterdir():
        file.unlink()
    folder.path.rmdir()
    with pytest.raises(Superseded):
        folder.append(StepFinished(1, 1, 1.0, 0.5, 1e-3, 1, 100.0, 1.0))
    assert not folder.path.exists()


# --- Before it starts


@pytest.mark.parametrize("address", ["mysql://here/db", "nonsense"])
def test_what_is_no_address_of_a_database_is_refused(tmp_path, address):
    with pytest.raises(InvalidSetting, match="CHARLM_QUEUE"):
        choose_queue(Marks(tmp_path), {"CHARLM_QUEUE": address})


def test_a_database_that_is_not_there_stops_the_start_with_a_sentence(tmp_path):
    with pytest.raises(QueueUnavailable, match="does not answer"):
        choose_queue(Marks(tmp_path), {"CHARLM_QUEUE": f"postgresql://charlm@/none?host={tmp_path}"})


def test_so_does_one_that_was_not_prepared(tmp_path, server):
    with pytest.raises(QueueUnavailable, match="charlm queue prepare"):
        choose_queue(Marks(tmp_path), {"CHARLM_QUEUE": server.new_database()})


def test_so_do_missing_packages(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "procrastinate", None)
    with pytest.raises(QueueUnavailable, match=r"pip install -r requirements-cluster.txt"):
        choose_queue(Marks(tmp_path), {"CHARLM_QUEUE": "postgresql://here/db"})


def test_a_database_is_prepared_once(server, monkeypatch, capsys):
    monkeypatch.setenv("CHARLM_QUEUE", server.new_database())
    assert main(["queue", "prepare"]) == 0
    assert "is prepared" in capsys.readouterr().out
    assert main(["queue", "prepare"]) == 0
    assert "already" in capsys.readouterr().out


def test_a_worker_without_an_address_says_what_to_set(monkeypatch, capsys):
    monkeypatch.delenv("CHARLM_QUEUE", raising=False)
    assert main(["worker"]) == 1
    assert "CHARLM_QUEUE" in capsys.readouterr().err


def test_it_runs_until_it_is_told_to_end(district):
    command = [sys.executable, "-m", "charlm", "worker", "--data", str(district.data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        assert "Waiting for runs" in worker.stdout.readline()
        worker.send_signal(signal.SIGINT)
        assert worker.wait(60) == 0
