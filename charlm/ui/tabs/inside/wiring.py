"""What happens when a control of the Inside tab is used: the model, the text, the chosen cell and character."""

from functools import partial
from typing import Any

import gradio as gr

from charlm.errors import CharlmError
from charlm.ui import inside, models, texts
from charlm.ui.answers import QUIET, in_words
from charlm.ui.drawings import cells as drawings
from charlm.ui.drawings import parts as part_drawings
from charlm.ui.drawings.notes import notice, problem
from charlm.ui.inside import LONGEST_READ
from charlm.ui.kept import Store, key_of
from charlm.ui.machine import Machine
from charlm.ui.tabs.inside.embedding import wire_embedding
from charlm.ui.tabs.inside.layout import Controls, picked
from charlm.ui.tabs.inside.long import wire_long
from charlm.ui.tabs.inside.reach import wire_reach
from charlm.ui.writing import draw_seed, write

WRITTEN = 300  # characters that the model writes for this tab


def wire(tab: gr.Tab, on: Controls, machine: Machine, kept: gr.BrowserState, own: gr.BrowserState) -> None:
    """Connect the controls with what they do."""

    def pick_cell(event: gr.EventData, model: str | None) -> tuple[int, int]:
        return cell_picked(machine, model, picked(event))

    models.keep_current(tab, machine.shelf, kept, on.asked.model)
    shown = [on.cells.coloured, on.cells.table, on.cells.everyone]
    # One listener for all of them: with several, an old answer could arrive last.
    changes = [control.change for control in (on.asked.model, on.asked.text, *vars(on.at).values())]
    gr.on(
        [tab.select, *changes], partial(show_cells, on, machine), inputs_kwargs=on.looked_at, outputs=shown,
        trigger_mode="always_last", **QUIET,
    )  # fmt: skip
    on.asked.model.input(partial(example, on), on.asked.model, on.asked.text, **QUIET)
    on.asked.own_text.click(
        partial(own_text, on, machine), [on.asked.model, own], [on.asked.text, on.asked.note], **QUIET
    )
    on.asked.write.click(
        partial(written, machine), on.asked.model, on.asked.text, show_progress="hidden", concurrency_limit=None,
        api_visibility="private",
    )  # fmt: skip
    for drawing in (on.cells.coloured, on.reach.shaded):
        drawing.click(picked, None, on.at.place, **QUIET)
    for drawing in (on.cells.everyone, on.cells.followers):
        drawing.click(pick_cell, on.asked.model, [on.at.layer, on.at.cell], **QUIET)
    gr.on(
        [on.network.tab.select, on.asked.model.change], partial(show_parts, on, machine), on.asked.model,
        [on.network.chain, on.network.table], **QUIET,
    )  # fmt: skip
    wire_long(on, machine, own)
    wire_reach(on, machine, kept)
    wire_embedding(on, machine)


def show_cells(
    on: Controls, machine: Machine, model: str | None, text: str | None, layer: float | None, cell: float | None,
    place: float | None, mean: bool,
) -> dict[Any, Any]:  # fmt: skip
    """The text coloured by the chosen cell, the same as a table, and all cells after the chosen character."""
    try:
        seen = inside.look(machine, model, text or "")
        # The model or the text may have changed since cell and character were chosen: the nearest there are is shown.
        layer, cell = _within(layer, 1, seen.layers) - 1, _within(cell, 0, seen.units - 1)
        place = _within(place, 0, len(seen.text) - 1)
        gates = seen.gates_along(layer, None if mean else cell)
        note = notice(" ".join(models.unknown(seen.replaced))) if seen.replaced else ""
        return {
            on.cells.coloured: note + drawings.coloured(seen, layer, cell, place, gates),
            on.cells.table: drawings.as_table(seen, layer, cell, gates),
            on.cells.everyone: drawings.everyone(seen, place, layer, cell),
        }
    except CharlmError as error:
        return {on.cells.coloured: problem(str(error).strip()), on.cells.table: "", on.cells.everyone: ""}


def example(on: Controls, model: str | None) -> Any:
    """A text that suits a model that comes with charlm, when it is chosen."""
    return texts.INSIDE_EXAMPLES.get(model or "", gr.skip())


def own_text(on: Controls, machine: Machine, model: str | None, own: Store) -> dict[Any, Any]:
    """A piece of the text that the model learnt, if it is here."""
    with in_words():
        found = inside.text_of(machine, model, key_of(model, own))
    if not found:
        return {on.asked.note: notice(texts.INSIDE_NO_OWN_TEXT)}
    return {on.asked.text: found, on.asked.note: ""}


def written(machine: Machine, model: str | None) -> str:
    """A text that the model writes."""
    length = min(WRITTEN, machine.limits.length)
    with in_words():
        *_, last = write(machine, model, "", 0.7, length, draw_seed())
    return (last.start_text + last.text)[:LONGEST_READ]  # type: ignore[union-attr]  # the last one is no place in a row


def cell_picked(machine: Machine, model: str | None, number: int) -> tuple[int, int]:
    """The layer, counted from 1, and the cell of a number that was clicked."""
    with in_words():
        units = models.card(machine.shelf, model).model.rnn_units
    layer, cell = divmod(number, units)
    return layer + 1, cell


def show_parts(on: Controls, machine: Machine, model: str | None) -> dict[Any, Any]:
    """The network as boxes and as a table."""
    try:
        found, cell = inside.parts(machine, model), models.card(machine.shelf, model).model.cell
    except CharlmError as error:
        return {on.network.chain: problem(str(error).strip()), on.network.table: ""}
    return {on.network.chain: part_drawings.chain(found, cell), on.network.table: part_drawings.as_table(found, cell)}


def _within(value: float | None, least: int, most: int) -> int:
    return int(min(max(value or 0, least), most))
