"""The queue on disk: requests for training, taken one at a time by a worker process.

    <data>/.queue/<run id>.txt          the text of a run that has not begun
                  <run id>.waiting      what is asked for; the oldest is next
                  <run id>.working      the same, taken by a worker; where none lives, it was killed or gave up
                  <run id>.stop         asks the worker to stop at the next step
                  <run id>.failed       why a worker gave up, in words; empty where the disk had no room for them
                  <run id>.doomed       is to be deleted
                  worker.lock           held by the worker as long as it lives; worker.run names its run

Every change of state is one rename or one removal, so whoever looks sees either the one state or the other.
"""

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from charlm.errors import CannotWrite, CheckpointDamaged, InvalidSetting
from charlm.presets import Plan
from charlm.records import STRICT, from_json, to_json
from charlm.storage.run_folder import RunFolder, replace_file, writing

UNTOLD = (
    "The disk is full. Expected room for what is learnt. Make room, then go on: what was saved before is untouched."
)


@dataclass(frozen=True)
class Request:
    """What a worker is asked for: a new run with its plan, or, without one, to go on with an old run."""

    __pydantic_config__ = STRICT
    submitted: float  # seconds since 1970
    corpus_name: str = ""
    plan: Plan | None = None
    epochs: int | None = None  # of a run that goes on, in all; None is as many as it was to have
    visitor: str = ""  # who asked, where that is known
    minutes: float | None = None  # that a sitting may take

    def to_json(self) -> str:
        """One line."""
        return to_json(self)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The request of a file. Raises CheckpointDamaged for anything else."""
        try:
            return from_json(cls, text, "the request")
        except (ValueError, InvalidSetting) as error:
            raise CheckpointDamaged(
                f"What was asked for cannot be read ({error}).",
                "Expected the request that charlm wrote.",
                "Start a new run with the same text.",
            ) from error


class Queue:
    """The files of the queue. Pages put requests in, a worker takes them out."""

    def __init__(self, data: Path) -> None:
        self._data, self._path = data, data / ".queue"
        with writing(self._path):
            self._path.mkdir(parents=True, exist_ok=True)
        self.lock = FileLock(self._path / "worker.lock")
        self._current = self._path / "worker.run"

    def folder(self, run_id: str) -> RunFolder:
        """Where a run lives."""
        return RunFolder(self._data / run_id)

    def put(self, run_id: str, request: Request, text: str | None = None) -> None:
        """Add a request at the end, wherever the clock has jumped meanwhile. Raises CannotWrite."""
        latest = max((submitted for submitted, _ in self._requests()), default=0.0)
        request = replace(request, submitted=max(request.submitted, latest + 0.001))
        file = self._file(run_id, "txt")
        try:
            if text is not None:
                replace_file(file, lambda beside: beside.write_bytes(text.encode()))
            replace_file(self._file(run_id, "waiting"), lambda beside: beside.write_text(request.to_json(), "utf-8"))
        except CannotWrite:
            if text is not None:
                file.unlink(missing_ok=True)  # nobody was given its id
            raise

    def asked_by(self, visitor: str) -> int:
        """How many runs of one visitor wait or are under way."""
        under_way = (f for f in self._path.glob("[!_]*.working") if self.is_working(f.stem))
        requests = map(_read, [*self._path.glob("[!_]*.waiting"), *under_way])
        return sum(request is not None and request.visitor == visitor for request in requests)

    def lowered(self, run_id: str) -> tuple[str, ...]:
        """What was lowered of a new run that has not come to its end, one sentence for each number."""
        for kind in ("waiting", "working"):
            if request := _read(self._file(run_id, kind)):
                return request.plan.lowered if request.plan else ()
        return ()

    def waiting(self) -> list[str]:
        """The ids of the runs that wait, the next one first."""
        return [run_id for _, run_id in sorted(self._requests())]

    def _requests(self) -> list[tuple[float, str]]:
        requests = []
        for file in self._path.glob("[!_]*.waiting"):  # not one that is just being written
            try:
                requests.append((Request.from_json(file.read_bytes()).submitted, file.stem))
            except OSError:
                continue  # taken meanwhile
            except CheckpointDamaged:
                requests.append((0.0, file.stem))  # first: the worker says so at once, and it is out of the way
        return requests

    def take(self, run_id: str) -> tuple[Request, str | None]:
        """Begin with a request: what is asked for, and the text of a new run.

        Raises FileNotFoundError when another worker was quicker, or it was taken back, CannotWrite and
        CheckpointDamaged.
        """
        working = self._file(run_id, "working")
        with writing(self._current):
            self._current.write_text(run_id, "utf-8")  # first: a request that is taken has its worker
        for old in ("stop", "failed"):
            self._file(run_id, old).unlink(missing_ok=True)
        os.replace(self._file(run_id, "waiting"), working)
        text = self._file(run_id, "txt")
        request = Request.from_json(working.read_bytes())
        try:
            return request, text.read_bytes().decode() if text.exists() else None
        except (OSError, UnicodeDecodeError) as error:
            raise CheckpointDamaged(
                f"The text cannot be read ({error}).", "Expected the text as it came.", "Start a new run with it."
            ) from error

    def done(self, run_id: str, failure: str = "") -> None:
        """A worker has ended its work; why, if it could not: then what was asked for is kept, to be put back."""
        if failure:
            why = self._file(run_id, "why")
            with suppress(OSError):
                why.write_text(failure, "utf-8")  # on a full disk it stays empty, which says as much
            with suppress(OSError):
                os.replace(why, self._file(run_id, "failed"))
            with suppress(FileNotFoundError):  # where there was no room even to take it
                os.replace(self._file(run_id, "waiting"), self._file(run_id, "working"))
            return
        for file in ("working", "stop", "txt"):
            self._file(run_id, file).unlink(missing_ok=True)

    def give_up(self, run_id: str, failure: str) -> None:
        """Say of a run that waits why no worker can take it."""
        with suppress(Timeout), self.lock.acquire(timeout=0):  # and none is just taking it
            if self._file(run_id, "waiting").exists():
                self.done(run_id, failure)

    def put_back(self, run_id: str) -> bool:
        """What a worker had taken, and died with or gave up, waits again. Is there such a request?"""
        try:
            Request.from_json(self._file(run_id, "working").read_bytes())
            os.replace(self._file(run_id, "working"), self._file(run_id, "waiting"))
        except (OSError, CheckpointDamaged):
            return False
        return True

    def cancel(self, run_id: str) -> bool:
        """Take a request back that no worker has taken. Was there one?"""
        try:
            self._file(run_id, "waiting").unlink()
        except FileNotFoundError:
            return False
        self._file(run_id, "txt").unlink(missing_ok=True)
        return True

    def ask_to_stop(self, run_id: str) -> None:
        """The worker will stop at its next step. Raises CannotWrite."""
        with writing(file := self._file(run_id, "stop")):
            file.touch()

    def is_asked_to_stop(self, run_id: str) -> bool:
        """The worker's question before every step."""
        return self._file(run_id, "stop").exists() or self.is_doomed(run_id)

    def doom(self, run_id: str) -> None:
        """A run is to be deleted: from now on nobody finds it, and a worker at it stops at its next step.

        Raises CannotWrite.
        """
        with writing(file := self._file(run_id, "doomed")):
            file.touch()

    def is_doomed(self, run_id: str) -> bool:
        """Is the run to be deleted?"""
        return self._file(run_id, "doomed").exists()

    def doomed(self) -> list[str]:
        """The ids of the runs that are to be deleted."""
        return [file.stem for file in self._path.glob("*.doomed")]

    def worker_lives(self) -> bool:
        """Is a worker process alive, whoever started it?"""
        try:
            with self.lock.acquire(timeout=0):
                return False
        except Timeout:
            return True

    def is_working(self, run_id: str) -> bool:
        """Is a living worker at this run?"""
        return (
            self._file(run_id, "working").exists()
            and self.worker_lives()
            and self._current.exists()
            and self._current.read_bytes() == run_id.encode()
        )

    def left(self) -> dict[str, float]:
        """When something was last changed of every run that left anything here: seconds since 1970 by its id."""
        changed: dict[str, float] = {}
        for file in self._path.glob("*.*"):
            run_id = file.stem.removeprefix("_")  # half a text, where an app was killed while it was written
            with suppress(FileNotFoundError):
                changed[run_id] = max(changed.get(run_id, 0.0), file.stat().st_mtime)
        return changed

    def forget(self, run_id: str) -> None:
        """Leave nothing of a run in the queue."""
        for file in [*self._path.glob(f"{run_id}.*"), *self._path.glob(f"_{run_id}.*")]:
            file.unlink(missing_ok=True)

    def was_begun(self, run_id: str) -> bool:
        """Has a worker taken the request and not come to a good end with it?"""
        return self._file(run_id, "working").exists()

    def failure(self, run_id: str) -> str:
        """Why a worker gave up, or nothing."""
        try:
            return self._file(run_id, "failed").read_text("utf-8", errors="replace") or UNTOLD
        except OSError:
            return ""

    def _file(self, run_id: str, kind: str) -> Path:
        return self._path / f"{run_id}.{kind}"


def _read(file: Path) -> Request | None:
    """The request of a file; None for one that was taken meanwhile, or is garbage."""
    try:
        return Request.from_json(file.read_bytes())
    except (OSError, CheckpointDamaged):
        return None
