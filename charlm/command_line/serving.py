"""Commands for a queue on several machines: worker, queue."""

import argparse
import os
from pathlib import Path
from typing import Any

from charlm.command_line.arguments import add_command, place
from charlm.command_line.streams import Console, print_json
from charlm.errors import InvalidSetting
from charlm.languages import N_, say
from charlm.runs.queue.choice import VARIABLE, address_of_queue, postgres_packages


def add_to(commands: Any) -> None:
    """Add the parsers of these commands."""
    worker = add_command(
        commands,
        "worker",
        _worker,
        N_("train the runs of a page on another machine"),
        N_(
            "Take runs from the queue on PostgreSQL that CHARLM_QUEUE names, one after the other, until Ctrl-C. The "
            "folder of the runs must be the same for all pages and workers, on a shared disk."
        ),
        "--data /srv/charlm",
    )
    default = Path(os.environ.get("CHARLM_DATA") or "checkpoints")
    data = say(N_("the folder of the runs (default: {default}, from CHARLM_DATA)"), default=default)
    worker.add_argument("--data", type=place, default=str(default), help=data)
    queue = add_command(
        commands,
        "queue",
        _queue,
        N_("prepare the database of a queue on several machines"),
        N_("Make the tables that the queue needs in the PostgreSQL database that CHARLM_QUEUE names."),
        "prepare",
    )
    queue.add_argument("what", choices=["prepare"], help=say(N_("prepare: make the tables, once for each database")))


def _worker(chosen: argparse.Namespace) -> int:
    address = _address()
    from charlm.runs.service import serve

    def say_so() -> None:
        Console().print(say(N_("Waiting for runs. Ctrl-C ends this worker; a run under way is saved and goes back.")))

    serve(Path(chosen.data), address, ready=(lambda: None) if chosen.json else say_so)
    return 0


def _queue(chosen: argparse.Namespace) -> int:
    address = _address()
    from charlm.runs.queue.jobs import prepare

    made = prepare(address)
    if chosen.json:
        print_json({"made": made})
    else:
        there = N_("The database has the tables of the queue already.")
        console_says = N_("The database is prepared: start pages and workers with the same {variable}.")
        Console().print(say(console_says if made else there, variable=VARIABLE))
    return 0


def _address() -> str:
    """The address of the database, with all that is needed to talk to it. Raises InvalidSetting, QueueUnavailable."""
    address = address_of_queue()
    if not address:
        raise InvalidSetting(
            N_("{variable} is not set."),
            N_("Expected the address of a PostgreSQL database, postgresql://user@host/database."),
            N_("Set it. A page on one machine needs no worker: {program} trains by itself."),
            variable=VARIABLE,
            program="app.py",
        )
    postgres_packages()
    return address
