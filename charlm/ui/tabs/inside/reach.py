"""How far back a model leans, on the Inside tab."""

from functools import partial
from typing import Any

import gradio as gr

from charlm.errors import CharlmError
from charlm.ui import inside, models
from charlm.ui.answers import QUIET, in_words
from charlm.ui.drawings import reach as drawings
from charlm.ui.drawings.notes import problem
from charlm.ui.kept import Store, remembered
from charlm.ui.machine import Machine
from charlm.ui.tabs.inside.layout import Controls


def wire_reach(on: Controls, machine: Machine, kept: gr.BrowserState) -> None:
    """Connect the part's controls."""
    part, asked = on.reach, on.asked
    gr.on(
        [part.tab.select, asked.model.change, asked.text.change, on.at.place.change], partial(show, on, machine),
        [asked.model, asked.text, on.at.place], part.shaded, trigger_mode="always_last", **QUIET,
    )  # fmt: skip
    part.tab.select(partial(offer_others, machine), kept, part.others, **QUIET)
    part.draw.click(
        partial(draw, on, machine), [asked.model, part.others, asked.text], [part.curve, part.table],
        show_progress="hidden", concurrency_limit=1, api_visibility="private",
    )  # fmt: skip


def show(on: Controls, machine: Machine, model: str | None, text: str | None, place: float | None) -> str:
    """The text, shaded by how much the chosen character depends on each before it."""
    try:
        seen = inside.look(machine, model, text or "")
        at = int(min(max(place or 0, 0), len(seen.text) - 1))
        return drawings.shaded(*inside.reach(machine, model, text or "", at))
    except CharlmError as error:
        return problem(str(error).strip())


def offer_others(machine: Machine, kept: Store) -> Any:
    """The models that can be drawn beside the chosen one."""
    names = machine.shelf.everybodys()
    own = [run for run in remembered(kept) if run not in names and machine.shelf.has(run)]
    return gr.Dropdown([(models.named(name), name) for name in (*names, *own)])


def draw(
    on: Controls, machine: Machine, model: str | None, others: list[str] | None, text: str | None
) -> dict[Any, Any]:
    """The curves of the model and of the others."""
    with in_words():
        names = list(dict.fromkeys([model or "", *(others or [])]))
        found = inside.curves(machine, names, text or "")
    titles = {name: models.named(name) for name in found}
    return {on.reach.curve: drawings.curve(found, titles), on.reach.table: drawings.as_table(found, titles)}
