"""The Write tab's controls."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from charlm.ui import models, texts
from charlm.ui.drawings.notes import progress
from charlm.ui.fields import checked_number, checked_slider
from charlm.ui.machine import Machine
from charlm.ui.tabs.write import tries

# A click on a marked stretch opens its passage in the list below; the list can also be opened by keyboard.
OPEN_PASSAGE = """element.addEventListener('click', (event) => { const found = event.target.closest('mark[data-copy]');
  const passage = found && element.querySelector(`details[data-copy="${found.dataset.copy}"]`);
  if (passage) { passage.open = true; passage.scrollIntoView({block: 'nearest'}); } })"""


@dataclass(frozen=True)
class Asked:
    """The controls for the model and for how it writes."""

    model: gr.Dropdown
    brought: gr.UploadButton
    start: gr.Textbox
    tries: gr.HTML
    unknown: gr.HTML
    replace: gr.Button
    temperature: gr.Slider
    length: gr.Slider
    seed: gr.Number
    keep: gr.Checkbox


@dataclass(frozen=True)
class Written:
    """The controls for the written text, and what can be done with it."""

    generate: gr.Button
    stop: gr.Button
    state: gr.HTML
    written: gr.Textbox
    copy: gr.Button
    download: gr.Button
    check: gr.Button
    page: gr.Button
    copied: gr.HTML
    bars: gr.HTML


@dataclass(frozen=True)
class Controls:
    """The controls of the tab."""

    asked: Asked
    written: Written

    @property
    def writing(self) -> dict[str, Any]:
        """The inputs of the writing, by the names that a callback has for them."""
        asked = self.asked
        return {
            "model": asked.model, "start_text": asked.start, "temperature": asked.temperature,
            "length": asked.length, "seed": asked.seed,
        }  # fmt: skip


def lay_out(machine: Machine) -> Controls:
    """Put the controls on the page that is being built."""
    with gr.Row(equal_height=False):
        with gr.Column(scale=5, min_width=320):
            asked = _asked(machine)
        with gr.Column(scale=7, min_width=340):
            written = _written(ready=bool(asked.model.value))
    return Controls(asked, written)


def _asked(machine: Machine) -> Asked:
    most = machine.limits.length
    model = models.dropdown(machine.shelf, "model")
    brought = gr.UploadButton(texts.IMPORT, file_types=[".zip"], size="sm", elem_id="import-model")
    start = gr.Textbox(
        label=texts.START_TEXT, info=texts.START_TEXT_INFO, placeholder=texts.START_TEXT_EXAMPLE, lines=2,
        max_lines=2, elem_id="start-text",
    )  # fmt: skip
    tried = tries.lay_out()
    unknown = gr.HTML("", elem_classes="charlm", elem_id="unknown", visible=False)
    replace = gr.Button("", visible=False, size="sm", elem_id="replace")
    temperature = checked_slider(
        0, 2, 0.7, step=0.05, label=texts.TEMPERATURE, info=texts.TEMPERATURE_INFO, elem_id="temperature"
    )
    length = checked_slider(
        50, most, min(400, most), step=50, label=texts.LENGTH, info=texts.LENGTH_INFO, elem_id="length"
    )
    with gr.Row():
        seed = checked_number(
            1, label=texts.SEED, info=texts.SEED_INFO, precision=0, elem_id="write-seed", min_width=120
        )
        keep = gr.Checkbox(False, label=texts.KEEP_SEED, elem_id="keep-seed", min_width=120)
    return Asked(model, brought, start, tried, unknown, replace, temperature, length, seed, keep)


def _written(ready: bool) -> Written:
    with gr.Row():
        generate = gr.Button(texts.GENERATE, variant="primary", elem_id="generate")
        stop = gr.Button(texts.STOP_WRITING, elem_id="stop-writing")
    empty = progress(texts.WRITTEN_EMPTY if ready else texts.NO_MODEL)
    state = gr.HTML(empty, elem_classes="charlm", elem_id="writing")
    written = gr.Textbox(label=texts.WRITTEN, lines=14, max_lines=14, elem_id="written", interactive=False)
    with gr.Row():
        copy = gr.Button(texts.COPY, size="sm", elem_id="copy")
        download = gr.Button(texts.DOWNLOAD_TEXT, size="sm", elem_id="download-text")
        check = gr.Button(texts.COPIED, size="sm", elem_id="did-it-copy")
        page = gr.Button(texts.AS_WEB_PAGE, size="sm", elem_id="model-as-page", link="./", visible=False)
    copied = gr.HTML("", elem_classes="charlm", elem_id="copied", js_on_load=OPEN_PASSAGE)
    bars = gr.HTML("", elem_classes="charlm", elem_id="bars", min_height=420)
    return Written(generate, stop, state, written, copy, download, check, page, copied, bars)
