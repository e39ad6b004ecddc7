"""The norm of a run's gradient as SVG: each step before clipping, and the line above which it is clipped."""

import math
from collections.abc import Sequence
from html import escape

from charlm.events import Event, RunStarted, StepFinished
from charlm.languages import number
from charlm.ui import texts

WIDTH, HEIGHT = 560, 160  # in the drawing's own units; the page scales it
LEFT, RIGHT, TOP, BOTTOM = 46, 20, 14, 36
POINTS = 240  # at most; each is the largest of some steps, so that no peak is lost


def gradient(events: Sequence[Event]) -> str:
    """The curve of the norms, on a scale of powers of ten. "" for a run that did not tell any."""
    started = next((e for e in reversed(events) if isinstance(e, RunStarted)), None)
    steps = [(e.epoch, e.gradient_norm) for e in events if isinstance(e, StepFinished) if e.gradient_norm is not None]
    norms = [norm for _, norm in steps if 0 < norm < math.inf]
    if started is None or not norms:
        return ""
    clip_norm = started.clip_norm
    low = math.floor(math.log10(min([*norms, clip_norm or math.inf])))
    high = max(low + 1, math.ceil(math.log10(max([*norms, clip_norm or 0.0]))))

    def place(epoch: float, norm: float) -> tuple[float, float]:
        across = LEFT + (WIDTH - LEFT - RIGHT) * epoch / max(started.epochs, 1)
        up = (math.log10(max(norm, 10.0**low)) - low) / (high - low)
        return across, TOP + (HEIGHT - TOP - BOTTOM) * (1 - min(up, 1.0))

    points = " ".join("{:.1f},{:.1f}".format(*place(*point)) for point in _peaks(steps))
    ticks = "".join(_tick(*place(0, 10.0**power), number(10.0**power, "g")) for power in range(low, high + 1))
    line = f'<polyline class="gradient" points="{points}"/>'
    told = texts.GRADIENT_CHART if clip_norm else texts.GRADIENT_CHART_FREE
    words = escape(_in_words(norms, clip_norm))
    return (
        f'<figure class="chart"><figcaption>{told}</figcaption><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{words}">{ticks}{line}{_clip(place, clip_norm)}</svg><p>{words}</p></figure>'
    )


def _peaks(steps: list[tuple[float, float]]) -> list[tuple[float, float]]:
    size = -(-len(steps) // POINTS)
    groups = [steps[at : at + size] for at in range(0, len(steps), size)]
    return [(group[-1][0], max(norm for _, norm in group)) for group in groups]


def _tick(x: float, y: float, words: str) -> str:
    return (
        f'<line class="grid" x1="{x:.1f}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text class="tick end" x="{x - 8:.1f}" y="{y + 4:.1f}">{words}</text>'
    )


def _clip(place, clip_norm: float | None) -> str:  # type: ignore[no-untyped-def]
    if not clip_norm:
        return ""
    x, y = place(0, clip_norm)
    return (
        f'<line class="reference" x1="{x:.1f}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text class="reference end" x="{WIDTH - RIGHT}" y="{y - 5:.1f}">'
        f"{escape(texts.GRADIENT_CLIP.format(norm=clip_norm))}</text>"
    )


def _in_words(norms: list[float], clip_norm: float | None) -> str:
    sizes = texts.GRADIENT_WORDS.format(low=min(norms), high=max(norms), last=norms[-1])
    if not clip_norm:
        return sizes
    return f"{sizes} {texts.GRADIENT_CLIPPED.format(share=sum(norm > clip_norm for norm in norms) / len(norms))}"
