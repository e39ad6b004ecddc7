"""The next character's chances as HTML: one bar for the network's chance, one for the chance at this temperature."""

from collections.abc import Sequence

from charlm.insight.next_characters import NextCharacter
from charlm.languages import number
from charlm.text.checkup import label
from charlm.ui import texts
from charlm.ui.drawings.letters import shown

SHOWN = 12  # characters


def bars(characters: Sequence[NextCharacter], *, pick: bool = False) -> str:
    """The first SHOWN characters, which come likeliest first. With `pick`, each is a button with the character's id."""
    head = "".join(f'<th scope="col">{name}</th>' for name in texts.COLUMNS_BARS)
    rows = "".join(_row(character, pick) for character in characters[:SHOWN])
    return (
        f'<table class="bars"><caption>{texts.BARS}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(next_one: NextCharacter, pick: bool) -> str:
    name = shown(label(next_one.character))
    if pick:
        name = f'<button type="button" data-pick="{next_one.id}" title="{texts.PICK}">{name}</button>'
    cells = _bar("raw", next_one.probability) + _bar("heated", next_one.heated)
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'


def _bar(kind: str, chance: float) -> str:
    return (
        f'<td><div><span class="track"><span class="bar {kind}" style="width:{100 * chance:.1f}%"></span></span>'
        f'<span class="number">{number(chance, ".1%")}</span></div></td>'
    )
