"""The Replay tab's controls."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from charlm.ui import models, texts
from charlm.ui.drawings import film
from charlm.ui.drawings.notes import progress
from charlm.ui.fields import checked_number, checked_slider
from charlm.ui.lesson import HOTTEST, LONGEST_START
from charlm.ui.machine import Machine
from charlm.ui.tabs.replay.player import PLAYER

LENGTHS = (50, 1_000)  # least and most characters of a frame
ASKED_FIRST = (0.7, 200, 1)  # temperature, length and seed that the controls begin with
LOOK_EVERY = 3.0  # seconds between two looks whether a run has kept a new epoch


@dataclass(frozen=True)
class Controls:
    """The controls of the tab."""

    model: gr.Dropdown
    start: gr.Textbox
    temperature: gr.Slider
    length: gr.Slider
    seed: gr.Number
    ask: gr.Button
    stop: gr.Button
    state: gr.HTML
    curve: gr.HTML
    frames: gr.HTML
    kept: gr.HTML
    table: gr.HTML
    known: gr.Textbox  # which epochs were there at the last look; hidden
    looks: gr.Timer

    @property
    def asked(self) -> dict[str, Any]:
        """The inputs of the film, by the names that a callback has for them."""
        return {
            "model": self.model, "start_text": self.start, "temperature": self.temperature,
            "length": self.length, "seed": self.seed,
        }  # fmt: skip


def lay_out(machine: Machine) -> Controls:
    """Put the controls on the page that is being built."""
    gr.Markdown(texts.REPLAY_LEAD, elem_classes="step")
    with gr.Row(equal_height=False):
        with gr.Column(scale=4, min_width=300):
            asked = _asked(machine)
            with gr.Row(equal_height=True):
                ask = gr.Button(texts.REPLAY_ASK, variant="primary", elem_id="replay-ask")
                stop = gr.Button(texts.STOP_WRITING, elem_id="replay-stop")
            state = gr.HTML(progress(texts.REPLAY_EMPTY), elem_classes="charlm", elem_id="replay-state")
        with gr.Column(scale=8, min_width=340, elem_classes="stage"):
            gr.HTML(film.player(), elem_classes="charlm", elem_id="replay-player", js_on_load=PLAYER)
            with gr.Column(elem_id="replay-stage"):
                curve = gr.HTML("", elem_classes="charlm", elem_id="replay-curve")
                frames = gr.HTML("", elem_classes="charlm", elem_id="replay-film", min_height=420)
            kept = gr.HTML("", elem_classes="charlm", elem_id="replay-kept")
            with gr.Accordion(texts.FILM_TABLE, open=False):
                table = gr.HTML("", elem_classes="charlm", elem_id="replay-table", max_height=480)
    known = gr.Textbox("", visible="hidden", elem_id="replay-known")
    return Controls(*asked, ask, stop, state, curve, frames, kept, table, known, gr.Timer(LOOK_EVERY, active=False))


def _asked(machine: Machine) -> tuple[gr.Dropdown, gr.Textbox, gr.Slider, gr.Slider, gr.Number]:
    warmth, long, dice = ASKED_FIRST
    least, most = LENGTHS[0], min(LENGTHS[1], machine.limits.length)
    model = models.dropdown(machine.shelf, "replay-model", info=texts.REPLAY_MODEL_INFO, first=texts.FIRST_FILM)
    start = gr.Textbox(
        label=texts.START_TEXT, info=texts.REPLAY_START_INFO, max_lines=1, max_length=LONGEST_START,
        elem_id="replay-start",
    )  # fmt: skip
    temperature = checked_slider(
        0,
        HOTTEST,
        warmth,
        step=0.05,
        label=texts.TEMPERATURE,
        info=texts.TEMPERATURE_INFO,
        elem_id="replay-temperature",
    )
    length = checked_slider(
        least,
        most,
        min(long, most),
        step=50,
        label=texts.LENGTH,
        info=texts.LENGTH_INFO,
        elem_id="replay-length",
    )
    seed = checked_number(dice, label=texts.SEED, info=texts.SEED_INFO, precision=0, elem_id="replay-seed")
    return model, start, temperature, length, seed
