"""The curve of a run as SVG: it follows the page's colours, needs no script, and says in words what it shows."""

import math
from collections.abc import Iterable, Sequence
from html import escape

from charlm.events import EpochFinished, Event, RunStarted, StepFinished
from charlm.ui.languages import english as texts

WIDTH, HEIGHT = 720, 340  # in the drawing's own units; the page scales it
LEFT, RIGHT, TOP, BOTTOM = 46, 20, 18, 40
POINTS = 160  # at most, in the line of the loss; each is the mean of some steps

Point = tuple[float, float]


def curve(events: Sequence[Event]) -> str:
    """Draw loss and val_loss over the epochs, two lines to compare with, and a mark at the best epoch."""
    steps = [(e.epoch, e.loss) for e in events if isinstance(e, StepFinished)]
    epochs = [e for e in events if isinstance(e, EpochFinished)]
    started = next((e for e in reversed(events) if isinstance(e, RunStarted)), None)
    if started is None or not steps:
        return f'<div class="chart empty"><p>{texts.CHART_EMPTY}</p></div>'
    last = max(started.epochs, 1)
    low = 0.0 if min(y for _, y in steps) < 1.1 else 1.0  # only two scales, so that the curve jumps rarely
    high = 1.06 * max(started.uniform_loss, started.frequency_loss)

    def place(point: Point) -> Point:
        x, y = point
        across = LEFT + (WIDTH - LEFT - RIGHT) * x / last
        return across, TOP + (HEIGHT - TOP - BOTTOM) * (high - min(max(y, low), high)) / (high - low)

    validation = [(e.epoch, e.val_loss) for e in epochs]
    parts = [
        *_grid(place, last, low, high),
        *_reference(place, last, started.uniform_loss, texts.CHART_UNIFORM),
        *_reference(place, last, started.frequency_loss, texts.CHART_FREQUENCY),
        _line(map(place, _thinned(steps)), "loss"),
        _line(map(place, validation), "val"),
        *(f'<circle class="val" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in map(place, validation)),
    ]
    if epochs:
        best = min(epochs, key=lambda e: e.val_loss)
        x, y = place((best.epoch, best.val_loss))
        parts.append(f'<circle class="best" cx="{x:.1f}" cy="{y:.1f}" r="7"/>')
        anchor = "end" if x > WIDTH * 0.8 else "middle"
        parts.append(_text(x, y + 24, f"{texts.CHART_BEST} {best.val_loss:.3f}", f"best {anchor}"))
    return (
        f'<figure class="chart"><figcaption>{texts.CHART} {_legend()}</figcaption>'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(_in_words(steps, epochs))}">'
        f"{''.join(parts)}</svg></figure>"
    )


def _thinned(points: list[Point]) -> list[Point]:
    size = -(-len(points) // POINTS)
    groups = [points[i : i + size] for i in range(0, len(points), size)]
    return [(group[-1][0], sum(y for _, y in group) / len(group)) for group in groups]


def _line(points: Iterable[Point], kind: str) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline class="{kind}" points="{path}"/>'


def _grid(place, last: int, low: float, high: float) -> Iterable[str]:  # type: ignore[no-untyped-def]
    y = low
    while y <= high:
        x, down = place((0, y))
        yield f'<line class="grid" x1="{x:.1f}" x2="{WIDTH - RIGHT}" y1="{down:.1f}" y2="{down:.1f}"/>'
        yield _text(x - 8, down + 4, f"{y:g}", "tick end")
        y += math.ceil((high - low) / 6) if high - low > 3 else 0.5
    every = max(1, -(-last // 10))
    for epoch in range(0, last + 1, every):
        x, _ = place((epoch, low))
        yield _text(x, HEIGHT - BOTTOM + 18, f"{epoch}", "tick middle")
    yield _text(WIDTH - RIGHT, HEIGHT - 4, texts.CHART_X, "tick end")
    yield _text(2, 12, texts.CHART_Y, "tick")


def _reference(place, last: int, loss: float, name: str) -> Iterable[str]:  # type: ignore[no-untyped-def]
    (x1, y), (x2, _) = place((0, loss)), place((last, loss))
    yield f'<line class="reference" x1="{x1:.1f}" x2="{x2:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'
    yield _text(x2, y - 5, f"{name} {loss:.2f}", "reference end")


def _text(x: float, y: float, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'


def _legend() -> str:
    return '<span class="key loss">loss</span> <span class="key val">val_loss</span>'


def _in_words(steps: list[Point], epochs: list[EpochFinished]) -> str:
    words = f"{texts.TILE_LOSS} {steps[0][1]:.2f} → {steps[-1][1]:.2f}"
    if epochs:
        words += f"; {texts.TILE_VAL_LOSS} {epochs[0].val_loss:.2f} → {epochs[-1].val_loss:.2f}"
    return words
