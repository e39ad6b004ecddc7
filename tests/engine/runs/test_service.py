"""A real run whose worker is killed on a queue on PostgreSQL: another one ends it as if nothing had happened."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from charlm.events import EpochFinished
from charlm.runs.background import Runs
from charlm.runs.queue.jobs import prepare
from charlm.runs.recording import train
from charlm.settings import ModelSettings, RunSettings, TrainingSettings

SMALL = RunSettings(ModelSettings(rnn_units=8, dropout=0.2), TrainingSettings(epochs=40, seq_length=16, batch_size=4))
WORKER = """
from pathlib import Path
from charlm.runs.service import Rhythm, serve
serve(Path({data!r}), {address!r}, rhythm=Rhythm(heartbeat=0.5, stalled=2.0, patrol=0.3))
"""


def losses(events):
    return [e.val_loss for e in events if isinstance(e, EpochFinished)]


@contextmanager
def worker(data, address):
    program = WORKER.format(data=str(data), address=address)
    process = subprocess.Popen([sys.executable, "-c", program])
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


def wait_for(page, run_id, seen):
    for _ in range(2_400):
        if seen(status := page.status(run_id)):
            return status
        time.sleep(0.05)
    raise AssertionError(status)


def test_killed_in_the_middle_another_worker_ends_it_as_if_nothing_had_happened(rhyme, tmp_path, server, monkeypatch):
    monkeypatch.setenv("CHARLM_QUEUE", address := server.new_database())
    assert prepare(address)
    unbroken = losses(train(rhyme, tmp_path / "unbroken", SMALL))
    page = Runs(tmp_path / "data")
    try:
        run_id = page.submit(rhyme, SMALL)
        with worker(page.data, address) as first:
            wait_for(page, run_id, lambda status: len(losses(status.events)) > 1)
            os.kill(first.pid, signal.SIGKILL)
        with worker(page.data, address):
            status = wait_for(page, run_id, lambda status: status.state == "ended")
    finally:
        page.close()
    assert losses(status.events) == pytest.approx(unbroken, abs=0)
    assert Path(page.data, run_id, "attempt").read_text() == "2"
