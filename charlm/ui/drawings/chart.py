"""The curve of a run as SVG: it follows the page's colours, needs no script, and says in words what it shows."""

from collections.abc import Sequence
from html import escape

from charlm.events import EpochFinished, Event, RunStarted, StepFinished
from charlm.languages import number
from charlm.ui import texts
from charlm.ui.drawings.axes import HEIGHT, LETTER, LINE, WIDTH, Axes, Box, Point, label, line, thinned


def curve(events: Sequence[Event]) -> str:
    """Draw loss and val_loss over the epochs, lines to compare with, and a mark at the best epoch."""
    steps = [(e.epoch, e.loss) for e in events if isinstance(e, StepFinished)]
    epochs = [e for e in events if isinstance(e, EpochFinished)]
    started = next((e for e in reversed(events) if isinstance(e, RunStarted)), None)
    if started is None or not steps:
        return f'<div class="chart empty"><p>{texts.CHART_EMPTY}</p></div>'
    guesses = {"uniform": started.uniform_loss, "frequency": started.frequency_loss}
    if started.five_gram_loss is not None:
        guesses["five_gram"] = started.five_gram_loss
    axes = Axes.over(started.epochs, [*(y for _, y in steps), *guesses.values()], max(guesses.values()))
    parts = [*axes.grid(), *losses(axes, steps, epochs), *axes.references(guesses)]
    if epochs:
        best = min(epochs, key=lambda e: e.val_loss)
        parts += _best(axes.place((best.epoch, best.val_loss)), best.val_loss, axes.named_below(guesses))
    return (
        f'<figure class="chart"><figcaption>{texts.CHART} {legend()}</figcaption>'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(_in_words(steps, epochs))}">'
        f"{''.join(parts)}</svg></figure>"
    )


def losses(axes: Axes, steps: Sequence[Point], epochs: Sequence[EpochFinished]) -> list[str]:
    """The two lines of a run: the loss over the steps, and val_loss with a dot for each epoch."""
    validation = [axes.place((e.epoch, e.val_loss)) for e in epochs]
    return [
        line(map(axes.place, thinned(steps)), "loss"),
        line(validation, "val"),
        *(f'<circle class="val" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in validation),
    ]


def legend() -> str:
    """Which of the two lines is which."""
    return f'<span class="key loss">{texts.TILE_LOSS}</span> <span class="key val">{texts.TILE_VAL_LOSS}</span>'


def _best(place: Point, loss: float, taken: Box | None) -> list[str]:
    """A ring around the best epoch, and its loss: below the ring, or above where `taken` has words already.

    Above, it stands to the right: the curve comes down from the left, and climbs again slowly if it does.
    """
    x, y = place
    told = f"{texts.CHART_BEST} {number(loss, '.3f')}"
    free = taken is None or x - len(told) * LETTER / 2 > taken.right or y + LINE < taken.top or y > taken.bottom
    anchor = "end" if x > WIDTH * 0.8 else "middle" if free else "start"
    ring = f'<circle class="best" cx="{x:.1f}" cy="{y:.1f}" r="7"/>'
    return [ring, label(x, y + 24 if free else y - 14, told, f"best {anchor}")]


def _in_words(steps: list[Point], epochs: list[EpochFinished]) -> str:
    words = f"{texts.TILE_LOSS} {_from_to(steps[0][1], steps[-1][1])}"
    if epochs:
        words += f"; {texts.TILE_VAL_LOSS} {_from_to(epochs[0].val_loss, epochs[-1].val_loss)}"
    return words


def _from_to(first: float, last: float) -> str:
    return f"{number(first, '.2f')} → {number(last, '.2f')}"
