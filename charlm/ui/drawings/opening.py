"""The first screen as HTML: a sentence, two ways on, and a film of texts that a network wrote while it learnt."""

from collections.abc import Sequence
from html import escape
from typing import Protocol

from charlm.languages import number
from charlm.ui import texts
from charlm.ui.drawings.letters import shown

WIDTH, HEIGHT, EDGE = 520, 64, 6  # of the curve


class Still(Protocol):
    """What a network wrote at one moment of its learning."""

    @property
    def epoch(self) -> float:
        """0 is before learning."""

    @property
    def val_loss(self) -> float | None:
        """In nats per character; None where it was not scored."""

    @property
    def text(self) -> str:
        """With the start."""


def opening(stills: Sequence[Still], ready: bool) -> str:
    """The first screen; `ready` says that there is a model that can write.

    Where a visitor wants no motion, the first and the last still stand for all.
    """
    write = f'<button type="button" data-open="write">{texts.LET_IT_WRITE}</button>' if ready else ""
    return (
        f'<div class="opening"><div class="ways"><h2>{escape(texts.LEAD)}</h2><p class="go">'
        f'<button type="button" class="first" data-open="train">{texts.TEACH_MINE}</button>{write}</p></div>'
        f"{_film(stills)}</div>"
    )


def _film(stills: Sequence[Still]) -> str:
    frames = "".join(_frame(n, one) for n, one in enumerate(stills))
    still = "".join(f"<div>{_when(one)}<pre>{shown(one.text)}</pre></div>" for one in (stills[0], stills[-1]))
    return (
        f'<figure class="reel" aria-label="{escape(texts.REEL)}"><div class="moving"><button type="button" '
        f'class="pause" data-play="{texts.PLAY}" data-pause="{texts.PAUSE}" aria-label="{texts.PAUSE}"></button>'
        f'<div class="screen">{frames}</div>{_curve(stills)}</div>'
        f'<div class="still">{still}</div><figcaption>{escape(texts.REEL)}</figcaption></figure>'
    )


def _frame(place: int, one: Still) -> str:
    seen = "" if place == 0 else " hidden"
    return f'<div data-still="{place}"{seen}>{_when(one)}<pre>{shown(one.text)}</pre></div>'


def _when(one: Still) -> str:
    name = texts.AFTER_EPOCH.format(epoch=one.epoch) if one.epoch else texts.BEFORE_LEARNING
    loss = "" if one.val_loss is None else f"<span>val_loss {number(one.val_loss, '.2f')}</span>"
    return f'<p class="when"><b>{escape(name)}</b>{loss}</p>'


def _curve(stills: Sequence[Still]) -> str:
    """The val_loss of the scored epochs, and a dot for each of them."""
    scored = [(place, one.val_loss) for place, one in enumerate(stills) if one.val_loss is not None]
    high, low = max(loss for _, loss in scored), min(loss for _, loss in scored)
    points = [
        (
            EDGE + place / (len(stills) - 1) * (WIDTH - 2 * EDGE),
            EDGE + (high - loss) / (high - low) * (HEIGHT - 2 * EDGE),
        )
        for place, loss in scored
    ]
    line = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
    dots = "".join(
        f'<circle data-dot="{place}" cx="{x:.0f}" cy="{y:.0f}" r="5" visibility="hidden"/>'
        for (place, _), (x, y) in zip(scored, points, strict=True)
    )
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true"><polyline points="{line}"/>{dots}</svg>'
