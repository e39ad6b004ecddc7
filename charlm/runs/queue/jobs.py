"""The jobs on PostgreSQL, as Procrastinate keeps them: one for each request. Pages and workers both use this room.

A job's arguments are plain JSON: the run's id, the request, and the number of the first attempt. A worker may only do
the one task that is registered here. Runs' texts and networks are not in the database but in the shared folder.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

import procrastinate
import psycopg
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job

from charlm.errors import CheckpointDamaged, QueueUnavailable
from charlm.languages import N_
from charlm.runs.queue.request import Request
from charlm.storage.run_names import VISITORS

QUEUE, TASK = "charlm", "charlm.train"
PATIENCE = 5  # seconds to wait for a database that does not answer
PREPARE = "python -m charlm queue prepare"


@dataclass(frozen=True)
class Order:
    """What a job says: train this run."""

    run_id: str
    request: Request
    first_attempt: int

    def to_arguments(self) -> dict[str, Any]:
        """The arguments of the job."""
        return {"run_id": self.run_id, "request": self.request.to_json(), "first_attempt": self.first_attempt}

    @classmethod
    def from_arguments(cls, run_id: Any, request: Any, first_attempt: Any) -> Self:
        """The order in the arguments of a job, which any program with the database's password could have written.

        Raises CheckpointDamaged.
        """
        if not (isinstance(run_id, str) and VISITORS.fullmatch(run_id) and isinstance(first_attempt, int)):
            raise CheckpointDamaged(
                N_("A job in the queue does not name a run ({run!r})."),
                N_("Expected a job that charlm wrote."),
                N_("Delete the job from the database."),
                run=str(run_id)[:80],
            )
        return cls(run_id, Request.from_json(str(request)), first_attempt)

    @classmethod
    def of(cls, job: Job) -> Self:
        """The order of a job. Raises CheckpointDamaged."""
        try:
            return cls.from_arguments(**job.task_kwargs)
        except TypeError:  # other arguments
            return cls.from_arguments(None, "", 0)


def number_of(job: Job) -> int:
    """The number of a job that is in the database."""
    assert job.id is not None  # noqa: S101  # for the type: only a job that was never put there has none
    return job.id


def address_for_pool(address: str, most: int, patience: float = PATIENCE) -> dict[str, Any]:
    """The arguments of a pool of at most so many connections to this database; it waits so long for one of them."""
    # A connection to a machine that is gone is noticed within about 20 seconds.
    alive = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 2, "tcp_user_timeout": 20_000}
    connection = {"connect_timeout": PATIENCE, **alive}
    return {"conninfo": address, "kwargs": connection, "timeout": patience, "min_size": 1, "max_size": most}


def check_database(address: str, *, prepared: bool = True) -> None:
    """Raises QueueUnavailable if the database does not answer or, with `prepared`, has no tables for the queue."""
    with answering(), psycopg.connect(address, connect_timeout=PATIENCE) as connection:
        if prepared and not is_prepared(connection):
            raise QueueUnavailable(
                N_("The database has no tables for the queue."),
                N_("Expected a database that was prepared once."),
                N_("Prepare it: {command}"),
                command=PREPARE,
            )


def is_prepared(connection: psycopg.Connection) -> bool:
    """Does the database have the tables of the queue?"""
    return connection.execute("SELECT to_regclass('procrastinate_jobs')").fetchone() != (None,)


def prepare(address: str) -> bool:
    """Make the tables of the queue, unless they are there. Returns whether it made them. Raises QueueUnavailable."""
    with answering(), psycopg.connect(address, connect_timeout=PATIENCE) as connection:
        # Two machines may prepare the same database at the same moment: the second one waits here.
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('charlm'))")
        if is_prepared(connection):
            return False
        schema = procrastinate.schema.SchemaManager.get_schema()
        connection.execute(schema.replace("%", "%%"), {})
        return True


@contextmanager
def answering() -> Iterator[None]:
    """Turn an error of the database into QueueUnavailable."""
    try:
        yield
    except (ConnectorException, psycopg.Error) as error:
        cause = error.__cause__ or error
        raise QueueUnavailable(
            N_("The queue does not answer ({why})."),
            N_("Expected the PostgreSQL database that {variable} names."),
            N_("Try again in a moment; the host can look whether the database runs. What was saved is unchanged."),
            why=str(cause).strip().split("\n")[0] or type(cause).__name__,
            variable="CHARLM_QUEUE",
        ) from error
