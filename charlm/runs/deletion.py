"""How runs go: each is marked first, and its files are deleted as soon as no worker trains it."""

import math
import shutil
import time
from contextlib import suppress
from pathlib import Path

from charlm.runs.clock import age
from charlm.runs.queue.interface import Queue
from charlm.runs.queue.marks import Marks
from charlm.storage.run_names import VISITORS, visitors_runs

TIDY_EVERY = 60.0  # seconds between two searches for runs that are too old


class Deletion:
    """Deletes the runs that are marked, and marks those that nobody has used for `keep_hours` (0: none)."""

    def __init__(self, data: Path, queue: Queue, marks: Marks, keep_hours: float) -> None:
        self._data, self._queue, self._marks, self._keep_hours = data, queue, marks, keep_hours
        self._tidied = -math.inf

    def doom_the_old(self) -> None:
        """Mark the runs for deletion that nobody has used for too long. It looks every TIDY_EVERY seconds."""
        if not self._keep_hours or time.monotonic() - self._tidied < TIDY_EVERY:
            return
        self._tidied = time.monotonic()
        changed = self._marks.left()
        for run in visitors_runs(self._data):
            with suppress(FileNotFoundError):  # a worker is replacing the files: then the run is not old
                changed[run.name] = max(f.stat().st_mtime for f in [run, *run.iterdir()])
        waiting = self._queue.waiting()
        for run_id, then in changed.items():
            if age(then) > 3600 * self._keep_hours and VISITORS.fullmatch(run_id) and run_id not in waiting:
                self._marks.doom(run_id)

    def bury(self) -> None:
        """Delete the runs that are marked for deletion, each as soon as no worker trains it."""
        for run_id in filter(VISITORS.fullmatch, self._marks.doomed()):
            if not self._queue.is_working(run_id):
                shutil.rmtree(self._data / run_id, ignore_errors=True)
                self._queue.forget(run_id)
                self._marks.forget(run_id)
