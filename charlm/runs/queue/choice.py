"""Which queue this machine uses: CHARLM_QUEUE names a PostgreSQL database; without it the queue is on disk."""

import os
from collections.abc import Mapping

from charlm.errors import InvalidSetting, QueueUnavailable
from charlm.languages import N_
from charlm.runs.queue.files import FileQueue
from charlm.runs.queue.interface import Queue
from charlm.runs.queue.marks import Marks

VARIABLE = "CHARLM_QUEUE"
SCHEMES = ("postgresql://", "postgres://")


def choose_queue(marks: Marks, environment: Mapping[str, str] = os.environ) -> Queue:
    """The queue that the environment names. Raises InvalidSetting and QueueUnavailable."""
    address = address_of_queue(environment)
    if not address:
        return FileQueue(marks)
    postgres_packages()
    from charlm.runs.queue.postgres import PostgresQueue

    return PostgresQueue(marks, address)


def address_of_queue(environment: Mapping[str, str] = os.environ) -> str:
    """The address of the database; "" if the queue is on disk. Raises InvalidSetting."""
    address = environment.get(VARIABLE, "")
    if address and not address.startswith(SCHEMES):
        raise InvalidSetting(
            N_("{variable} is not the address of a PostgreSQL database."),  # not shown: it may hold a password
            N_("Expected postgresql://user@host/database."),
            N_("Set such an address, or none: then the queue is in the folder of the runs."),
            variable=VARIABLE,
        )
    return address


def postgres_packages() -> None:
    """Raises QueueUnavailable if the packages that talk to PostgreSQL are missing."""
    try:
        import procrastinate  # noqa: F401
        import psycopg  # noqa: F401
        import psycopg_pool  # noqa: F401
    except ImportError as error:
        raise QueueUnavailable(
            N_("A package for the queue on PostgreSQL is missing ({error})."),
            N_("Expected the packages in requirements-cluster.txt."),
            N_("Install them: pip install -r requirements-cluster.txt"),
            error=error,
        ) from error
