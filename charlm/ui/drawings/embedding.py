"""From one-hot to embedding: the row of a character, its neighbours, and the map of all characters, as HTML and SVG."""

from html import escape

import numpy as np

from charlm.insight.embedding import Embedding, Kind, Map, Neighbour
from charlm.text.checkup import label
from charlm.ui import texts
from charlm.ui.drawings.cells import signed
from charlm.ui.drawings.letters import shown
from charlm.ui.drawings.tables import table

WIDTH, HEIGHT, EDGE = 600, 440, 26
MOST_MARKS = 400  # of a larger alphabet, such as a Chinese one, only so many characters are on the map
MOST_ONES = 400  # and its one-hot vector is drawn with so many places
SHAPES: dict[Kind, str] = {
    "vowel": '<circle class="vowel" cx="{x:.1f}" cy="{y:.1f}" r="13"/>',
    "capital": '<rect class="capital" x="{left:.1f}" y="{top:.1f}" width="24" height="24"/>',
    "digit": '<path class="digit" d="M{x:.1f} {peak:.1f} l16 28 h-32 z"/>',
}
SHORT = {"\n": "⏎", "\t": "⇥", " ": "␣", "\u00a0": "⍽"}


def row(found: Embedding, character: str) -> str:
    """The one-hot vector of a character, and the row that it picks out of the table."""
    id_, size = found.alphabet.index(character), len(found.alphabet)
    places = min(size, MOST_ONES)
    ones = "".join(f'<i class="{"one" if k == id_ * places // size else "zero"}"></i>' for k in range(places))
    numbers = found.table[id_].tolist()
    most = max(map(abs, numbers), default=1.0) or 1.0
    bars = "".join(
        f'<i class="{"plus" if n > 0 else "minus"}" style="--h:{abs(n) / most:.0%}" title="{signed(n)}"></i>'
        for n in numbers
    )
    told = texts.ROW_HERE.format(character=shown(label(character)), id=id_, size=size, dim=len(numbers))
    return (
        f'<p class="sentence" role="status">{told}</p><p>{texts.ONE_HOT}</p>'
        f'<div class="one-hot" aria-hidden="true">{ones}</div><p>{texts.ROW}</p>'
        f'<div class="numbers" aria-hidden="true">{bars}</div>'
    )


def plane(found: Embedding, seen: Map, character: str) -> str:
    """All characters on the map; a click chooses one."""
    low, high = seen.points.min(0), seen.points.max(0)
    size = np.where(high > low, high - low, 1.0)
    room = np.array([WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE])
    places = EDGE + (seen.points - low) / size * room
    kinds, chosen = found.kinds, found.alphabet.index(character)
    every = -(-len(found.alphabet) // MOST_MARKS)
    # The chosen one is drawn last, so that no other hides it.
    order = [*(k for k in range(0, len(found.alphabet), every) if k != chosen), chosen]
    marks = "".join(_mark(k, found.alphabet[k], kinds[k], places[k].tolist(), k == chosen) for k in order)
    words = texts.MAP_SHOWS.format(share=seen.shown)
    return (
        f'<figure class="map"><figcaption>{words} {texts.MAP_KEY}</figcaption>'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(words)}">{marks}</svg></figure>'
    )


def neighbours(character: str, alike: tuple[Neighbour, ...]) -> str:
    """The characters with the most similar rows, as a table."""
    rows = ((label(one.character), signed(one.similarity)) for one in alike)
    title = texts.NEIGHBOURS.format(character=shown(label(character)))
    return f"<h3>{title}</h3>{table(texts.COLUMNS_NEIGHBOURS, rows)}"


def _mark(id_: int, character: str, kind: Kind, place: list[float], chosen: bool) -> str:
    x, y = place[0], HEIGHT - place[1]
    shape = SHAPES.get(kind, "").format(x=x, y=y, left=x - 12, top=y - 12, peak=y - 18)
    sign = SHORT.get(character) or (character if character.isprintable() else f"{ord(character):X}")
    return (
        f'<g data-pick="{id_}" class="{"chosen" if chosen else ""}"><title>{escape(label(character))}</title>{shape}'
        f'<text x="{x:.1f}" y="{y + 5:.1f}">{escape(sign)}</text></g>'
    )
