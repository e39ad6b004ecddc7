"""A film as HTML and SVG: every frame is there, and the player shows one of them (see the Replay tab's layout)."""

import math
from collections.abc import Sequence
from hashlib import sha256
from html import escape

from charlm.insight.film import Film
from charlm.insight.references import Reference
from charlm.insight.replay import Frame
from charlm.languages import number
from charlm.text.checkup import label as label_of
from charlm.ui import texts
from charlm.ui.drawings.axes import HEIGHT, WIDTH, Axes
from charlm.ui.drawings.bars import bars
from charlm.ui.drawings.chart import legend, losses
from charlm.ui.drawings.letters import shown
from charlm.ui.drawings.tables import table

TOLD_CHARACTERS, TOLD_TEXT = 3, 60  # likeliest characters, and characters of the text, in a row of the table


def player() -> str:
    """The controls of the film: a button, a slider, and what it shows in words."""
    return (
        f'<div class="player"><button type="button" disabled data-play="{texts.PLAY}" data-pause="{texts.PAUSE}">'
        f'{texts.PLAY}</button><input type="range" min="0" max="0" value="0" step="1" disabled '
        f'aria-label="{texts.FILM_SLIDER}"></div><p class="sentence told" role="status"></p>'
    )


def frames(film: Film, of: str) -> str:
    """The text and the bars of every frame; only the first is visible. `of` names the model.

    The player knows by the film's key whether it goes on, or another one begins.
    """
    key = sha256(repr((of, film.start_text, film.temperature, film.length, film.seed)).encode()).hexdigest()[:16]
    drawn = "".join(_frame(place, frame, film.references) for place, frame in enumerate(film.frames))
    return f'<div class="film" data-film="{key}" data-whole="{str(film.finished).lower()}">{drawn}</div>'


def curve(film: Film) -> str:
    """The losses, the lines to compare with, and for every frame a cursor."""
    guesses: dict[str, float] = {one.name: one.loss for one in film.references}
    steps = [(e.epoch, e.loss) for e in (film.steps or film.scored)]
    known = [*(y for _, y in steps), *(e.val_loss for e in film.scored), *guesses.values()]
    last = max([film.planned, *(math.ceil(e) for e in film.epochs)])
    axes = Axes.over(last, known, max(guesses.values()))
    parts = [*axes.grid(), *losses(axes, steps, film.scored), *axes.references(guesses)]
    cursors = "".join(_cursor(axes, place, frame) for place, frame in enumerate(film.frames))
    return (
        f'<figure class="chart"><figcaption>{texts.CHART} {legend()}</figcaption>'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(passed(film))}">'
        f"{''.join(parts)}{cursors}</svg></figure>"
    )


def kept(film: Film) -> str:
    """Which epochs are kept, and what the network has passed: in words."""
    listed = ", ".join(number(epoch, "g") for epoch in film.epochs)
    told = texts.FILM_KEPT.format(count=len(film.epochs), epochs=listed) if film.epochs else ""
    return f"<p>{escape(passed(film))}</p><p>{escape(told)}</p>"


def passed(film: Film) -> str:
    """When val_loss passed each way of guessing, or that it has not."""
    if not film.scored:
        return texts.FILM_UNSCORED
    best = min(e.val_loss for e in film.scored)
    return " ".join(_passed(one, best) for one in reversed(film.references))


def as_table(film: Film) -> str:
    """The film as a table, a row for each frame."""
    rows = (
        (
            number(frame.epoch, "g"),
            "–" if frame.val_loss is None else number(frame.val_loss, ".3f"),
            "–" if frame.copied is None else number(frame.copied, ".0%"),
            ", ".join(
                f"{label_of(c.character)} {number(c.probability, '.0%')}" for c in frame.characters[:TOLD_CHARACTERS]
            ),
            (frame.start_text + frame.text)[:TOLD_TEXT].replace("\n", " ⏎ "),
        )
        for frame in film.frames
    )
    return table(texts.COLUMNS_FILM, rows)


def _frame(place: int, frame: Frame, references: Sequence[Reference]) -> str:
    name = texts.AFTER_EPOCH.format(epoch=frame.epoch) if frame.epoch else texts.BEFORE_LEARNING
    told = f"{_capital(name)}{_better(frame, references)}"
    if frame.copied:
        told += f" {texts.FILM_COPIED.format(share=frame.copied)}"
    given = f'<span class="given">{shown(frame.start_text)}</span>'
    return (
        f'<section class="frame" data-frame="{place}" data-name="{escape(name)}" data-told="{escape(told)}"'
        f'{" hidden" * bool(place)}><pre class="column">{given}{shown(frame.text)}</pre>{bars(frame.characters)}'
        "</section>"
    )


def _better(frame: Frame, references: Sequence[Reference]) -> str:
    """How good the frame is: its val_loss, and the best way of guessing that it beats."""
    if frame.val_loss is None:
        return "."
    beaten = [one for one in references if frame.val_loss < one.loss]
    loss = texts.FILM_LOSS.format(val_loss=frame.val_loss)
    if not beaten:
        return f": {loss} {texts.FILM_BEATS_NONE}"
    best = min(beaten, key=lambda one: one.loss)
    return f": {loss} {texts.FILM_BEATS.format(name=texts.REFERENCES[best.name], loss=best.loss)}"


def _cursor(axes: Axes, place: int, frame: Frame) -> str:
    top, bottom = (axes.place((frame.epoch, y)) for y in (axes.high, axes.low))
    line = f'<line x1="{top[0]:.1f}" x2="{top[0]:.1f}" y1="{top[1]:.1f}" y2="{bottom[1]:.1f}"/>'
    x, y = axes.place((frame.epoch, frame.val_loss or axes.high))
    dot = "" if frame.val_loss is None else f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7"/>'
    return f'<g class="cursor" data-frame="{place}"{" hidden" * bool(place)}>{line}{dot}</g>'


def _passed(one: Reference, best: float) -> str:
    name = texts.REFERENCES[one.name]
    if one.passed is None:
        return texts.NOT_PASSED.format(name=name, loss=one.loss, best=best)
    return texts.PASSED.format(name=name, loss=one.loss, epoch=math.ceil(one.passed))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
