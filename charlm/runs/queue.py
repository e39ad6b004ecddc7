"""The queue on disk: requests for training, taken one at a time by a worker process.

    <data>/.queue/<run id>.txt          the text of a run that has not begun
                  <run id>.waiting      the request of a run that waits
                  <run id>.working      the request that a worker has taken; without a living worker, it died or gave up
                  <run id>.stop         asks the worker to stop at the next step
                  <run id>.failed       the reason why a worker gave up, for any language; empty if the disk had no room
                  <run id>.doomed       marks the run for deletion
                  worker.lock           the worker holds this lock as long as it lives; worker.run names its run
                  visitors.wait         was changed a moment ago if a visitor waits for a text: the worker gives way
                  worker.log            what the processes that train have printed
                  served.json           when each address and each visitor was last served

Every change of state renames or removes one file, so a reader always sees either the old state or the new one.
"""

import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

from charlm.errors import CannotWrite, CheckpointDamaged, InvalidSetting
from charlm.languages import N_, Told
from charlm.languages.kept import read_sentence, write_sentence
from charlm.presets import Plan
from charlm.records import STRICT, from_json, to_json
from charlm.runs.turns import Waiting, in_turn
from charlm.runs.visitors import NOBODY, Asker
from charlm.storage.run_folder import RunFolder, replace_file, writing

LOG = ".queue/worker.log"  # in the folder of the runs: what the processes that train said
WAIT = 0.4  # seconds for which the worker gives way after the page has told it that a visitor waits
SERVED = 1_000  # number of addresses and visitors in served.json
UNTOLD = Told(  # for an empty file .failed
    N_("The disk is full."),
    N_("Expected room for what is learnt."),
    N_("Make room, then continue: what was saved before is unchanged."),
)


