"""The list of all endpoints."""

from charlm.ui.http import inside, learning, writing
from charlm.ui.http.endpoint import offer
from charlm.ui.machine import Machine

AT_ONCE = 2  # requests to one endpoint that compute at the same time; the others wait
LOOKING = {"queue": False}  # for an endpoint that answers at once


def offer_all(machine: Machine) -> None:
    """Put every endpoint on the page that is being built."""
    for streamed in (writing.generate, writing.compare, writing.replay, inside.shortlist, inside.switch_off):
        offer(streamed, machine, concurrency_limit=None)  # turns.py lets them wait and tells their place
    for computed in (
        writing.next_characters, writing.surprise, writing.copies, learning.check_up, learning.estimate, learning.train,
        inside.cell, inside.cells, inside.reach, inside.neighbours,
    ):  # fmt: skip
        offer(computed, machine, concurrency_limit=AT_ONCE)
    for looked in (
        learning.models, learning.visitor, learning.status, learning.stop, learning.go_on, learning.delete,
        inside.parts,
    ):  # fmt: skip
        offer(looked, machine, **LOOKING)
