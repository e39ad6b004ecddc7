"""The measurements of a class on the page, and the table of them."""

import math
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.visitor import Diary

SOON = 0.5  # seconds within which the first character should come
SOON_AT_ONCE, WORST_AT_ONCE = 1.0, 1.5  # seconds: the same for 95 % and for all, when everybody asks at the same moment


@dataclass(frozen=True)
class Desk:
    """A place on the page where a model writes. All but `length` are the elem_ids of components."""

    tab: str
    button: str
    text: str  # shows the written text
    state: str  # shows the visitor's place in the row
    length: int  # characters that the model writes


WRITE = Desk("tab-write", "generate", "written", "writing", 400)
LAB = Desk("tab-temperature", "lab-run", "lab-column-1", "lab-state", 300)


@dataclass(frozen=True)
class Wish:
    """What one click led to. The times are seconds after the click."""

    told: float  # until any answer
    first: float  # until the first character
    last: float  # until the last character
    waited: bool  # whether the visitor had to wait and saw a place in the row


@dataclass
class Record:
    """All measurements of a lesson."""

    diary: Diary = field(default_factory=Diary)
    wishes: dict[Desk, list[Wish]] = field(default_factory=lambda: {WRITE: [], LAB: []})
    at_once: list[Wish] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)  # seconds until a program got an answer
    runs: list[str] = field(default_factory=list)  # ids
    lost: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)  # what an attacker was refused
    places: list[int] = field(default_factory=list)  # of the runs in the queue, at the end
    memory: int = 0  # bytes of the page's process at its highest
    worker: int = 0  # bytes of the process that trains at its highest
    playing: float = 0.0  # seconds of a processor it took in a second, while they played
    players: float = 0.0  # the same for the process that plays the class, because it shares the machine
    alone: float = 0.0  # steps per second of the long run before the class came
    beside: float = 0.0  # the same while the class played
    watching: float = 0.0  # that of the page's process, while the visitors only watched


def table(record: Record, errors: int) -> list[str]:
    """What was measured, a row each, with its goal beside it; a goal that was missed is marked."""
    wishes = [wish for desk in (WRITE, LAB) for wish in record.wishes[desk]]
    soon = sum(wish.first <= SOON for wish in wishes) / max(1, len(wishes))
    waits = [wish.first for wish in (*wishes, *record.at_once) if wish.waited]
    # The class and an attacker take turns: before a run stand the others of the class and as many of the attacker's.
    worst, fair = max(record.places, default=0), 2 * len(record.runs) + 2
    at_once = sorted(wish.first for wish in record.at_once)
    soon_at_once = not at_once or (percentile(at_once) <= SOON_AT_ONCE and at_once[-1] <= WORST_AT_ONCE)
    kept = record.beside / record.alone if record.alone else 0.0
    clicks = f"{len(wishes) + len(record.at_once)} clicks, {len(record.diary.looks):,} looks"
    rows = [
        ("errors", goal("0", errors == 0), f"{errors} in {clicks}"),
        ("lost runs", goal("0", not record.lost), f"{len(record.lost)} of {len(record.runs)}"),
        ("places of the class's runs", goal(f"< {fair}", worst < fair), f"{worst} at worst"),
        (f"first characters within {SOON:g} s", goal("95 %", soon >= 0.95), f"{soon:.1%} of {len(wishes)}"),
        ("first character: Generate", "", times(wish.first for wish in record.wishes[WRITE])),
        ("first character: temperatures", "", times(wish.first for wish in record.wishes[LAB])),
        ("all 400 characters", "", times(wish.last for wish in record.wishes[WRITE])),
        ("all 4 x 300 characters", "", times(wish.last for wish in record.wishes[LAB])),
        ("all press at once: told anything", "", times(wish.told for wish in record.at_once)),
        (
            "all press at once: first character",
            goal(f"{SOON_AT_ONCE:g} s, worst {WORST_AT_ONCE:g} s", soon_at_once),
            times(at_once),
        ),
        ("all press at once: all 400 characters", "", times(wish.last for wish in record.at_once)),
        ("saw their place in the row", "", f"{len(waits)}, the longest for {max(waits, default=0):.1f} s"),
        ("speed of the run beside", goal("half of its speed alone", kept >= 0.5), f"{kept:.0%}, {speeds(record)}"),
        ("a look at a run", "", times(record.diary.looks)),
        ("an answer to a program", "", times(record.answers)),
        ("memory of the page", goal("< 2 GB", record.memory < 2e9), f"{record.memory / 1e9:.2f} GB"),
        ("memory of the process that trains", "", f"{record.worker / 1e9:.2f} GB"),
        ("processor: only looks", goal("< 0.33", record.watching < 0.33), f"{record.watching:.2f}"),
        ("processor: all", "", f"{record.playing:.2f}, beside {record.players:.2f} of the visitors"),
    ]
    return ["| | goal | measured |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]


def goal(told: str, met: bool) -> str:
    """A goal, marked if it was missed."""
    return told if met else f"{told} MISSED"


def speeds(record: Record) -> str:
    """The speed of the long run beside the class and alone, as words."""
    return f"{record.beside:.1f} steps/s beside {record.alone:.1f} alone"


def times(seconds: Iterator[float] | Sequence[float]) -> str:
    """The median, the 95th percentile and the worst time, as words."""
    ordered = sorted(seconds)
    if not ordered:
        return "none"
    return f"{statistics.median(ordered):.2f} s, 95 % within {percentile(ordered):.2f} s, worst {ordered[-1]:.2f} s"


def percentile(ordered: Sequence[float]) -> float:
    """The 95th percentile of numbers that are in order."""
    return ordered[math.ceil(0.95 * len(ordered)) - 1]
