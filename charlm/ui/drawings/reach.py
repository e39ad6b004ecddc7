"""How far back a network leans: a text shaded by its gradients, and a curve over the distance, as HTML and SVG."""

import math
from collections.abc import Mapping
from html import escape

import numpy as np

from charlm.insight.cells import Cells
from charlm.insight.reach import Reach
from charlm.languages import number
from charlm.text.checkup import label
from charlm.ui import texts
from charlm.ui.drawings.letters import shown, shown_alone
from charlm.ui.drawings.tables import table

WIDTH, HEIGHT = 560, 280  # in the drawing's own units; the page scales it
LEFT, RIGHT, TOP, BOTTOM = 60, 20, 16, 40
FAINTEST = 1e-4  # of the largest: what is less is at the bottom, and has no shade
HALF = 0.5


def shaded(cells: Cells, found: Reach) -> str:
    """The text; the more the chosen character depends on one before it, the stronger is the colour of that one."""
    norms = found.norms
    most = float(norms.max(initial=0.0))
    first = found.place - len(norms)
    characters = "".join(
        _character(i, c, float(norms[found.place - 1 - i]) / most if first <= i < found.place and most else 0.0, found)
        for i, c in enumerate(cells.text)
    )
    return f'<p class="sentence" role="status">{_in_words(cells, found)}</p><pre class="leans">{characters}</pre>'


def curve(curves: Mapping[str, np.ndarray], names: Mapping[str, str]) -> str:
    """The mean gradient at each distance, of several models, each relative to its largest; both scales are told."""
    relative = {model: norms / max(float(norms.max()), 1e-30) for model, norms in curves.items()}
    longest = max(2, *(len(norms) for norms in relative.values()))

    def place(distance: float, value: float) -> tuple[float, float]:
        across = LEFT + (WIDTH - LEFT - RIGHT) * (distance - 1) / (longest - 1)
        down = math.log10(max(value, FAINTEST)) / math.log10(FAINTEST)
        return across, TOP + (HEIGHT - TOP - BOTTOM) * down

    parts = [*_grid(place, longest)]
    for which, norms in enumerate(relative.values(), 1):
        points = " ".join("{:.1f},{:.1f}".format(*place(k, value)) for k, value in enumerate(norms.tolist(), 1))
        parts.append(f'<polyline class="model-{which}" points="{points}"/>')
    key = " ".join(
        f'<span class="key model-{one}">{shown(names[model])}</span>' for one, model in enumerate(relative, 1)
    )
    words = "; ".join(f"{names[model]}: {_half(norms)}" for model, norms in relative.items())
    return (
        f'<figure class="chart"><figcaption>{texts.REACH_CHART} {key}</figcaption>'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(words)}">{"".join(parts)}</svg></figure>'
        + "".join(f'<p role="status">{shown(names[model])}: {_half(norms)}</p>' for model, norms in relative.items())
    )


def as_table(curves: Mapping[str, np.ndarray], names: Mapping[str, str]) -> str:
    """The curves as a table: a row for each distance."""
    longest = max(map(len, curves.values()))
    rows = (
        (number(k + 1), *(number(norms[k], ".2g") if k < len(norms) else "" for norms in curves.values()))
        for k in range(longest)
    )
    return table((texts.REACH_DISTANCE, *(names[model] for model in curves)), rows)


def _half(norms: np.ndarray) -> str:
    """How many characters back half of the whole gradient is reached, and nine tenths."""
    share = np.cumsum(norms) / max(float(norms.sum()), 1e-30)
    half, most = (int(np.searchsorted(share, part)) + 1 for part in (HALF, 0.9))
    return texts.REACH_HALF.format(count=min(half, len(norms)), most=min(most, len(norms)))


def _in_words(cells: Cells, found: Reach) -> str:
    character = shown(label(cells.text[found.place]))
    if not len(found.norms):
        return texts.REACH_NOTHING.format(character=character)
    back = int(found.norms.argmax()) + 1
    other = shown(label(cells.text[found.place - back]))
    return texts.REACH_HERE.format(character=character, place=found.place, other=other, back=back)


def _character(place: int, character: str, share: float, found: Reach) -> str:
    current = ' aria-current="true"' if place == found.place else ""
    title = f' title="{number(found.norms[found.place - 1 - place], ".2g")}"' if share else ""
    return (
        f'<span data-pick="{place}" style="--v:{math.sqrt(share):.2f}"{title}{current}>{shown_alone(character)}</span>'
    )


def _grid(place, longest: int):  # type: ignore[no-untyped-def]
    for power in range(0, -5, -1):
        x, y = place(1, 10.0**power)
        yield f'<line class="grid" x1="{x:.1f}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="tick end" x="{x - 8:.1f}" y="{y + 4:.1f}">{number(10.0**power, "g")}</text>'
    for distance in [1, *range(20, longest + 1, 20)]:
        x, _ = place(distance, 1)
        yield f'<text class="tick middle" x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}">{number(distance)}</text>'
    yield f'<text class="tick end" x="{WIDTH - RIGHT}" y="{HEIGHT - 4}">{texts.REACH_DISTANCE}</text>'
