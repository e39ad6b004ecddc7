"""Procrastinate's jobs for a worker that can lose the database, or be replaced while it is frozen."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import psycopg
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from charlm.runs.queue.jobs import QUEUE, number_of

DATABASE_AWAY = 1.0  # seconds between two tries to reach a database that does not answer


class Jobs(JobManager):
    """Procrastinate's jobs: patient with the database, and careful with a job that may be another worker's by now."""

    async def update_heartbeat(self, worker_id: int) -> None:
        """Show that the worker lives, as soon as the database answers."""
        await patiently(lambda: super(Jobs, self).update_heartbeat(worker_id))

    async def listen_for_jobs(self, **about: Any) -> None:
        """Hear of new jobs, and of those to stop, also after the database was away."""
        await patiently(lambda: super(Jobs, self).listen_for_jobs(**about))

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        """End the job, if it is still this worker's."""
        if await patiently(lambda: self._is_mine(job)):
            await patiently(lambda: super(Jobs, self).finish_job(job, status, delete_job))

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        """Put the job back, if it is still this worker's."""
        if await patiently(lambda: self._is_mine(job)):
            await patiently(lambda: super(Jobs, self).retry_job(job, retry_at, priority, queue, lock))

    async def put_back_stalled(self, seconds: float) -> None:
        """Put the jobs back whose workers have sent no heartbeat for so long."""
        for job in await self.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=seconds):
            with suppress(ConnectorException):  # another worker was faster
                await self.retry_job_by_id_async(number_of(job), datetime.now(UTC))
        await self.prune_stalled_workers(seconds)

    async def _is_mine(self, job: Job) -> bool:
        now = next(iter(await self.list_jobs_async(id=job.id)), None)
        return now is not None and now.status == "doing" and now.worker_id in (job.worker_id, None)


async def patiently(call: Callable[[], Awaitable[Any]]) -> Any:
    """The result of the call; while the database does not answer, it is called again."""
    while True:
        try:
            return await call()
        except ConnectorException as error:
            if not _is_away(error):
                raise
            await asyncio.sleep(DATABASE_AWAY)


def _is_away(error: ConnectorException) -> bool:
    return isinstance(error.__cause__, psycopg.OperationalError)
