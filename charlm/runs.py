"""Runs in the background: put in a queue, worked on one at a time, looked at by whoever holds their id.

A run's state is read from what lies on disk, the run folder and the queue, and kept nowhere else: an app that is
started anew, or a second one on the same folder, sees the same runs.
"""

import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from dataclasses import dataclass
from pathlib import Path
from threading import Event as Flag
from threading import Lock, Thread
from typing import BinaryIO, Literal

from charlm.corpus import Corpus
from charlm.errors import CannotResume, CheckpointNotFound
from charlm.events import EpochFinished, Event, RunFinished
from charlm.queue import Queue, Request
from charlm.settings import RunSettings, TrainingSettings, fit_to_text

LOOK_EVERY = 0.3  # seconds between two looks at the queue
LOGS = 100  # runs whose events are held in memory
RECOGNIZED = 500  # bytes, more than a line, by which a file is known again: numbers of files are used again by the disk
TRIES = 3  # of starting a worker for a run
CANNOT_START = (
    "The process that trains dies before it begins. Expected an installation in order. "
    "What it said stands where the app was started: put that right, then go on."
)

State = Literal["waiting", "running", "ended", "interrupted", "failed"]


@dataclass(frozen=True)
class RunStatus:
    """Where a run stands."""

    state: State
    place: int = 0  # in the queue: 1 is next; 0 is not waiting
    events: tuple[Event, ...] = ()
    failure: str = ""


class Runs:
    """What a page can do with runs. Ids are unguessable: who holds one may see, stop and continue that run."""

    def __init__(self, data: str | Path, worker: str = "charlm.worker") -> None:
        self.data, self._module = Path(data), worker
        self._queue = Queue(self.data)
        self._logs: dict[str, _Log] = {}
        self._lock = Lock()
        self._closing = Flag()
        self._worker: subprocess.Popen | None = None
        self._tried, self._deaths = "", 0  # the run it was started for, and how often it died before it took that
        self._dispatcher = Thread(target=self._dispatch, name="dispatcher", daemon=True)
        self._dispatcher.start()

    def submit(self, corpus: Corpus, settings: RunSettings) -> str:
        """Put a new run in the queue and return its id. Raises TextTooShort."""
        fit_to_text(settings.training, len(corpus.text))
        name = re.sub(r"[^a-z0-9]+", "-", Path(corpus.name).stem.lower()).strip("-")[:30] or "run"
        run_id = f"{name}-{secrets.token_hex(8)}"
        self._queue.put(run_id, Request(time.time(), corpus.name, settings), corpus.text)
        return run_id

    def resume(self, run_id: str, more_epochs: int | None = None) -> None:
        """Put a run that has ended, or was interrupted, back in the queue.

        Without `more_epochs` it goes on to the end it was to have. Raises CannotResume and CheckpointNotFound.
        """
        status = self.status(run_id)
        if status.state in ("waiting", "running"):
            raise CannotResume("This run is under way.", "Expected one that has stopped.", "Wait, or stop it first.")
        if more_epochs is None and self._queue.put_back(run_id):  # the very thing it was killed or gave up with
            return
        epochs = None
        if more_epochs is not None:
            done = max((e.epoch for e in status.events if isinstance(e, EpochFinished)), default=0)
            epochs = int(done) + more_epochs
            TrainingSettings(epochs=epochs)  # checks the limits
        self._queue.put(run_id, Request(time.time(), epochs=epochs))

    def stop(self, run_id: str) -> None:
        """Stop a run at its next step, what it has learnt kept; or take it out of the queue."""
        if not self._queue.cancel(run_id):
            self._queue.ask_to_stop(run_id)

    def status(self, run_id: str) -> RunStatus:
        """Where a run stands. Raises CheckpointNotFound for an id nobody was given."""
        if not re.fullmatch(r"[\w-]{1,100}", run_id):  # and nothing that could lead out of the folder
            raise _unknown(run_id)
        log, waiting = self._log(run_id), self._queue.waiting()
        if run_id in waiting:
            return RunStatus("waiting", waiting.index(run_id) + 1, log.read())
        if not self._queue.failure(run_id) and self._queue.is_working(run_id):
            return RunStatus("running", events=log.read())
        events = log.read()
        if failure := self._queue.failure(run_id):
            return RunStatus("failed", events=events, failure=failure)
        if events and isinstance(events[-1], RunFinished):
            return RunStatus("ended", events=events)
        if events or self._queue.was_begun(run_id) or self._queue.folder(run_id).last_weights.exists():
            return RunStatus("interrupted", events=events)
        raise _unknown(run_id)

    def pack(self, run_id: str) -> Path:
        """A run's model as one file to take along: its card and its best weights in a zip, in the temporary folder."""
        folder = self._queue.folder(run_id)
        written = int(folder.best_weights.stat().st_mtime)
        place = Path(tempfile.gettempdir()) / "charlm" / f"{run_id}-{written}" / f"{run_id}.zip"
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            beside = place.with_suffix(f".{secrets.token_hex(4)}")  # nobody is given half a file
            with zipfile.ZipFile(beside, "w") as packed:
                for file in (folder.path / "card.json", folder.best_weights):
                    packed.write(file, f"{run_id}/{file.name}")
            os.replace(beside, place)
        return place

    def close(self) -> None:
        """Stop looking at the queue; a run that is under way stops at its next step and keeps what it has learnt."""
        self._closing.set()
        self._dispatcher.join()
        if self._worker is not None and self._worker.poll() is None:
            self._worker.terminate()
            self._worker.wait()

    def _log(self, run_id: str) -> "_Log":
        with self._lock:
            log = self._logs.pop(run_id, None) or _Log(self._queue.folder(run_id).events_file)
            self._logs[run_id] = log  # the latest stands last
            if len(self._logs) > LOGS:
                del self._logs[next(iter(self._logs))]
            return log

    def _dispatch(self) -> None:
        told = ""
        while not self._closing.wait(LOOK_EVERY):
            try:
                self._start_next()
            except Exception as error:  # whatever it is may have passed at the next look, and nobody else looks
                if told != (told := repr(error)):
                    traceback.print_exc()

    def _start_next(self) -> None:
        if self._worker is not None and self._worker.poll() is None:
            return
        waiting = self._queue.waiting()
        if not waiting or self._queue.worker_lives():
            return
        run_id = waiting[0]
        died = run_id == self._tried and (self._worker is None or self._worker.returncode != 0)
        self._deaths = self._deaths + 1 if died else 0
        if self._deaths == TRIES:
            self._tried = ""
            self._queue.give_up(run_id, CANNOT_START)
            return
        self._tried, self._worker = run_id, None
        command = [sys.executable, "-m", self._module, str(self.data), run_id]
        # A session of its own: Ctrl-C in the terminal reaches the app, which stops the worker in its own way.
        self._worker = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603


