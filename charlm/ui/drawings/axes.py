"""The axes of a chart of losses over epochs, and its lines, in SVG."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from charlm.languages import number
from charlm.ui import texts

WIDTH, HEIGHT = 560, 340  # in the drawing's own units; the page scales it
LEFT, RIGHT, TOP, BOTTOM = 46, 20, 18, 40
STEPS, LINES = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10), 6.2  # between two lines of the grid, and how many lines at most
LETTER, LINE = 10, 24  # the width of a letter and the height of a line on a phone, where they are largest
POINTS = 160  # at most, in the line of the loss; each is the mean of some steps

Point = tuple[float, float]  # an epoch and a loss


@dataclass(frozen=True)
class Box:
    """Where words stand, from the left end of the chart."""

    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Axes:
    """Epochs from left to right, losses upwards."""

    last: int  # the last epoch that has room
    low: float  # the losses at the lower and at the upper end
    high: float

    @classmethod
    def over(cls, epochs: int, losses: Iterable[float], guess: float) -> "Axes":
        """Axes with room for so many epochs and these losses; `guess` is the loss of the worst way of guessing."""
        low = 0.0 if min(losses) < 1.1 else 1.0  # only two scales, so that the curve jumps rarely
        return cls(max(epochs, 1), low, max(1.06 * guess, low + 0.1))  # a text of one character costs nothing to guess

    @classmethod
    def around(cls, epochs: int, losses: Sequence[float]) -> "Axes":
        """Axes that show only these losses, so that curves which are close together can be told apart."""
        room = 0.1 * max(max(losses) - min(losses), 0.1)
        return cls(max(epochs, 1), max(0.0, min(losses) - room), max(losses) + room)

    def shows(self, loss: float) -> bool:
        """Is the loss between the two ends?"""
        return self.low <= loss <= self.high

    def place(self, point: Point) -> Point:
        """Where an epoch and its loss are in the drawing. A loss beyond the ends is drawn at the end."""
        x, y = point
        across = LEFT + (WIDTH - LEFT - RIGHT) * x / self.last
        share = (self.high - min(max(y, self.low), self.high)) / (self.high - self.low)
        return across, TOP + (HEIGHT - TOP - BOTTOM) * share

    def grid(self) -> Iterable[str]:
        """Lines and numbers at round losses, numbers at round epochs, and the units."""
        height = self.high - self.low
        step = next((step for step in STEPS if height / step <= LINES), height / LINES)
        for times in range(math.ceil(self.low / step), math.floor(self.high / step) + 1):
            y = times * step
            x, down = self.place((0, y))
            yield f'<line class="grid" x1="{x:.1f}" x2="{WIDTH - RIGHT}" y1="{down:.1f}" y2="{down:.1f}"/>'
            yield label(x - 8, down + 4, number(y, "g"), "tick end")
        for epoch in range(0, self.last + 1, max(1, -(-self.last // 10))):
            x, _ = self.place((epoch, self.low))
            yield label(x, HEIGHT - BOTTOM + 18, number(epoch), "tick middle")
        yield label(WIDTH - RIGHT, HEIGHT - 4, texts.CHART_X, "tick end")
        yield label(2, 12, texts.CHART_Y, "tick")

    def references(self, losses: Mapping[str, float]) -> Iterable[str]:
        """A line for each way of guessing. Their names stand where the curve seldom is."""
        for name, loss in losses.items():
            (x1, y), (x2, _) = self.place((0, loss)), self.place((self.last, loss))
            yield f'<line class="reference {name}" x1="{x1:.1f}" x2="{x2:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'
            if name == "five_gram":
                yield label(x1 + 4, y + 5, _named(name, loss), "reference below")
            else:
                yield label(x2, y - 5, _named(name, loss), "reference end")

    def named_below(self, losses: Mapping[str, float]) -> Box | None:
        """Where the name of the 5-gram model stands, below its line; None if that is not among the losses."""
        if "five_gram" not in losses:
            return None
        x, y = self.place((0, losses["five_gram"]))
        return Box(x + 4 + LETTER * len(_named("five_gram", losses["five_gram"])), y, y + LINE)


def _named(reference: str, loss: float) -> str:
    return f"{texts.REFERENCES[reference]} {number(loss, '.2f')}"


def thinned(points: Sequence[Point]) -> list[Point]:
    """At most POINTS points, each the mean of some neighbours."""
    size = max(1, -(-len(points) // POINTS))
    groups = [points[i : i + size] for i in range(0, len(points), size)]
    return [(group[-1][0], sum(y for _, y in group) / len(group)) for group in groups]


def line(places: Iterable[Point], kind: str) -> str:
    """A line through places of the drawing."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return f'<polyline class="{kind}" points="{path}"/>'


def label(x: float, y: float, words: str, kind: str) -> str:
    """Words at a place of the drawing."""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'
