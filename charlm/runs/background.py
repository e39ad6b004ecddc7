"""Runs in the background: the page puts them in a queue. Its own worker trains one after the other, or others do.

The state of a run is read from the run folder, the marks beside it and the queue, and kept nowhere else. So an app that
is started again, or a second app on the same folder and queue, sees the same runs.
"""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event as Flag
from threading import Lock, Thread
from typing import Any, Literal

from charlm.errors import CannotResume, CheckpointNotFound
from charlm.events import EpochFinished, Event, RunFinished, RunStarted, of_kind
from charlm.export.onefile import SUFFIX, export_model, import_model
from charlm.languages import N_
from charlm.presets import Plan, fit_to_text
from charlm.runs.admission import Admission
from charlm.runs.clock import now
from charlm.runs.deletion import Deletion
from charlm.runs.limits import MEGABYTE, Limits
from charlm.runs.own_worker import OwnWorker
from charlm.runs.queue.choice import choose_queue
from charlm.runs.queue.files import FileQueue
from charlm.runs.queue.marks import Marks
from charlm.runs.queue.request import Request
from charlm.runs.visitors import NOBODY, Asker, Keys
from charlm.settings import RunSettings, TrainingSettings
from charlm.storage.event_log import EventLog
from charlm.storage.run_names import VISITORS, new_name
from charlm.text.corpus import Corpus

LOOK_EVERY = 0.3  # seconds between two looks at the queue
LOGS = 100  # number of runs whose events are held in memory

RunState = Literal["waiting", "running", "ended", "interrupted", "failed"]


@dataclass(frozen=True)
class RunStatus:
    """Where a run stands."""

    state: RunState
    place: int = 0  # in the queue: 1 is next; 0 means that the run does not wait
    events: tuple[Event, ...] = ()
    failure: str = ""  # why it could not go on; `say` gives it in the reader's language, and so with `lowered`
    lowered: tuple[str, ...] = ()  # one sentence for each setting that was lowered because the text is short