class _Log:
    """The events of a run, reading only what was added since the last look."""

    def __init__(self, file: Path) -> None:
        self._file, self._lock = file, Lock()
        self._read, self._end, self._rest = 0, b"", b""  # bytes read, the last of them, and a line half written
        self._events: tuple[Event, ...] = ()

    def read(self) -> tuple[Event, ...]:
        with self._lock:
            try:
                with self._file.open("rb") as file:
                    self._take_in(file)
            except FileNotFoundError:
                self._events = ()
            except OSError:
                pass  # what cannot be read now tells nothing new
            return self._events

    def _take_in(self, file: BinaryIO) -> None:
        file.seek(self._read - len(self._end))
        if file.read(len(self._end)) != self._end:  # replaced by one that forgets what a resumed run does again
            self._read, self._end, self._rest, self._events = 0, b"", b"", ()
            file.seek(0)
        if not (new := file.read()):
            return
        self._read += len(new)
        self._end = (self._end + new)[-RECOGNIZED:]
        *lines, self._rest = (self._rest + new).split(b"\n")
        events = []
        for line in lines:
            try:
                events.append(Event.from_json(line.decode("utf-8", errors="replace")))
            except ValueError:
                continue
        self._events += tuple(events)


def _unknown(run_id: str) -> CheckpointNotFound:
    return CheckpointNotFound(
        f"There is no run called {run_id!r} here.",
        "Expected the link of a run that was started here and not deleted.",
        "Check the link, or start a new run.",
    )
