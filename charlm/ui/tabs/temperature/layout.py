"""The Temperature tab's controls."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from charlm.ui import models, texts
from charlm.ui.drawings.notes import progress
from charlm.ui.fields import checked_number, checked_slider
from charlm.ui.lesson import HOTTEST, LENGTHS, LONGEST_START, TEMPERATURES
from charlm.ui.machine import Machine


@dataclass(frozen=True)
class Controls:
    """The controls of the tab."""

    model: gr.Dropdown
    start: gr.Textbox
    length: gr.Slider
    seed: gr.Number
    run: gr.Button
    again: gr.Button
    stop: gr.Button
    state: gr.HTML
    temperatures: tuple[gr.Slider, ...]
    columns: tuple[gr.HTML, ...]  # one below each temperature
    link: gr.Button
    save: gr.Button
    address: gr.Textbox  # the lesson as the query of an address; hidden
    handout: gr.Textbox  # the page to print; hidden

    @property
    def lesson(self) -> dict[str, Any]:
        """The controls that a link sets, by the names that a callback has for them."""
        heats = {f"temperature_{number}": slider for number, slider in enumerate(self.temperatures, 1)}
        return {"model": self.model, "start": self.start, "seed": self.seed, "length": self.length} | heats


def lay_out(machine: Machine) -> Controls:
    """Put the controls on the page that is being built."""
    gr.Markdown(texts.LAB_LEAD, elem_classes="step")
    least, most = LENGTHS[0], min(LENGTHS[1], machine.limits.length)
    with gr.Row(equal_height=True):
        model = models.dropdown(machine.shelf, "lab-model")
        start = gr.Textbox(
            label=texts.START_TEXT, info=texts.LAB_START_INFO, lines=2, max_lines=4, max_length=LONGEST_START,
            elem_id="lab-start",
        )  # fmt: skip
        length = checked_slider(
            least, most, min(300, most), step=50, label=texts.LENGTH, info=texts.LAB_LENGTH_INFO, elem_id="lab-length"
        )
        seed = checked_number(1, label=texts.SEED, info=texts.SEED_INFO, precision=0, elem_id="lab-seed", min_width=120)
    with gr.Row():
        run = gr.Button(texts.LAB_RUN, variant="primary", elem_id="lab-run")
        again = gr.Button(texts.LAB_AGAIN, elem_id="lab-again")
        stop = gr.Button(texts.STOP_WRITING, elem_id="lab-stop")
    state = gr.HTML(progress(texts.LAB_EMPTY), elem_classes="charlm", elem_id="lab-state")
    with gr.Row(equal_height=False):
        pairs = [_column(place, heat) for place, heat in enumerate(TEMPERATURES, 1)]
    with gr.Row():
        link = gr.Button(texts.LAB_LINK, size="sm", elem_id="lab-link")
        save = gr.Button(texts.LAB_SAVE, size="sm", elem_id="lab-save")
    gr.Markdown(texts.LAB_LINK_INFO, elem_classes="privacy")
    address = gr.Textbox("", visible="hidden", elem_id="lab-address")
    handout = gr.Textbox("", visible="hidden", elem_id="lab-page")
    temperatures, columns = zip(*pairs, strict=True)
    return Controls(
        model, start, length, seed, run, again, stop, state, temperatures, columns, link, save, address, handout
    )


def _column(place: int, heat: float) -> tuple[gr.Slider, gr.HTML]:
    with gr.Column(min_width=240):
        name, key = texts.LAB_TEMPERATURE.format(number=place), f"lab-temperature-{place}"
        temperature = checked_slider(0, HOTTEST, heat, step=0.05, label=name, elem_id=key)
        return temperature, gr.HTML("", elem_classes="charlm", elem_id=f"lab-column-{place}")
