"""A close call between encodings, so that a person can decide it: the same line as it reads in each of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from charlm.languages import N_, Told
from charlm.text.detection import telling_lines
from charlm.text.legacy_encodings import described
from charlm.text.normalization import REPLACEMENT

OTHERS = 3  # encodings shown beside the chosen one
_SHOWN, _BEFORE = 80, 30  # characters of a line shown, and of those how many before the place where the readings differ


@dataclass(frozen=True)
class Reading:
    """One line of a file as it reads in one encoding."""

    encoding: str
    line: str


@dataclass(frozen=True)
class Doubt:
    """A file that could be in one of several encodings: a line of it in each of them, the chosen one first."""

    name: str  # of the file
    readings: tuple[Reading, ...]

    @property
    def sentence(self) -> str:
        """Which other encodings it could be."""
        others = tuple(described(reading.encoding) for reading in self.readings[1:])
        return Told(N_("This is a close call: it could be {others:or} as well."), others=others)


def doubts_of(content: bytes, name: str, encodings: Sequence[str]) -> tuple[Doubt, ...]:
    """The doubt whether the first of these encodings is right; none where the others read no line otherwise."""
    best: list[tuple[str, str]] = []
    for line in telling_lines(content) if len(encodings) > 1 else ():
        readings: dict[str, str] = {}
        for encoding in encodings:
            readings.setdefault(line.decode(encoding, "replace"), encoding)
        best = max(best, list(readings.items())[: 1 + OTHERS], key=_tells)
    if len(best) < 2:
        return ()
    lines = [line for line, _ in best]
    parting = next((i for i, characters in enumerate(zip(*lines, strict=False)) if len(set(characters)) > 1), 0)
    start = max(0, parting - _BEFORE)
    return (Doubt(name, tuple(Reading(encoding, _cut(line, start)) for line, encoding in best)),)


def _tells(readings: Sequence[tuple[str, str]]) -> tuple[int, bool]:
    """How much a line tells: in how many ways it reads, and whether the first of them has a place that was lost."""
    return len(readings), bool(readings) and REPLACEMENT in readings[0][0]


def _cut(line: str, start: int) -> str:
    end = start + _SHOWN
    return f"{'…' * (start > 0)}{line[start:end].strip()}{'…' * (end < len(line))}"
