"""The Dice tab's controls."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from charlm.generation.shelf import Shelf
from charlm.ui import models, texts
from charlm.ui.fields import checked_number, checked_slider
from charlm.ui.tabs.dice.walk import LONGEST, Walk

MOST_CHOICES = 40  # the end of the top-k slider
# A click on a bar or on a character tells Python its number; the bars' buttons can be reached by keyboard as well.
PICK = """element.addEventListener('click', (event) => { const found = event.target.closest('[data-pick]');
  if (found) trigger('click', {pick: Number(found.dataset.pick)}); })"""


@dataclass(frozen=True)
class Settings:
    """The controls that decide how the next character is chosen."""

    model: gr.Dropdown
    start: gr.Textbox
    temperature: gr.Slider
    top_k: gr.Slider
    seed: gr.Number


@dataclass(frozen=True)
class Controls:
    """The controls of the tab."""

    settings: Settings
    walk: gr.State
    text: gr.HTML
    throw: gr.Button
    back: gr.Button
    afresh: gr.Button
    fell: gr.HTML
    bars: gr.HTML

    @property
    def asked(self) -> dict[str, Any]:
        """The inputs of every step, by the names that a callback has for them."""
        return {"walk": self.walk, **vars(self.settings)}

    @property
    def shown(self) -> list[Any]:
        """The outputs of every step."""
        return [self.walk, self.text, self.fell, self.bars]


def lay_out(shelf: Shelf) -> Controls:
    """Put the controls on the page that is being built."""
    gr.Markdown(texts.DICE_LEAD, elem_classes="step")
    walk = gr.State(Walk())
    with gr.Row(equal_height=False):
        with gr.Column(scale=4, min_width=300):
            settings = _settings(shelf)
        with gr.Column(scale=8, min_width=340, elem_classes="stage"):
            text = gr.HTML("", elem_classes="charlm", elem_id="dice-text", min_height=90, js_on_load=PICK)
            with gr.Row():
                throw = gr.Button(texts.THROW, variant="primary", elem_id="throw")
                back = gr.Button(texts.STEP_BACK, elem_id="step-back")
                afresh = gr.Button(texts.AFRESH, elem_id="afresh")
            fell = gr.HTML("", elem_classes="charlm", elem_id="fell", min_height=120)
            bars = gr.HTML("", elem_classes="charlm", elem_id="dice-bars", min_height=420, js_on_load=PICK)
    return Controls(settings, walk, text, throw, back, afresh, fell, bars)


def _settings(shelf: Shelf) -> Settings:
    return Settings(
        model=models.dropdown(shelf, "dice-model"),
        start=gr.Textbox(
            label=texts.START_TEXT, info=texts.DICE_START_INFO, max_lines=1, max_length=LONGEST, elem_id="dice-start"
        ),
        temperature=checked_slider(
            0, 5, 1.0, step=0.05, label=texts.TEMPERATURE, info=texts.TEMPERATURE_INFO, elem_id="dice-temperature"
        ),
        top_k=checked_slider(
            0, MOST_CHOICES, 0, step=1, label=texts.TOP_K, info=texts.TOP_K_INFO, elem_id="dice-top-k"
        ),
        seed=checked_number(1, label=texts.SEED, info=texts.DICE_SEED_INFO, precision=0, elem_id="dice-seed"),
    )
