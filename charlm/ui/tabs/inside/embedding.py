"""The embedding, on the Inside tab."""

from functools import partial
from typing import Any

import gradio as gr

from charlm.errors import CharlmError
from charlm.insight.embedding import plane
from charlm.text.checkup import label
from charlm.ui import inside, texts
from charlm.ui.answers import QUIET, in_words
from charlm.ui.drawings import embedding as drawings
from charlm.ui.drawings.notes import notice, problem
from charlm.ui.machine import Machine
from charlm.ui.tabs.inside.layout import Controls, picked


def wire_embedding(on: Controls, machine: Machine) -> None:
    """Connect the part's controls."""
    part, model = on.embedding, on.asked.model
    outputs = [part.character, part.row, part.plane, part.neighbours]
    gr.on(
        [part.tab.select, model.change, part.character.input, part.which.change], partial(show, on, machine),
        [model, part.character, part.which], outputs, trigger_mode="always_last", **QUIET,
    )  # fmt: skip

    def pick(event: gr.EventData, model: str | None, which: str) -> dict[Any, Any]:
        with in_words():
            alphabet = inside.embedding(machine, model).alphabet
        return show(on, machine, model, alphabet[picked(event) % len(alphabet)], which)

    part.plane.click(pick, [model, part.which], outputs, **QUIET)


def show(on: Controls, machine: Machine, model: str | None, character: str | None, which: str) -> dict[Any, Any]:
    """The row of the chosen character, the map of one of the tables, and the neighbours in it."""
    part = on.embedding
    try:
        found = inside.embedding(machine, model)
    except CharlmError as error:
        return {part.row: problem(str(error).strip()), part.plane: "", part.neighbours: ""}
    alphabet = found.alphabet
    chosen = character if character and character in alphabet else next((c for c in "ae" if c in alphabet), alphabet[0])
    table = {"before": found.before, "changed": found.changed}.get(which, found.table)
    shown = {
        part.character: gr.Dropdown([(label(c), c) for c in alphabet], value=chosen),
        part.row: drawings.row(found, chosen),
    }
    if table is None:
        return shown | {part.plane: notice(texts.TABLE_UNKNOWN), part.neighbours: ""}
    alike = found.neighbours(chosen, table=table)
    return shown | {
        part.plane: drawings.plane(found, plane(table), chosen),
        part.neighbours: drawings.neighbours(chosen, alike),
    }
