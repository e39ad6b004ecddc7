"""The network with its own numbers: a box for each part, in the order in which a character goes through them."""

import math
from collections.abc import Sequence

from charlm.insight.parts import Part
from charlm.languages import number
from charlm.ui import texts
from charlm.ui.drawings.tables import table


def chain(parts: Sequence[Part], cell: str) -> str:
    """Boxes with arrows between them. A bar shows the part's share of all parameters."""
    total = sum(part.parameters for part in parts) or 1
    boxes = "".join(
        f"<li><h3>{_title(part, cell)}</h3><p>{_shape(part)}</p><p>{_matrices(part)}</p>"
        f"<p><b>{texts.PARAMETERS.format(count=part.parameters)}</b></p>"
        f'<span class="share" style="width:{part.parameters / total:.0%}"></span></li>'
        for part in parts
    )
    return f'<p class="sentence">{texts.PARAMETERS_ALL.format(count=total)}</p><ol class="chain">{boxes}</ol>'


def as_table(parts: Sequence[Part], cell: str) -> str:
    """Every array with its shape and its count; the counts add up to the card's."""
    rows = [
        (_title(part, cell), name, " × ".join(number(n, ",") for n in shape), number(math.prod(shape), ","))
        for part in parts
        for name, shape in part.arrays.items()
    ]
    total = sum(part.parameters for part in parts)
    return table(texts.COLUMNS_PARTS, [*rows, (texts.TOGETHER, "", "", number(total, ","))])


def _title(part: Part, cell: str) -> str:
    kind, _, number = part.name.partition(" ")
    return texts.PART_NAMES[kind].format(number=number, cell=cell.upper())


def _shape(part: Part) -> str:
    kind = part.name.split()[0]
    return texts.PART_SHAPES[kind].format(takes=part.takes, gives=part.gives)


def _matrices(part: Part) -> str:
    return texts.PART_GATES[part.gates] if part.gates else ""
