"""The queue on PostgreSQL: any number of pages put requests in, any number of workers take them out.

The database holds the requests (jobs.py). The order in which they are taken is the jobs' priority: after each change of
those that wait, it is computed anew, so that visitors take turns (turns.py). The marks, the texts and the folders of
the runs are in the folder that all machines share.
"""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Lock

from procrastinate import App, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job

from charlm.errors import CannotResume, CharlmError, CheckpointDamaged, QueueUnavailable
from charlm.languages import N_
from charlm.runs.queue.jobs import QUEUE, TASK, Order, address_for_pool, answering, check_database, number_of
from charlm.runs.queue.marks import Marks
from charlm.runs.queue.request import Request
from charlm.runs.turns import Waiting, in_turn
from charlm.runs.visitors import Asker
from charlm.storage.attempt import latest_attempt

FRESH = 0.3  # seconds for which a page believes what it has read: hundreds of visitors ask it every second
AWAY = 2.0  # seconds for which it does not ask a database that did not answer
LAST = -(2**31)  # the priority of a job whose turn is not known yet


@dataclass(frozen=True)
class _Known:
    """A job with its order; None for a job that cannot be read."""

    job: Job
    order: Order | None

    @property
    def run_id(self) -> str:
        return str(self.job.lock)

    @property
    def asker(self) -> Asker:
        return self.order.request.asker if self.order else Asker(self.run_id, self.run_id)

    @property
    def submitted(self) -> float:
        return self.order.request.submitted if self.order else 0.0  # it goes first: a worker reports it at once


