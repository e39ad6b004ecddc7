"""What happens when a control of the tab Side by side is used."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import gradio as gr

from charlm.ui import models, texts
from charlm.ui.answers import QUIET, SHOW_ADDRESS, in_words
from charlm.ui.contest import MOST, side_by_side
from charlm.ui.drawings import contest as drawings
from charlm.ui.drawings.notes import notice
from charlm.ui.kept import Store, remembered
from charlm.ui.machine import Machine
from charlm.ui.tabs.contest.layout import TAB, Controls


def wire(tab: gr.Tab, on: Controls, machine: Machine, kept: gr.BrowserState) -> None:
    """Connect the controls with what they do."""
    shown = [on.curves, on.table, on.link, on.address, on.looks]
    tab.select(partial(offer, machine), [kept, on.chosen], on.chosen, **QUIET)
    gr.on(
        [tab.select, on.chosen.change, on.looks.tick], partial(draw, on, machine), on.chosen, shown,
        trigger_mode="always_last", **QUIET,
    )  # fmt: skip
    on.address.change(None, on.address, None, js=SHOW_ADDRESS, api_visibility="private")
    tab.select(None, on.address, None, js=SHOW_ADDRESS, api_visibility="private")


def draw(on: Controls, machine: Machine, chosen: list[str] | None) -> dict[Any, Any]:
    """The curves of the chosen runs; as long as one of them is under way they are drawn again."""
    with in_words():
        contenders = side_by_side(machine, _names(chosen))
    names = [models.named(one.model) for one in contenders]
    query = "&".join([f"tab={TAB}", f"runs={','.join(one.model for one in contenders)}"]) if contenders else ""
    return {
        on.curves: drawings.curves(contenders, names),
        on.table: drawings.as_table(contenders, names) if contenders else "",
        on.link: notice(texts.CONTEST_LINK.format(link=f"?{query}")) if query else "",
        on.address: query,
        on.looks: gr.Timer(active=any(one.under_way for one in contenders)),
    }


def offer(machine: Machine, kept: Store, chosen: list[str] | None) -> Any:
    """The runs and models that this visitor can choose, and those that are chosen."""
    names = machine.shelf.everybodys()
    there = [one.model for one in side_by_side(machine, _names(chosen)[:MOST])]
    own = [name for name in dict.fromkeys([*there, *remembered(kept)]) if name not in names]
    own = [name for name in own if name in there or machine.shelf.has(name)]
    choices = [*((models.named(name), name) for name in own), *((name, name) for name in names)]
    return gr.Dropdown(choices, value=there, multiselect=True, allow_custom_value=True)


def open_link(on: Controls, machine: Machine, query: Mapping[str, str]) -> dict[Any, Any]:
    """What the controls show for the runs in an address; nothing if the address names none."""
    if query.get("tab") != TAB:
        return {}
    return {on.chosen: offer(machine, None, query.get("runs", "").split(",")[:MOST])}


def _names(chosen: object) -> list[str]:
    """The chosen names; a script may send anything."""
    return [one for one in chosen if isinstance(one, str)] if isinstance(chosen, list) else []
