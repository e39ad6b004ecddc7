"""What happens when a control of the Surprise tab is used."""

from typing import Any

import gradio as gr

from charlm.ui import models
from charlm.ui.answers import in_words
from charlm.ui.drawings import surprise as drawings
from charlm.ui.machine import Machine
from charlm.ui.tabs.surprise.layout import Controls
from charlm.ui.writing import be_surprised


def wire(tab: gr.Tab, on: Controls, machine: Machine, kept: gr.BrowserState) -> None:
    """Connect the controls with what they do."""

    def look(sentence: str, model: str | None, other_model: str | None) -> dict[Any, Any]:
        return shade(on, machine, sentence, model, other_model)

    models.keep_current(tab, machine.shelf, kept, on.model)
    models.keep_current(tab, machine.shelf, kept, on.other_model, rank=1)
    on.look.click(
        look, [on.sentence, on.model, on.other_model], [on.outcome, *on.shaded, on.verdict, on.table],
        api_visibility="private", show_progress="hidden", concurrency_limit=2,
    )  # fmt: skip


def shade(
    on: Controls, machine: Machine, sentence: str | None, model: str | None, other_model: str | None
) -> dict[Any, Any]:
    """The sentence shaded for each model, the model whose style it is, and the numbers as a table."""
    with in_words():
        names = list(dict.fromkeys(name for name in (model, other_model) if name)) or [""]
        seen = [be_surprised(machine, name, sentence or "") for name in names]
    titles = [models.named(name) for name in names]
    notes = [" ".join(models.unknown(s.replaced)) if s.replaced else "" for s in seen]
    shaded = [drawings.shaded(*columns) for columns in zip(titles, seen, notes, strict=True)]
    tables = [drawings.as_table(*columns) for columns in zip(titles, seen, strict=True)]
    return {
        on.outcome: gr.Column(visible=True),
        **dict(zip(on.shaded, [*shaded, ""], strict=False)),
        on.verdict: drawings.verdict(titles, seen),
        on.table: "".join(tables),
    }
