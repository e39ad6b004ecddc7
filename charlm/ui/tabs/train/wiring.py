"""What happens when a control of the Train tab is used."""

from typing import Any

import gradio as gr

from charlm.ui.machine import Machine
from charlm.ui.tabs.train.forget import wire_forget
from charlm.ui.tabs.train.layout import Controls
from charlm.ui.tabs.train.run import wire_run
from charlm.ui.tabs.train.text import wire_text
from charlm.ui.tabs.train.time import wire_time


def wire(page: gr.Blocks, tab: gr.Tab, on: Controls, machine: Machine, kept: gr.BrowserState) -> tuple[Any, list[Any]]:
    """Connect the controls with what they do. Returns the events that bring numbers, as `wire_text` does."""
    opened, looks = wire_text(page, on, machine)
    wire_time(on, machine, [opened, *looks])
    wire_run(page, tab, on, machine, kept)
    wire_forget(on, machine, kept)
    return opened, looks
