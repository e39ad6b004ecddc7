"""A run as HTML: its state, its scored epochs, what the network wrote after them. Its curve is in chart.py."""

import math
from collections.abc import Iterable, Sequence
from html import escape

from charlm.events import EpochFinished, Event, SampleWritten, of_kind
from charlm.languages import number
from charlm.ui import texts
from charlm.ui.drawings.duration import clock
from charlm.ui.drawings.notes import notice
from charlm.ui.drawings.tables import table
from charlm.ui.standing import Standing

TURNED = 2  # epochs without a better val_loss; then the page says that it learns by heart


def status(run: Standing | None) -> str:
    """The state of a run: a sentence for everybody, and the numbers."""
    if run is None:
        return f'<p class="sentence none">{texts.NO_RUN}</p>'
    return (
        f'<p class="sentence {run.state}" role="status" data-share="{run.epoch % 1:.3f}">{escape(sentence(run))}</p>'
        f"<p>{escape(verdict(run))}</p>{''.join(map(notice, run.lowered))}"
        f'<dl class="tiles">{_listed(_tiles(run))}</dl><p>{escape(in_words(run.val_loss))}</p>'
        f'<dl class="tiles small">{_listed(_more(run))}</dl>'
    )


def sentence(run: Standing) -> str:
    """What is going on, in one sentence."""
    match run.state:
        case "waiting":
            return texts.WAITING.format(place=run.place)
        case "interrupted":
            return texts.INTERRUPTED
        case "failed":
            return texts.FAILED.format(why=run.failure)
        case "running":
            return texts.LEARNING if run.learning else texts.STARTING
    return texts.ENDS[run.end].format(time=clock(run.seconds)) if run.end else ""


def verdict(run: Standing) -> str:
    """Is it still learning, or learning by heart? After the end: how good is the best epoch?"""
    if run.best_epoch is None or run.best_val_loss is None or run.scored_epoch is None:
        return ""
    if run.end:
        bits = run.best_val_loss / math.log(2)
        return texts.BEST_KEPT.format(epoch=run.best_epoch, val_loss=run.best_val_loss, bits=bits)
    if run.scored_epoch - run.best_epoch >= TURNED:
        return texts.BY_HEART.format(epoch=run.best_epoch)
    return texts.STILL_LEARNING


def in_words(val_loss: float | None) -> str:
    """What a val_loss says: how many characters one would have to choose from, to be as unsure."""
    return "" if val_loss is None else texts.AS_UNSURE.format(count=math.exp(min(val_loss, 50)))


def curve_table(events: Sequence[Event]) -> str:
    """The scored epochs as a table."""
    rows = (
        (
            number(e.epoch, "g"),
            number(e.loss, ".3f"),
            number(e.val_loss, ".3f"),
            number(e.val_accuracy, ".1%"),
            clock(e.seconds),
        )
        for e in of_kind(EpochFinished, events)
    )
    return table(texts.COLUMNS_CURVE, rows)


def samples(events: Sequence[Event]) -> str:
    """What the network wrote after every epoch, the latest first."""
    written = of_kind(SampleWritten, events)
    if not written:
        return f'<p class="empty">{texts.SAMPLES_EMPTY}</p>'
    return "".join(
        f"<figure><figcaption>"
        f"{texts.AFTER_EPOCH.format(epoch=s.epoch) if s.step else texts.BEFORE_LEARNING}"
        f"</figcaption><pre>{escape(s.text)}</pre></figure>"
        for s in reversed(written)
    )


def _listed(numbers: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in numbers)


def _tiles(run: Standing) -> list[tuple[str, str]]:
    """The numbers that everybody wants to know."""
    if run.loss is None:
        return []
    whole = run.end == "finished"  # its last characters, too few for a step, are left out
    left = [] if run.end or run.seconds_left is None else [(texts.TILE_LEFT, clock(run.seconds_left))]
    return [
        (texts.TILE_EPOCH, texts.OF.format(done=_epochs(run.epochs if whole else run.epoch), all=run.epochs)),
        (texts.TILE_VAL_LOSS, "–" if run.val_loss is None else number(run.val_loss, ".3f")),
        *left,
    ]


def _epochs(epochs: float) -> str:
    return number(epochs, "g" if epochs == round(epochs) else ".1f")


def _more(run: Standing) -> list[tuple[str, str]]:
    """The other numbers."""
    if run.loss is None or run.characters_per_second is None:
        return []
    step = run.steps if run.end == "finished" else run.step
    return [
        (texts.TILE_STEP, texts.OF.format(done=number(step, ","), all=number(run.steps, ","))),
        (texts.TILE_LOSS, number(run.loss, ".3f")),
        (texts.TILE_SPEED, number(run.characters_per_second, ",.0f")),
        (texts.TILE_ELAPSED, clock(run.seconds)),
    ]
