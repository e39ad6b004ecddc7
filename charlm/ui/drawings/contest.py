"""Several runs in one chart. Each line has its own dash, mark and name: the colour alone says nothing."""

import math
from collections.abc import Sequence
from html import escape

from charlm.languages import number
from charlm.ui import texts
from charlm.ui.drawings.axes import HEIGHT, WIDTH, Axes, Point, label, line
from charlm.ui.drawings.duration import clock
from charlm.ui.drawings.notes import notice
from charlm.ui.drawings.tables import table
from charlm.ui.standing import Contender

MARKS = ("●", "■", "▲", "◆")  # of the first run, the second, ...
SPACE = 40.0  # between two marks of a line, in the drawing's units


def curves(contenders: Sequence[Contender], names: Sequence[str]) -> str:
    """The val_loss of every run. `names` has the name of each, as the page shows it."""
    scored = [one for one in contenders if one.scored]
    if not contenders:
        return notice(texts.CONTEST_EMPTY)
    if not scored:
        return notice(texts.CONTEST_WAITING)
    losses = [e.val_loss for one in scored for e in one.scored]
    last = max(one.planned for one in contenders)
    last = max(last, math.ceil(max(e.epoch for one in scored for e in one.scored)))
    axes = Axes.around(last, losses)
    guesses = {name: loss for name, loss in _guesses(contenders).items() if axes.shows(loss)}
    drawn = "".join(_curve(axes, place, one) for place, one in enumerate(contenders))
    return (
        f'<figure class="chart contest"><figcaption>{texts.CONTEST}{_legend(contenders, names)}</figcaption>'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(_in_words(contenders, names))}">'
        f"{''.join([*axes.grid(), *axes.references(guesses), drawn])}</svg></figure>"
    )


def as_table(contenders: Sequence[Contender], names: Sequence[str]) -> str:
    """The runs as a table: what differs between them, and how far each has come."""
    rows = (
        (
            f"{MARKS[place]} {name}",
            _network(one),
            texts.OF.format(done=number(one.scored[-1].epoch if one.scored else 0, "g"), all=one.planned or "–"),
            number(one.best.val_loss, ".3f") if one.best else "–",
            clock(one.scored[-1].seconds) if one.scored else "–",
            _state(one),
        )
        for place, (one, name) in enumerate(zip(contenders, names, strict=True))
    )
    return table(texts.COLUMNS_CONTEST, rows)


def _guesses(contenders: Sequence[Contender]) -> dict[str, float]:
    """The losses of simpler guesses, if all runs learn the same text."""
    if len({one.card.corpus.sha256 for one in contenders if one.card}) > 1:
        return {}
    return {guess.name: guess.loss for one in contenders for guess in one.references}


def _curve(axes: Axes, place: int, one: Contender) -> str:
    places = [axes.place((e.epoch, e.val_loss)) for e in one.scored]
    marks = "".join(label(x, y, MARKS[place], f"mark n{place}") for x, y in _apart(places))
    return line(places, f"n{place}") + marks


def _apart(places: Sequence[Point]) -> list[Point]:
    """Some of the places, so that their marks do not touch; the last one is among them."""
    some: list[Point] = []
    for place in reversed(places):
        if not some or some[-1][0] - place[0] >= SPACE:
            some.append(place)
    return some


def _legend(contenders: Sequence[Contender], names: Sequence[str]) -> str:
    listed = "".join(
        f'<li><svg viewBox="0 0 60 16" aria-hidden="true">{line([(0, 8), (60, 8)], f"n{place}")}'
        f"{label(30, 8, MARKS[place], f'mark n{place}')}</svg> {escape(_named(one, name))}</li>"
        for place, (one, name) in enumerate(zip(contenders, names, strict=True))
    )
    return f'<ul class="legend">{listed}</ul>'


def _in_words(contenders: Sequence[Contender], names: Sequence[str]) -> str:
    return " ".join(
        texts.CONTENDER_BEST.format(name=_named(one, name), val_loss=one.best.val_loss, epoch=one.best.epoch)
        if one.best
        else texts.CONTENDER_NONE.format(name=_named(one, name))
        for one, name in zip(contenders, names, strict=True)
    )


def _named(one: Contender, name: str) -> str:
    return f"{_network(one) if one.card else _state(one)}: {name}"


def _network(one: Contender) -> str:
    if one.card is None:
        return "–"
    model = one.card.model
    layers = texts.LAYERS.format(layers=model.layers) if model.layers > 1 else ""
    return texts.UNITS.format(cell=model.cell, count=model.rnn_units) + layers


def _state(one: Contender) -> str:
    return texts.CONTEST_PLACE.format(place=one.place) if one.state == "waiting" else texts.STATES[one.state]
