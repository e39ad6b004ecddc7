"""`charlm worker`: takes runs from the queue on PostgreSQL, one at a time, and starts a process that trains each.

Procrastinate fetches the jobs, sends heartbeats and hears when a visitor stops a run. This room adds what it leaves
open: a job whose worker sends no heartbeats is put back; a worker that was frozen, and replaced meanwhile, touches its
job no more; a database that is away for a while ends neither the worker nor its run.
"""

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException, JobAborted
from procrastinate.job_context import AbortReason
from procrastinate.jobs import Job

from charlm.errors import CheckpointDamaged
from charlm.runs.own_worker import CANNOT_START, TRIES, command, open_log
from charlm.runs.queue.jobs import QUEUE, TASK, Order, address_for_pool, check_database
from charlm.runs.queue.marks import Marks
from charlm.runs.queue.surviving import DATABASE_AWAY, Jobs
from charlm.runs.worker import FAILED, SUPERSEDED
from charlm.storage.attempt import latest_attempt
from charlm.storage.run_names import VISITORS

LOOK_EVERY = 0.2  # seconds between two looks at the process that trains
SAVING = 60.0  # seconds that a process may take to save and end before it is killed


@dataclass(frozen=True)
class Rhythm:
    """How often a worker shows that it lives, in seconds."""

    heartbeat: float = 5.0
    stalled: float = 20.0  # after so long without a heartbeat, another worker goes on with the run
    patrol: float = 3.0  # between two looks for such runs


class RunFailed(Exception):
    """The run has ended with an error, which was told beside it. The job stays, so that it can be put back."""


class Lost(Exception):
    """Another process writes in the run's folder."""


class PutBack(BaseRetryStrategy):
    """A job goes back into the queue where its worker closes, or could not get at the folder. Other errors end it."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Try again at once, or after a few seconds, or not at all."""
        match exception:
            case JobAborted():
                return RetryDecision(retry_in={"seconds": 0})
            case Lost():
                return RetryDecision(retry_in={"seconds": 5})
        return None


def serve(
    data: Path,
    address: str,
    module: str = "charlm.runs.worker",
    rhythm: Rhythm | None = None,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Take runs from the queue, whose folder is `data`, until SIGTERM or SIGINT.

    Then the run under way is saved and goes back. `ready` is called when the database has answered and a signal would
    be heard. Raises QueueUnavailable if the database does not answer at the start or is not prepared.
    """
    check_database(address)
    asyncio.run(_serve(Marks(data), address, module, rhythm or Rhythm(), ready))


async def _serve(marks: Marks, address: str, module: str, rhythm: Rhythm, ready: Callable[[], None]) -> None:
    app = App(connector=PsycopgConnector(**address_for_pool(address, most=3)))
    app.job_manager = Jobs(app.connector)

    @app.task(name=TASK, pass_context=True, retry=PutBack())
    def train(context: JobContext, /, **_: Any) -> None:
        _train(marks, module, context)

    ending = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ending.set)
    async with app.open_async():
        ready()
        patrol = asyncio.create_task(_patrol(app.job_manager, rhythm))
        while not ending.is_set():
            await _take_until(ending, app, rhythm)
        patrol.cancel()


async def _take_until(ending: asyncio.Event, app: App, rhythm: Rhythm) -> None:
    """Take runs until the end, or until the database cannot be reached for fetching."""
    taking = asyncio.create_task(
        app.run_worker_async(
            queues=[QUEUE],
            shutdown_graceful_timeout=0,  # a run would take hours to end: it is saved and put back instead
            delete_jobs="successful",
            install_signal_handlers=False,
            update_heartbeat_interval=rhythm.heartbeat,
            stalled_worker_timeout=rhythm.stalled,
        )
    )
    end = asyncio.create_task(ending.wait())
    await asyncio.wait([taking, end], return_when=asyncio.FIRST_COMPLETED)
    end.cancel()
    taking.cancel()
    try:
        await taking
    except asyncio.CancelledError:
        pass
    except ConnectorException as error:  # away, or this worker was pruned while it was frozen: it registers anew
        print(f"charlm worker: {error.__cause__ or error}", file=sys.stderr, flush=True)
        await asyncio.sleep(DATABASE_AWAY)


async def _patrol(jobs: Jobs, rhythm: Rhythm) -> None:
    """Put back what dead workers leave. After the database was away, living ones first have time for a heartbeat."""
    answers_since = seen = time.monotonic()
    while True:
        await asyncio.sleep(rhythm.patrol)
        try:
            await jobs.check_connection_async()
            now = time.monotonic()
            if now - seen > rhythm.stalled:  # this worker was frozen itself, or the database was away
                answers_since = now
            seen = now
            if now - answers_since > rhythm.stalled:
                await jobs.put_back_stalled(rhythm.stalled)
        except ConnectorException:
            answers_since = time.monotonic() + rhythm.patrol


def _train(marks: Marks, module: str, context: JobContext) -> None:
    """Have a process train the run of a job, and wait for it. Raises what decides how the job goes on."""
    job = context.job
    try:
        order = Order.of(job)
    except CheckpointDamaged as error:
        if VISITORS.fullmatch(job.lock or ""):
            marks.fail(str(job.lock), error.told)
        raise RunFailed from error
    number, again = order.first_attempt + job.attempts, job.attempts > 0
    if not again:
        marks.note_served(order.request.asker)
    for _ in range(TRIES):
        status = _process(marks, order, command(module, marks, order.run_id, str(number), *["again"] * again), context)
        if context.abort_reason() is AbortReason.SHUTDOWN:
            raise JobAborted
        if status == SUPERSEDED:
            raise Lost
        begun = latest_attempt(marks.folder(order.run_id).path) >= number
        if status == FAILED or (status and begun and not context.should_abort()):
            raise RunFailed  # told in words; or it died on the way, and whoever owns the run may continue it
        if status == 0 or context.should_abort():
            marks.drop_text(order.run_id)
            return
    marks.fail(order.run_id, CANNOT_START)
    raise RunFailed


def _process(marks: Marks, order: Order, words: list[str], context: JobContext) -> int:
    """Start the process that trains and wait for its end; an abort lets it save first. Returns its exit status."""
    with open_log(marks) as log:
        process = subprocess.Popen(  # noqa: S603  # our own program
            words, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
        )
    with process:
        orders = cast(IO[bytes], process.stdin)
        with suppress(BrokenPipeError):
            orders.write(order.request.to_json().encode() + b"\n")
            orders.flush()  # but not closed: the process ends when this program is gone
        while process.poll() is None and not context.should_abort():
            time.sleep(LOOK_EVERY)
        with suppress(BrokenPipeError):
            orders.close()  # not a signal: that would be lost, or kill it, while it still starts
        try:
            return process.wait(SAVING)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()
