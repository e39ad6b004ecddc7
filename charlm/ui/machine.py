"""What all visitors share: the runs, the models, the turns for writing, the times of runs, the texts, the insides."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from charlm.generation.company import Company
from charlm.generation.shelf import Shelf
from charlm.insight.kept import Insides
from charlm.latest import Latest
from charlm.runs.background import Runs
from charlm.runs.limits import Limits
from charlm.storage import shipped
from charlm.text.kept import KeptTexts
from charlm.times.allowance import Allowance
from charlm.times.estimates import Times
from charlm.times.kept import Kept, file_of_this_machine
from charlm.times.wishes import Wishes
from charlm.ui.turns import Turns
from charlm.ui.uploads import Uploads

WRITING_AT_ONCE = 32  # visitors: a class; they share one core
PIECE_EVERY = 0.25  # seconds between two pieces of a text: to send one costs the page nearly as much as to write it
WAITING_ROOM = 60  # visitors who may wait to write
LONG_WAITING_ROOM = 40  # visitors who may wait to have a whole network examined
ANSWERS = 2_000  # of kept epochs that stay in memory, some kilobytes each: a class that sees one film asks it once


@dataclass(frozen=True)
class Machine:
    """The objects that the tabs and the HTTP API work with."""

    runs: Runs
    shelf: Shelf
    turns: Turns
    times: Times
    wishes: Wishes
    texts: KeptTexts
    answers: Latest[Any] = field(default_factory=lambda: Latest(ANSWERS))  # of kept epochs, and of old runs' texts
    long_turns: Turns = field(default_factory=lambda: Turns(1, LONG_WAITING_ROOM))  # for what takes some seconds
    insides: Insides = field(default_factory=Insides)
    company: Company | None = None  # of all who write
    uploads: Uploads | None = None  # of a page that is only built, and not served, there are none

    @classmethod
    def on(cls, data: str | Path, limits: Limits, uploads: Uploads | None = None) -> Self:
        """The machine whose models and runs are in the folder `data`. Raises CannotWrite."""
        runs = Runs(data, limits=limits, uploads=uploads.folder if uploads else None)
        turns = Turns(WRITING_AT_ONCE, WAITING_ROOM)
        times = Times(Kept(file_of_this_machine()), allowance=Allowance(), quiet=lambda: not runs.under_way)
        company = Company(PIECE_EVERY, runs.give_way)
        shelf = Shelf(data, shipped.PLACE, company=company)
        return cls(runs, shelf, turns, times, Wishes(times), KeptTexts(), company=company, uploads=uploads)

    def close(self) -> None:
        """Stop the run that is under way at its next step, end what is being tried, and delete what was uploaded."""
        self.wishes.close()
        self.runs.close()
        if self.uploads:
            self.uploads.close()

    @property
    def writing(self) -> bool:
        """Does somebody wait for a text just now?"""
        return self.company is not None and self.company.writing > 0

    @property
    def limits(self) -> Limits:
        """What one visitor may ask for."""
        return self.runs.limits
