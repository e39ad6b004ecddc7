"""Which cells follow what, as buttons; and what a model writes without one of them, as HTML."""

from charlm.insight.shortlist import Shortlist
from charlm.insight.specimen import Specimen
from charlm.insight.switched_off import Cost, SwitchedOff
from charlm.ui import texts
from charlm.ui.drawings.cells import name, pick, signed
from charlm.ui.drawings.letters import shown, shown_alone
from charlm.ui.drawings.notes import notice, progress

SHOWN = 24  # cells


def followers(found: Shortlist, text: Specimen, layers: int, units: int) -> str:
    """A button for each cell that follows something, on which text that was found, and what chance reaches."""
    where = texts.INSIDE_SOURCES[text.source].format(count=found.characters, name=text.name)
    told = notice(f"{where} {texts.INSIDE_CHANCE.format(chance=found.chance)}")
    if not found.followers:
        return f'<p class="sentence" role="status">{texts.INSIDE_NO_FOLLOWERS}</p>{told}'
    buttons = "".join(
        pick(
            one.layer * units + one.cell,
            texts.INSIDE_FOLLOWS.format(
                cell=name(one.layer, one.cell, layers), feature=texts.FEATURES[one.feature], r=signed(one.r)
            ),
        )
        for one in found.followers[:SHOWN]
    )
    count = texts.INSIDE_FOLLOWERS.format(count=len(found.followers), all=layers * units)
    return f'<p class="sentence" role="status">{count}</p><p class="picks">{buttons}</p>{told}'


def reading(read: int, characters: int) -> str:
    """How far the reading is."""
    bar = f'<progress max="{characters}" value="{read}" aria-hidden="true"></progress>'
    return progress(texts.INSIDE_READING.format(read=read, characters=characters)) + bar


def switched_off(found: SwitchedOff, layers: int) -> str:
    """Both texts side by side; the first character that differs is marked. Then the costs, in words."""
    cell = name(found.layer, found.cell, layers)
    columns = "".join(
        f"<section><h3>{title.format(cell=cell, value=signed(found.held))}</h3>"
        f'<pre class="column"><span class="given">{shown(found.start_text)}</span>{_marked(text, found.parts_at)}</pre>'
        "</section>"
        for title, text in ((texts.INSIDE_WITH, found.text), (texts.INSIDE_WITHOUT, found.without))
    )
    if not found.finished:
        return f'{progress(texts.INSIDE_MEASURING)}<div class="beside">{columns}</div>'
    same = f"<p>{texts.INSIDE_SAME}</p>" if found.parts_at is None else ""
    return f'<div role="status">{same}{_costs(found, cell)}</div><div class="beside">{columns}</div>'


def _costs(found: SwitchedOff, cell: str) -> str:
    told = []
    if found.cost:
        told.append(texts.INSIDE_COST.format(cell=cell, **_numbers(found.cost)))
    if found.feature_cost:
        feature = texts.FEATURES[found.feature]
        told.append(texts.INSIDE_FEATURE_COST.format(feature=feature, **_numbers(found.feature_cost)))
    return "".join(f'<p class="sentence">{sentence}</p>' for sentence in told)


def _numbers(cost: Cost) -> dict[str, float | int]:
    return {**vars(cost), "count": cost.characters, "more": cost.without - cost.with_cell}


def _marked(text: str, place: int | None) -> str:
    if place is None or place >= len(text):
        return shown(text)
    mark = f'<mark class="parts">{shown_alone(text[place])}</mark>'
    return f"{shown(text[:place])}{mark}{shown(text[place + 1 :])}"
