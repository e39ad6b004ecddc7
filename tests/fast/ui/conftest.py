"""A machine whose only model is a toy, and events as a run tells them."""

from types import SimpleNamespace

import pytest

from charlm.errors import CheckpointNotFound
from charlm.runs.limits import Limits
from charlm.text.copies import CopyFinder
from charlm.text.kept import KeptTexts
from charlm.text.traces import Traces
from charlm.times.costs import Costs
from charlm.times.estimates import Times
from charlm.times.kept import Kept
from charlm.times.wishes import Wishes
from charlm.ui.machine import Machine
from charlm.ui.turns import Turns

TEXT = "\nthe cat sat on the hat\nthe rat ran to the café\n"
COSTS = Costs(start=4.0, setup=6.0, update=0.1, scoring=0.1, saving=0.1)
NASTY = ["<img src=x onerror=alert(1)>", "${alert(1)}", "{{value}}", "back\\slash", "\u202egnol", "👩‍🚀"]


class ToyShelf:
    """Two models of the same kind; the text of the second is not here."""

    def __init__(self, toy):
        self._toy = toy

    def everybodys(self):
        return ["other", "toy"]

    def has(self, name):
        return name in self.everybodys()

    def take(self, name):
        if name not in self.everybodys():
            raise CheckpointNotFound("There is no model at /home/somebody/secret.", "", "")
        return self._toy

    def traces(self, name):
        return Traces.of(TEXT) if name == "toy" else Traces()

    def copy_finder(self, name):
        return CopyFinder(TEXT) if name == "toy" else None


@pytest.fixture
def machine(toy):
    """At most sixty characters are written at once, by one visitor at a time; every run that is tried is as fast.

    No wish is fulfilled, since nobody began to work on them.
    """
    runs, times = SimpleNamespace(limits=Limits(length=60)), Times(Kept(None), lambda *_: COSTS)
    return Machine(
        runs=runs, shelf=ToyShelf(toy), turns=Turns(1, 1), times=times, wishes=Wishes(times), texts=KeptTexts()
    )


@pytest.fixture(params=NASTY)
def nasty(request):
    """A text that would do harm if it were taken for markup."""
    return request.param
