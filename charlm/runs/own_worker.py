"""The app's own worker: for the queue on disk the app starts a process for each run, one after the other."""

import os
import subprocess
import sys
from typing import BinaryIO

from charlm.languages import N_, Told
from charlm.runs.queue.files import FileQueue
from charlm.runs.queue.marks import LOG, Marks

TRIES = 3  # how often a worker is started for a run
LARGEST_LOG = 2**20  # bytes; a longer one begins anew
CANNOT_START = Told(
    N_("The process that trains dies before it begins."),
    N_("Expected a complete installation."),
    N_(
        "The host finds what it said in {log} in the folder of the runs: repair the installation, then continue the "
        "run."
    ),
    log=LOG,
)


class OwnWorker:
    """The worker process of this app, if there is one."""

    def __init__(self, queue: FileQueue, marks: Marks, module: str) -> None:
        """`module` is the program of the process: `python -m module DATA RUN_ID`."""
        self._queue, self._marks, self._module = queue, marks, module
        self.process: subprocess.Popen | None = None
        self._tried, self._deaths = "", 0  # the worker's run, and how often a worker died before it took that run

    def start_next(self) -> None:
        """Start a worker for the next run that waits, unless a worker lives."""
        if self.process is not None and self.process.poll() is None:
            return
        waiting = self._queue.waiting()
        if not waiting or self._queue.worker_lives():
            return
        run_id = waiting[0]
        died = run_id == self._tried and (self.process is None or self.process.returncode != 0)
        self._deaths = self._deaths + 1 if died else 0
        if self._deaths == TRIES:
            self._tried = ""
            self._queue.give_up(run_id, CANNOT_START)
            return
        self._tried, self.process = run_id, None
        with open_log(self._marks) as log:
            # In its own session, so that Ctrl-C in the terminal reaches only the app. The app then stops the worker.
            self.process = subprocess.Popen(  # noqa: S603  # our own program
                command(self._module, self._marks, run_id),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def close(self) -> None:
        """Stop the worker at its next step. It keeps what it has learnt."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


def command(module: str, marks: Marks, *about: str) -> list[str]:
    """The command that starts the process that trains."""
    return [sys.executable, "-m", module, str(marks.data), *about]


def open_log(marks: Marks) -> BinaryIO:
    """The file for what a worker says; on a disk without room it goes nowhere."""
    file = marks.data / LOG
    try:
        return file.open("ab" if file.exists() and file.stat().st_size < LARGEST_LOG else "wb")
    except OSError:
        return open(os.devnull, "wb")