class PostgresQueue:
    """The queue as a page sees it."""

    def __init__(self, marks: Marks, address: str) -> None:
        """Raises QueueUnavailable if the database does not answer or is not prepared."""
        check_database(address)
        self._marks = marks
        self._app = App(connector=SyncPsycopgConnector(**address_for_pool(address, most=4, patience=1)))
        self._jobs, self._connector = self._app.job_manager, self._app.connector
        with answering():
            self._app.open()
        self._reading = Lock()
        self._known: tuple[_Known, ...] = ()
        self._stale_at = 0.0  # when what is known must be read again

    def put(self, run_id: str, request: Request, text: str | None = None) -> None:
        """Add a request. Raises CannotWrite, QueueUnavailable, and CannotResume if the run waits already."""
        waiting = self._now_in_state("todo")
        request = replace(request, submitted=max(request.submitted, *(k.submitted + 0.001 for k in waiting), 0.0))
        order = Order(run_id, request, latest_attempt(self._marks.folder(run_id).path) + 1)
        try:
            if text is not None:
                self._marks.keep_text(run_id, text)
            with answering():
                self._drop_ended(run_id)
                job = self._app.configure_task(TASK, queue=QUEUE, lock=run_id, queueing_lock=run_id, priority=LAST)
                job.defer(**order.to_arguments())
        except AlreadyEnqueued as error:
            raise CannotResume(
                N_("This run is waiting or under way."),
                N_("Expected a run that has stopped."),
                N_("Wait, or stop it first."),
            ) from error
        except CharlmError:
            if text is not None:
                self._marks.drop_text(run_id)  # the run does not exist, so its text must not stay
            raise
        self._changed()

    def put_back(self, run_id: str) -> bool:
        """Let a request wait again whose worker died or gave up. Returns whether there is such a request."""
        failed = [k for k in self._now_in_state("failed") if k.run_id == run_id and k.order]
        if not failed:
            return False
        with answering():
            self._jobs.retry_job_by_id(number_of(failed[-1].job), datetime.now(UTC), priority=LAST)
        self._changed()
        return True

    def cancel(self, run_id: str) -> bool:
        """Remove a request that no worker has taken yet. Returns whether there was one."""
        waiting = [k for k in self._now_in_state("todo") if k.run_id == run_id]
        with answering():
            # One that is taken at this moment is not cancelled.
            cancelled = [self._jobs.cancel_job_by_id(number_of(k.job), delete_job=True) for k in waiting]
        if not any(cancelled):
            return False
        self._marks.drop_text(run_id)
        self._changed()
        return True

    def ask_to_stop(self, run_id: str) -> None:
        """Ask the worker to stop at its next step. Raises QueueUnavailable."""
        for known in self._now_in_state("doing"):
            if known.run_id == run_id:
                with answering():
                    self._jobs.cancel_job_by_id(number_of(known.job), abort=True)

    def waiting(self) -> list[str]:
        """The ids of the runs that wait, the next one first."""
        return [k.run_id for k in sorted(self._in_state("todo"), key=lambda k: (-k.job.priority, k.job.id))]

    def askers(self) -> list[Asker]:
        """Who asked for the runs that wait or are under way: one asker for each run."""
        return [k.asker for k in self._in_state("todo", "doing")]

    def lowered(self, run_id: str) -> tuple[str, ...]:
        """One sentence for each setting that was lowered in a new run; empty once the run has ended."""
        known = (k.order for k in self._in_state("todo", "doing") if k.run_id == run_id)
        return next((order.request.lowered for order in known if order), ())

    def is_working(self, run_id: str) -> bool:
        """Is a worker training this run? Of a worker that died, this is so until another one notices it."""
        return any(k.run_id == run_id for k in self._in_state("doing"))

    def was_begun(self, run_id: str) -> bool:
        """Has a worker taken the request without completing it?"""
        return any(k.run_id == run_id for k in self._in_state("doing", "failed"))

    def forget(self, run_id: str) -> None:
        """Remove all that is left here of a run that is deleted."""
        with suppress(QueueUnavailable):  # a row without a run harms nobody
            self._drop_ended(run_id)
            self.look_again()

    def look_again(self) -> bool:
        """Forget what was read a moment ago. Returns whether anything was, so that asking again may help."""
        self._stale_at = min(self._stale_at, time.monotonic())
        return True

    @property
    def trains_here(self) -> bool:
        """Never: workers are other programs, most of them on other machines."""
        return False

    def close(self) -> None:
        """Close the connections."""
        self._app.close()

    def _in_state(self, *states: str) -> list[_Known]:
        """The jobs in these states. If the database does not answer, as they were when it last did."""
        if time.monotonic() >= self._stale_at and self._reading.acquire(blocking=False):  # else somebody reads already
            try:
                self._read()
            except QueueUnavailable:
                self._stale_at = time.monotonic() + AWAY
            finally:
                self._reading.release()
        return [known for known in self._known if known.job.status in states]

    def _now_in_state(self, state: str) -> list[_Known]:
        """The jobs in this state, as they are now. Raises QueueUnavailable."""
        with self._reading:
            self._read()
        return [known for known in self._known if known.job.status == state]

    def _read(self) -> None:
        with answering():
            self._known = tuple(map(_known, self._jobs.list_jobs(queue=QUEUE)))
        self._stale_at = time.monotonic() + FRESH

    def _changed(self) -> None:
        """Put those that wait in the order in which they are served."""
        with suppress(QueueUnavailable):  # then they are put in order with the next one that comes
            waiting = [Waiting(k.run_id, k.asker, k.submitted) for k in self._now_in_state("todo")]
            self._set_priorities([one.run_id for one in in_turn(waiting, self._marks.served())])
            self.look_again()

    def _set_priorities(self, run_ids: Sequence[str]) -> None:
        """The first of these runs becomes the next one. Procrastinate has no call for this."""
        with answering():
            self._connector.execute_query(
                "UPDATE procrastinate_jobs AS job SET priority = -place.number"
                " FROM unnest(%(runs)s::text[]) WITH ORDINALITY AS place(run, number)"
                " WHERE job.queue_name = %(queue)s AND job.status = 'todo' AND job.lock = place.run"
                " AND job.priority <> -place.number",
                runs=list(run_ids),
                queue=QUEUE,
            )

    def _drop_ended(self, run_id: str) -> None:
        """Delete the jobs of a run that have ended. Procrastinate deletes only jobs of a certain age."""
        with answering():
            self._connector.execute_query(
                "DELETE FROM procrastinate_jobs WHERE queue_name = %(queue)s AND lock = %(run)s"
                " AND status NOT IN ('todo', 'doing')",
                queue=QUEUE,
                run=run_id,
            )


def _known(job: Job) -> _Known:
    try:
        return _Known(job, Order.of(job))
    except CheckpointDamaged:
        return _Known(job, None)
