"""A text coloured by one cell, its gates as strips below, and all cells after one character: as HTML.

Orange is above zero and blue below, which people who see few colours can tell apart. The sign is also drawn as a line:
above the character for plus, below it for minus.
"""

from collections.abc import Sequence
from html import escape

import numpy as np

from charlm.insight.cells import Cells
from charlm.languages import number
from charlm.text.checkup import label
from charlm.ui import texts
from charlm.ui.drawings.letters import shown, shown_alone
from charlm.ui.drawings.tables import table

SURE = 0.1  # an activation nearer to zero has no sign worth a line
STRONGEST = 12  # cells that are named beside the picture of all


def coloured(cells: Cells, layer: int, cell: int, place: int, gates: dict[str, np.ndarray]) -> str:
    """The text, coloured by a cell; below each character its gates. A click chooses a character."""
    values = cells.along(layer, cell).tolist()
    columns = list(zip(*(gate.tolist() for gate in gates.values()), strict=True)) or [()] * len(values)
    characters = "".join(_character(i, c, values[i], columns[i], i == place) for i, c in enumerate(cells.text))
    here = texts.INSIDE_HERE.format(
        layer=layer + 1, cell=cell, place=place, character=shown(label(cells.text[place])), value=signed(values[place])
    )
    told = f"{here} {_gates_in_words(gates, place)}"
    return (
        f'<p class="sentence" role="status">{told}</p>{legend(gates)}'
        f'<pre class="cells lanes-{len(gates)}">{characters}</pre>'
    )


def legend(gates: Sequence[str] | dict[str, np.ndarray] = ()) -> str:
    """What the colours and the strips mean."""
    names = ", ".join(f"{texts.GATES[name]} ({texts.OPEN_GATES[name]})" for name in gates)
    lanes = f" {texts.INSIDE_LANES.format(names=names)}" if gates else ""
    return f'<p class="legend">{texts.INSIDE_LEGEND}{lanes}</p>'


def as_table(cells: Cells, layer: int, cell: int, gates: dict[str, np.ndarray]) -> str:
    """The same as a table."""
    values = cells.along(layer, cell).tolist()
    rows = (
        (number(i), label(c), signed(values[i]), *(number(gate[i], ".2f") for gate in gates.values()))
        for i, c in enumerate(cells.text)
    )
    return table((*texts.COLUMNS_CELL, *(texts.GATES[name] for name in gates)), rows)


def everyone(cells: Cells, place: int, layer: int, cell: int) -> str:
    """All cells after one character, a square each, and the strongest as buttons. A click chooses a cell."""
    title = texts.INSIDE_ALL.format(place=place, character=shown(label(cells.text[place])))
    layers = "".join(_squares(cells, place, depth, cell if depth == layer else None) for depth in range(cells.layers))
    now = cells.shown[:, place].reshape(-1)
    strongest = np.argsort(-np.abs(now), kind="stable")[:STRONGEST].tolist()
    buttons = "".join(
        pick(one, f"{name(one // cells.units, one % cells.units, cells.layers)}: {signed(float(now[one]))}")
        for one in strongest
    )
    return f'<p class="sentence">{title}</p>{layers}<p>{texts.INSIDE_STRONGEST}</p><p class="picks">{buttons}</p>'


def name(layer: int, cell: int, layers: int) -> str:
    """A cell's name; the layer is only named if there are several."""
    return (texts.CELL_OF_LAYER if layers > 1 else texts.CELL_ALONE).format(cell=cell, layer=layer + 1)


def pick(cell: int, words: str) -> str:
    """A button that chooses a cell by its number, counted through all layers."""
    return f'<button type="button" data-pick="{cell}">{escape(words)}</button>'


def signed(value: float) -> str:
    """A number with its sign, which is as long as a plus."""
    return number(value, "+.2f").replace("-", "−")


def _character(place: int, character: str, value: float, gates: Sequence[float], chosen: bool) -> str:
    lanes = "".join(f";--g{k}:{gate:.0%}" for k, gate in enumerate(gates, 1))
    current = ' aria-current="true"' if chosen else ""
    return (
        f'<span data-pick="{place}" class="{_tone(value)}" style="--v:{_strength(value)}{lanes}"'
        f' title="{signed(value)}"{current}>{shown_alone(character)}</span>'
    )


def _squares(cells: Cells, place: int, layer: int, chosen: int | None) -> str:
    squares = "".join(
        f'<i data-pick="{layer * cells.units + k}" class="{_tone(value)}{" chosen" if k == chosen else ""}" '
        f'style="--v:{_strength(value)}" title="{k}: {signed(value)}"></i>'
        for k, value in enumerate(cells.shown[layer, place].tolist())
    )
    title = f"<h3>{texts.LAYER.format(layer=layer + 1)}</h3>" if cells.layers > 1 else ""
    return f'{title}<div class="squares" aria-hidden="true">{squares}</div>'


def _gates_in_words(gates: dict[str, np.ndarray], place: int) -> str:
    if not gates:
        return texts.NO_GATES
    told = ", ".join(f"{texts.GATES[name]} {number(gate[place], '.2f')}" for name, gate in gates.items())
    return f"{told[:1].upper()}{told[1:]}."


def _tone(value: float) -> str:
    tone = "plus" if value > 0 else "minus"
    return f"{tone} sure" if abs(value) >= SURE else tone


def _strength(value: float) -> str:
    return f"{min(1.0, abs(value)):.2f}"
