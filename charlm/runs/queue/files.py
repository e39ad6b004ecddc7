"""The queue on disk: requests for training, taken one at a time by a worker process on this machine.

    <data>/.queue/<run id>.waiting      the request of a run that waits
                  <run id>.working      the request that a worker has taken; without a living worker, it died or gave up
                  <run id>.stop         asks the worker to stop at the next step
                  worker.lock           the worker holds this lock as long as it lives; worker.run names its run

Beside these stand the marks (marks.py). Every change of state renames or removes one file, so a reader always sees
either the old state or the new one.
"""

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

from charlm.errors import CannotWrite, CheckpointDamaged
from charlm.runs.queue.marks import Marks
from charlm.runs.queue.request import Request
from charlm.runs.turns import Waiting, in_turn
from charlm.runs.visitors import Asker
from charlm.storage.run_folder import replace_file, writing


class FileQueue:
    """The files of the queue. Pages put requests in, a worker takes them out."""

    def __init__(self, marks: Marks) -> None:
        self._marks, self._path, self._file = marks, marks.path, marks.file
        self.lock = FileLock(self._path / "worker.lock")
        self._current = self._path / "worker.run"

    def put(self, run_id: str, request: Request, text: str | None = None) -> None:
        """Add a request at the end, also if somebody has set the clock back. Raises CannotWrite."""
        latest = max((waiting.submitted for waiting in self._requests()), default=0.0)
        request = replace(request, submitted=max(request.submitted, latest + 0.001))
        try:
            if text is not None:
                self._marks.keep_text(run_id, text)
            replace_file(self._file(run_id, "waiting"), lambda beside: beside.write_text(request.to_json(), "utf-8"))
        except CannotWrite:
            if text is not None:
                self._marks.drop_text(run_id)  # the run does not exist, so its text must not stay
            raise

    def askers(self) -> list[Asker]:
        """Who asked for the runs that wait or are under way: one asker for each run."""
        under_way = (f for f in self._path.glob("[!_]*.working") if self.is_working(f.stem))
        requests = map(_read, [*self._path.glob("[!_]*.waiting"), *under_way])
        return [request.asker for request in requests if request is not None]

    def lowered(self, run_id: str) -> tuple[str, ...]:
        """One sentence for each setting that was lowered in a new run; empty once the run has ended."""
        for kind in ("waiting", "working"):
            if request := _read(self._file(run_id, kind)):
                return request.lowered
        return ()

    def waiting(self) -> list[str]:
        """The ids of the runs that wait, the next one first."""
        return [waiting.run_id for waiting in in_turn(self._requests(), self._marks.served())]

    def _requests(self) -> list[Waiting]:
        requests = []
        for file in self._path.glob("[!_]*.waiting"):  # a file that is just being written begins with _
            try:
                request = Request.from_json(file.read_bytes())
                requests.append(Waiting(file.stem, request.asker, request.submitted))
            except OSError:
                continue  # a worker has taken it meanwhile
            except CheckpointDamaged:
                # A damaged request goes first: the worker reports it at once, and it does not hold up the others.
                requests.append(Waiting(file.stem, Asker(file.stem, file.stem), 0.0))
        return requests

    def take(self, run_id: str) -> tuple[Request, str | None]:
        """Take a request out of the queue. Returns the request and, for a new run, the text.

        Raises FileNotFoundError if another worker has taken the request or a visitor has cancelled it, CannotWrite and
        CheckpointDamaged.
        """
        working = self._file(run_id, "working")
        with writing(self._current):
            self._current.write_text(run_id, "utf-8")  # first, so that every taken request has a known worker
        self._file(run_id, "stop").unlink(missing_ok=True)
        self._marks.forgive(run_id)
        os.replace(self._file(run_id, "waiting"), working)
        request = Request.from_json(working.read_bytes())
        self._marks.note_served(request.asker)
        return request, self._marks.text(run_id)

    def done(self, run_id: str, failure: str = "") -> None:
        """Note that a worker has ended its work. After a failure the request is kept, so that it can be put back."""
        if failure:
            with suppress(FileNotFoundError):  # still waiting if the disk had no room even to take the request
                os.replace(self._file(run_id, "waiting"), self._file(run_id, "working"))
            self._marks.fail(run_id, failure)
            return
        for file in ("working", "stop", "txt"):
            self._file(run_id, file).unlink(missing_ok=True)

    def give_up(self, run_id: str, failure: str) -> None:
        """Say of a run that waits why no worker can take it."""
        with suppress(Timeout), self.lock.acquire(timeout=0):  # so that no worker takes the request meanwhile
            if self._file(run_id, "waiting").exists():
                self.done(run_id, failure)

    def put_back(self, run_id: str) -> bool:
        """Let a request wait again whose worker died or gave up. Returns whether there is such a request."""
        try:
            Request.from_json(self._file(run_id, "working").read_bytes())
            os.replace(self._file(run_id, "working"), self._file(run_id, "waiting"))
        except (OSError, CheckpointDamaged):
            return False
        return True

    def cancel(self, run_id: str) -> bool:
        """Remove a request that no worker has taken yet. Returns whether there was one."""
        try:
            self._file(run_id, "waiting").unlink()
        except FileNotFoundError:
            return False
        self._marks.drop_text(run_id)
        return True

    def ask_to_stop(self, run_id: str) -> None:
        """Ask the worker to stop at its next step. Raises CannotWrite."""
        with writing(file := self._file(run_id, "stop")):
            file.touch()

    def is_asked_to_stop(self, run_id: str) -> bool:
        """Must the worker stop? It asks before every step."""
        return self._file(run_id, "stop").exists() or self._marks.is_doomed(run_id)

    def worker_lives(self) -> bool:
        """Is a worker process alive, of this app or of another one?

        The function does not take the worker's exclusive lock. Otherwise two processes that ask at the same time would
        each see the other's lock and believe that it is a worker.
        """
        if fcntl is None:  # Windows, where a lock cannot be shared
            try:
                with self.lock.acquire(timeout=0):
                    return False
            except Timeout:
                return True
        try:
            with open(self.lock.lock_file, "rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    def is_working(self, run_id: str) -> bool:
        """Is a living worker training this run?"""
        return (
            self._file(run_id, "working").exists()
            and not self._marks.failure(run_id)  # its worker may not have ended yet
            and self.worker_lives()
            and self._current.exists()
            and self._current.read_bytes() == run_id.encode()
        )

    def was_begun(self, run_id: str) -> bool:
        """Has a worker taken the request without completing it?"""
        return self._file(run_id, "working").exists()

    def forget(self, run_id: str) -> None:
        """Nothing to do: the files of a run that is deleted go with its marks."""

    def look_again(self) -> bool:
        """Nothing was read a moment ago: the files are read each time."""
        return False

    @property
    def trains_here(self) -> bool:
        """Is a run being trained on this machine, or about to be?"""
        return self.worker_lives() or bool(self.waiting())

    def close(self) -> None:
        """Nothing is held open."""


def _read(file: Path) -> Request | None:
    """The request in a file; None if the file is gone meanwhile or damaged."""
    try:
        return Request.from_json(file.read_bytes())
    except (OSError, CheckpointDamaged):
        return None