class Runs:
    """All runs of a data folder, and what the page can do with them.

    Everybody who has the id of a run may watch the run; nobody can guess an id. To stop, continue or delete a run, the
    caller also needs the owner's key.
    """

    def __init__(
        self,
        data: str | Path,
        worker: str = "charlm.runs.worker",
        limits: Limits | None = None,
        uploads: Path | None = None,
    ) -> None:
        """`uploads` is a folder whose content counts as room of the runs. Raises CannotWrite."""
        self.data, self.limits = Path(data), limits or Limits()
        self._marks, self.keys = Marks(self.data), Keys(self.data)
        self._queue = choose_queue(self._marks)
        self._admission = Admission(self.data, self._queue, self.limits, [] if uploads is None else [uploads])
        self._deletion = Deletion(self.data, self._queue, self._marks, self.limits.keep_hours)
        self._worker = OwnWorker(self._queue, self._marks, worker) if isinstance(self._queue, FileQueue) else None
        self._logs: dict[str, EventLog] = {}
        self._lock, self._packing = Lock(), Lock()
        self._closing = Flag()
        self._dispatcher = Thread(target=self._dispatch, name="dispatcher", daemon=True)
        self._dispatcher.start()

    def submit(self, corpus: Corpus, settings: RunSettings, asker: Asker = NOBODY) -> str:
        """Put a new run in the queue and return its id. Its owner's key is `keys.owner_key(id)`.

        Raises TextTooShort, and TextTooLong, AlphabetTooLarge, InvalidSetting, TooBusy or CannotWrite if the run would
        exceed the limits of this machine.
        """
        (run_id,) = self.submit_all(corpus, [settings], asker)
        return run_id

    def submit_all(self, corpus: Corpus, wanted: Sequence[RunSettings], asker: Asker = NOBODY) -> list[str]:
        """Put several new runs with one text in the queue, or none of them. Raises what `submit` raises."""
        self.limits.check_text(corpus)
        plans = [fit_to_text(self.limits.allow(settings), len(corpus.text)) for settings in wanted]
        self._admission.refuse_too_many(asker, len(plans))
        self.refuse_full_disk()
        return [self._submit(corpus, plan, asker) for plan in plans]

    def _submit(self, corpus: Corpus, plan: Plan, asker: Asker) -> str:
        run_id = new_name(corpus.name)
        request = Request(now(), corpus.name, plan, asker=asker, minutes=self.limits.minutes)
        self._queue.put(run_id, request, corpus.text)
        return run_id

    def take_in(self, file: str | Path) -> str:
        """Import the model file that a visitor brings, and return the id of the new run folder.

        The model can write, and the visitor can delete it like a run. Raises CheckpointDamaged and CannotWrite.
        """
        self.refuse_full_disk()
        run_id = new_name(Path(file).name.removesuffix(SUFFIX))
        import_model(file, self.data / run_id, largest=self.limits.upload_mb * MEGABYTE)
        return run_id

    def resume(self, run_id: str, key: str, more_epochs: int | None = None, asker: Asker = NOBODY) -> None:
        """Put a run that has ended, or was interrupted, back in the queue.

        Without `more_epochs` the run goes on to the last epoch that was planned. Raises NotYours, CannotResume,
        CheckpointNotFound, InvalidSetting, and TooBusy under the same conditions as for a new run.
        """
        status = self.status(run_id)
        self.keys.check_owner(run_id, key)
        if status.state in ("waiting", "running"):
            raise CannotResume(
                N_("This run is waiting or under way."),
                N_("Expected a run that has stopped."),
                N_("Wait, or stop it first."),
            )
        self._admission.refuse_too_many(asker)
        if more_epochs is None and self._queue.put_back(run_id):  # the request of the worker that died or gave up
            return
        epochs = None
        if more_epochs is not None:
            done = max((e.epoch for e in status.events if isinstance(e, EpochFinished)), default=0)
            epochs = int(done) + TrainingSettings(epochs=more_epochs).epochs
            self.limits.check_setting("epochs", epochs)
        self._queue.put(run_id, Request(now(), epochs=epochs, asker=asker, minutes=self.limits.minutes))

    def stop(self, run_id: str, key: str) -> None:
        """Stop a run at its next step, where it saves what it has learnt, or take it out of the queue.

        Raises NotYours.
        """
        self.keys.check_owner(run_id, key)
        if not self._queue.cancel(run_id):
            self._queue.ask_to_stop(run_id)

    def give_way(self) -> None:
        """Let the run that is under way give way for a moment, because a visitor waits for a text."""
        self._marks.tell_wait()

    def status(self, run_id: str) -> RunStatus:
        """Where a run stands. Raises CheckpointNotFound for an id that no run has."""
        # An id cannot be a path that leads out of the folder, nor the name of a model that the host put there.
        if not VISITORS.fullmatch(run_id) or self._marks.is_doomed(run_id):
            raise _unknown(run_id)
        # Another page may have put the run into the queue a moment ago.
        found = self._find(run_id) or (self._find(run_id) if self._queue.look_again() else None)
        if found is None:
            raise _unknown(run_id)
        return found

    def _find(self, run_id: str) -> RunStatus | None:
        waiting = self._queue.waiting()
        working = self._queue.is_working(run_id)
        events = self._log(run_id).read()  # after `working`: a worker writes its last event before it ends
        lowered = self._queue.lowered(run_id) or next(
            (e.warnings for e in of_kind(RunStarted, events) if e.warnings), ()
        )
        about: dict[str, Any] = {"events": events, "lowered": lowered}
        if run_id in waiting:
            return RunStatus("waiting", waiting.index(run_id) + 1, **about)
        if working:
            return RunStatus("running", **about)
        if failure := self._marks.failure(run_id):
            return RunStatus("failed", failure=failure, **about)
        if events and isinstance(events[-1], RunFinished):
            return RunStatus("ended", **about)
        if self._queue.was_begun(run_id) or self._marks.folder(run_id).last_weights.exists():
            return RunStatus("interrupted", **about)
        return None

    @property
    def under_way(self) -> bool:
        """Is a run being trained on this machine, or about to be?"""
        return self._queue.trains_here

    def pack(self, run_id: str, folder: Path) -> Path:
        """Export the model of a run as one file into `folder`, and return the path of the file.

        The name of the file leaves out the random part of the run's id, so that nobody who is given the file can watch
        the run. Raises CheckpointNotFound, CheckpointDamaged and CannotWrite.
        """
        if not VISITORS.fullmatch(run_id) or self._marks.is_doomed(run_id) or not (self.data / run_id).exists():
            raise _unknown(run_id)
        with self._packing:  # one at a time: a whole class may press the button at once, and each file takes memory
            return export_model(self._marks.folder(run_id).path, folder / f"{run_id.rpartition('-')[0]}{SUFFIX}")

    def delete(self, run_id: str, key: str) -> None:
        """Delete a run with its text and its model, at once and for everybody.

        A worker that trains the run stops at its next step. Raises CheckpointNotFound and NotYours.
        """
        if not (VISITORS.fullmatch(run_id) and (self.data / run_id).exists()):
            self.status(run_id)  # a run that has not begun has no folder; raises CheckpointNotFound for an unknown id
        self.keys.check_owner(run_id, key)
        self._queue.cancel(run_id)
        self._marks.doom(run_id)
        self._deletion.bury()

    def close(self) -> None:
        """Stop the dispatcher. A run that is under way stops at its next step and keeps what it has learnt."""
        self._closing.set()
        self._dispatcher.join()
        if self._worker is not None:
            self._worker.close()
        self._queue.close()

    def _log(self, run_id: str) -> EventLog:
        with self._lock:
            log = self._logs.pop(run_id, None) or EventLog(self._marks.folder(run_id).events_file)
            self._logs[run_id] = log  # at the end: the first one is the one that was not read for the longest time
            if len(self._logs) > LOGS:
                del self._logs[next(iter(self._logs))]
            return log

    def refuse_full_disk(self) -> None:
        """Raises CannotWrite where runs, waiting texts and uploads take as much room as they may."""
        self._admission.refuse_full_disk()

    def _dispatch(self) -> None:
        told: dict[str, str] = {}
        duties = [self._deletion.doom_the_old, self._deletion.bury]
        if self._worker is not None:
            duties.insert(0, self._worker.start_next)
        while not self._closing.wait(LOOK_EVERY):
            for duty in duties:
                try:
                    duty()
                except Exception as error:  # this thread must live: the cause may be gone the next time it looks
                    if told.get(duty.__name__) != repr(error):
                        traceback.print_exc()
                    told[duty.__name__] = repr(error)


def _unknown(run_id: str) -> CheckpointNotFound:
    return CheckpointNotFound(
        N_("There is no run called {run!r} here."),
        N_("Expected the link of a run that was started here and has not been deleted."),
        N_("Check the link, or start a new run."),
        run=run_id,
    )