@dataclass(frozen=True)
class Request:
    """A request to a worker: to begin a new run if there is a plan, or else to go on with an old run."""

    __pydantic_config__ = STRICT
    submitted: float  # seconds since 1970
    corpus_name: str = ""
    plan: Plan | None = None
    epochs: int | None = None  # in all, of a run that goes on; None keeps the planned number
    asker: Asker = NOBODY
    minutes: float | None = None  # how long the worker may train now

    def to_json(self) -> str:
        """The request as one line of JSON."""
        return to_json(self)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The request from the content of its file. Raises CheckpointDamaged if the text is not a request."""
        try:
            return from_json(cls, text, "the request")
        except (ValueError, InvalidSetting) as error:
            raise CheckpointDamaged(
                N_("The request for this run cannot be read ({error})."),
                N_("Expected the request that charlm wrote."),
                N_("Start a new run with the same text."),
                error=error,
            ) from error


class Queue:
    """The files of the queue. Pages put requests in, a worker takes them out."""

    def __init__(self, data: Path) -> None:
        self._data, self._path = data, data / ".queue"
        with writing(self._path):
            self._path.mkdir(parents=True, exist_ok=True)
        self.lock = FileLock(self._path / "worker.lock")
        self._current, self._wait = self._path / "worker.run", self._path / "visitors.wait"
        self._told_wait = -WAIT

    def folder(self, run_id: str) -> RunFolder:
        """The folder of a run."""
        return RunFolder(self._data / run_id)

    def tell_wait(self) -> None:
        """Tell the worker that a visitor waits for a text now. It gives way for a moment."""
        if time.monotonic() - self._told_wait >= WAIT / 2:
            self._told_wait = time.monotonic()
            with suppress(OSError):  # on a full disk the run does not give way, but everything else works
                self._wait.touch()

    def somebody_waits(self) -> bool:
        """Has a visitor waited for a text a moment ago?"""
        try:
            return abs(time.time() - self._wait.stat().st_mtime) < WAIT
        except FileNotFoundError:
            return False

    def put(self, run_id: str, request: Request, text: str | None = None) -> None:
        """Add a request at the end, also if somebody has set the clock back. Raises CannotWrite."""
        latest = max((waiting.submitted for waiting in self._requests()), default=0.0)
        request = replace(request, submitted=max(request.submitted, latest + 0.001))
        file = self._file(run_id, "txt")
        try:
            if text is not None:
                replace_file(file, lambda beside: beside.write_bytes(text.encode()))
            replace_file(self._file(run_id, "waiting"), lambda beside: beside.write_text(request.to_json(), "utf-8"))
        except CannotWrite:
            if text is not None:
                file.unlink(missing_ok=True)  # the run does not exist, so its text must not stay
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
                return request.plan.lowered if request.plan else ()
        return ()

    def waiting(self) -> list[str]:
        """The ids of the runs that wait, the next one first."""
        return [waiting.run_id for waiting in in_turn(self._requests(), self._served())]

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

    def _served(self) -> dict[str, float]:
        try:
            return from_json(dict[str, float], (self._path / "served.json").read_bytes(), "served.json")
        except (OSError, ValueError):
            return {}  # nobody was served yet, or the file is damaged: then everybody counts as not served

    def _note_served(self, asker: Asker) -> None:
        served = self._served()
        now = max([time.time(), *(then + 0.001 for then in served.values())])  # later than all, if the clock jumps
        latest = sorted((served | {asker.address: now, asker.visitor: now}).items(), key=lambda item: item[1])
        content = json.dumps(dict(latest[-SERVED:]))
        with suppress(CannotWrite):  # on a full disk the turns are less fair, but everything else works
            replace_file(self._path / "served.json", lambda beside: beside.write_text(content, "utf-8"))

    def take(self, run_id: str) -> tuple[Request, str | None]:
        """Take a request out of the queue. Returns the request and, for a new run, the text.

        Raises FileNotFoundError if another worker has taken the request or a visitor has cancelled it, CannotWrite and
        CheckpointDamaged.
        """
        working = self._file(run_id, "working")
        with writing(self._current):
            self._current.write_text(run_id, "utf-8")  # first, so that every taken request has a known worker
        for old in ("stop", "failed"):
            self._file(run_id, old).unlink(missing_ok=True)
        os.replace(self._file(run_id, "waiting"), working)
        text = self._file(run_id, "txt")
        request = Request.from_json(working.read_bytes())
        self._note_served(request.asker)
        try:
            return request, text.read_bytes().decode() if text.exists() else None
        except (OSError, UnicodeDecodeError) as error:
            raise CheckpointDamaged(
                N_("The text of this run cannot be read ({error})."),
                N_("Expected the text as the visitor brought it."),
                N_("Start a new run with the text."),
                error=error,
            ) from error

    def done(self, run_id: str, failure: str = "") -> None:
        """Note that a worker has ended its work. After a failure the request is kept, so that it can be put back."""
        if failure:
            with suppress(FileNotFoundError):  # still waiting if the disk had no room even to take the request
                os.replace(self._file(run_id, "waiting"), self._file(run_id, "working"))
            why = self._file(run_id, "why")
            with suppress(OSError):
                content = write_sentence(failure)
                why.write_text(content, "utf-8")  # on a full disk the file stays empty, which means UNTOLD
            with suppress(OSError):
                os.replace(why, self._file(run_id, "failed"))
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
        self._file(run_id, "txt").unlink(missing_ok=True)
        return True

    def ask_to_stop(self, run_id: str) -> None:
        """Ask the worker to stop at its next step. Raises CannotWrite."""
        with writing(file := self._file(run_id, "stop")):
            file.touch()

    def is_asked_to_stop(self, run_id: str) -> bool:
        """Must the worker stop? It asks before every step."""
        return self._file(run_id, "stop").exists() or self.is_doomed(run_id)

    def doom(self, run_id: str) -> None:
        """Mark a run for deletion. From now on nobody finds the run, and its worker stops at the next step.

        Raises CannotWrite.
        """
        with writing(file := self._file(run_id, "doomed")):
            file.touch()

    def is_doomed(self, run_id: str) -> bool:
        """Is the run marked for deletion?"""
        return self._file(run_id, "doomed").exists()

    def doomed(self) -> list[str]:
        """The ids of the runs that are marked for deletion."""
        return [file.stem for file in self._path.glob("*.doomed")]

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
            and self.worker_lives()
            and self._current.exists()
            and self._current.read_bytes() == run_id.encode()
        )

    def left(self) -> dict[str, float]:
        """For every run with files in the queue: when the latest of them was changed, in seconds since 1970."""
        changed: dict[str, float] = {}
        for file in self._path.glob("*.*"):
            run_id = file.stem.removeprefix("_")  # with _: half a file, because the app was killed while it wrote
            with suppress(FileNotFoundError):
                changed[run_id] = max(changed.get(run_id, 0.0), file.stat().st_mtime)
        return changed

    def forget(self, run_id: str) -> None:
        """Remove all files of a run from the queue."""
        for file in [*self._path.glob(f"{run_id}.*"), *self._path.glob(f"_{run_id}.*")]:
            file.unlink(missing_ok=True)

    def was_begun(self, run_id: str) -> bool:
        """Has a worker taken the request without completing it?"""
        return self._file(run_id, "working").exists()

    def failure(self, run_id: str) -> str:
        """The reason why a worker gave up, "" if none did. `say` gives it in the reader's language."""
        try:
            return read_sentence(self._file(run_id, "failed").read_text("utf-8", errors="replace")) or UNTOLD
        except OSError:
            return ""

    def _file(self, run_id: str, kind: str) -> Path:
        return self._path / f"{run_id}.{kind}"


def _read(file: Path) -> Request | None:
    """The request in a file; None if the file is gone meanwhile or damaged."""
    try:
        return Request.from_json(file.read_bytes())
    except (OSError, CheckpointDamaged):
        return None
