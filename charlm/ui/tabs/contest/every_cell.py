"""One click on Train: the same text with rnn, gru and lstm, which the tab Side by side then shows."""

from functools import partial
from typing import Any

import gradio as gr

from charlm.ui.answers import in_words
from charlm.ui.choices import TextChoice
from charlm.ui.contest import begin_every_cell
from charlm.ui.kept import Store, asker, remember, with_key
from charlm.ui.machine import Machine
from charlm.ui.tabs.contest.layout import TAB, Controls
from charlm.ui.tabs.contest.wiring import offer
from charlm.ui.tabs.train import layout as train_layout
from charlm.ui.tabs.train.text import check_fields


def wire_every_cell(
    row: gr.Tabs, train: train_layout.Controls, on: Controls, machine: Machine, kept: gr.BrowserState
) -> None:
    """Connect the button with the queue and with the other tab. `row` holds the tabs."""
    fields = train.settings.fields

    def begin(request: gr.Request, own: Store, seen: Store, preset: str, **asked: Any) -> dict[Any, Any]:
        settings = {name: asked.pop(name) for name in fields}
        with in_words():
            asks = asker(own, request, machine.runs.keys)
            begun = begin_every_cell(machine, asks, TextChoice(**asked), preset, settings)
        for one in reversed(begun):
            own, seen = with_key(one.run, one.key, own), remember(one.run, seen)
        chosen = offer(machine, seen, [one.run for one in begun])
        return {row: gr.Tabs(selected=TAB), on.chosen: chosen, train.own: own, kept: seen}

    train.run.every_cell.click(
        begin, inputs_kwargs={"own": train.own, "seen": kept} | train.asked | fields,
        outputs=[row, on.chosen, train.own, kept], validator=partial(check_fields, machine),
        show_progress="hidden", concurrency_limit=8, api_visibility="private",
    )  # fmt: skip
