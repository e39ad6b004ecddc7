"""The Train tab's controls."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from charlm.languages import say
from charlm.presets import PRESETS
from charlm.settings import FIELDS
from charlm.text.built_in import BUILT_IN
from charlm.text.corpus import read_corpus
from charlm.ui import texts
from charlm.ui.choices import ADVANCED, AUTO, ENCODINGS, SHOWN, values_of
from charlm.ui.drawings import chart
from charlm.ui.drawings import run as drawings
from charlm.ui.fields import checked_number

LOOK_EVERY = 2.0  # seconds between two looks at a run
LOOK_FOR_TIMES_EVERY = 3.0  # seconds between two looks whether the numbers have stayed the same, and were tried


@dataclass(frozen=True)
class Source:
    """The controls for where the text comes from, with the names of a TextChoice."""

    where: gr.Radio
    built_in: gr.Dropdown
    files: gr.File
    pasted: gr.Textbox
    encoding: gr.Dropdown
    tidy: gr.State


@dataclass(frozen=True)
class Text:
    """The controls for the text, and its facts."""

    source: Source
    size: gr.State  # its characters, and how many of them are different
    facts: gr.HTML
    cure: gr.Button
    window: gr.HTML  # what the network is shown first
    alphabet: gr.HTML


@dataclass(frozen=True)
class Settings:
    """The controls for how to learn it."""

    preset: gr.Radio
    time: gr.HTML  # how long it will take
    stayed: gr.State  # the run that the numbers described when the timer looked last
    fields: dict[str, Any]  # by the name of the setting
    explosion: gr.Button  # sets them so that the gradient explodes


@dataclass(frozen=True)
class Run:
    """The controls that show a run, and those that do something with it."""

    start: gr.Button
    stop: gr.Button
    every_cell: gr.Button
    status: gr.HTML
    afterwards: gr.Row
    write_with_it: gr.Button
    download: gr.Button
    page: gr.Button
    go_on: gr.Button
    further: gr.Row
    more: gr.Number
    more_epochs: gr.Button
    curve: gr.HTML
    gradient: gr.HTML
    table: gr.HTML
    samples: gr.HTML
    replay_it: gr.Button
    address: gr.HTML


@dataclass(frozen=True)
class Forget:
    """The controls that delete a visitor's texts and models."""

    ask: gr.Button
    sure: gr.Row
    really: gr.Button
    rather_not: gr.Button
    forgotten: gr.HTML


@dataclass(frozen=True)
class Controls:
    """The controls of the tab."""

    run_id: gr.Textbox  # of the run that is watched; hidden
    own: gr.BrowserState  # who this visitor is, and the keys of the runs started here
    seen: gr.State  # which state of the run was shown last
    steps: tuple[gr.Accordion, gr.Accordion]  # the text, and how to learn; they fold once a run has begun
    text: Text
    settings: Settings
    run: Run
    forget: Forget
    looks: gr.Timer  # at the run
    times: gr.Timer  # runs until the chosen numbers are measured, if they will be

    @property
    def asked(self) -> dict[str, Any]:
        """The text and the preset, by the names that a callback has for them."""
        return {**vars(self.text.source), "preset": self.settings.preset}


def lay_out(own: gr.BrowserState) -> Controls:
    """Put the controls on the page that is being built."""
    run_id, seen = gr.Textbox("", visible="hidden", elem_id="run-id"), gr.State("")
    with gr.Row(equal_height=False, elem_id="train"):
        with gr.Column(scale=5, min_width=320, elem_id="choices"):
            with gr.Accordion(texts.TEXT, elem_id="step-text", elem_classes="step") as first:
                text = _text()
            with gr.Accordion(texts.SETTINGS, elem_id="step-settings", elem_classes="step") as second:
                settings = _settings()
        with gr.Column(scale=7, min_width=340):
            run, forget = _run(), _forget()
    return Controls(
        run_id, own, seen, (first, second), text, settings, run, forget,
        looks=gr.Timer(LOOK_EVERY, active=False), times=gr.Timer(LOOK_FOR_TIMES_EVERY),
    )  # fmt: skip


def shown_for(where: str) -> dict[str, bool]:
    """For each control that belongs to only one source: is it visible for `where`?"""
    kinds = {"built_in": "built-in", "files": "file", "pasted": "paste", "encoding": "file"}
    return {name: kind == where for name, kind in kinds.items()}


def _text() -> Text:
    source = _source()
    facts = gr.HTML("", elem_classes="charlm", elem_id="facts", min_height=220)
    cure = gr.Button("", visible=False, size="sm", elem_id="cure")
    window = gr.HTML("", elem_classes="charlm", elem_id="window")
    with gr.Accordion(texts.ALPHABET, open=False):
        alphabet = gr.HTML("", elem_classes="charlm", elem_id="alphabet", max_height=400)
    return Text(source, gr.State((0, 0)), facts, cure, window, alphabet)


def _source() -> Source:
    where = [(name, id_) for id_, name in texts.WHERE_NAMES.items()]
    first = _first_text()
    built_in = sorted(((say(meaning), name) for name, meaning in BUILT_IN.items()), key=lambda one: one[1] != first)
    encodings = [(texts.ENCODING_FOUND, AUTO), *((name, name) for name in ENCODINGS)]
    return Source(
        where=gr.Radio(where, value="built-in", label=texts.WHERE, elem_id="where"),
        built_in=gr.Dropdown(
            built_in, value=first, label=texts.CHOOSE_TEXT, info=texts.CHOOSE_TEXT_INFO, elem_id="built-in"
        ),
        files=gr.File(
            label=texts.YOUR_FILES, file_count="multiple", file_types=[".txt", "text"], height=190, visible=False,
            elem_id="files",
        ),
        pasted=gr.Textbox(
            "", label=texts.PASTE, info=texts.PASTE_INFO, lines=6, max_lines=6, visible=False, elem_id="pasted"
        ),
        encoding=gr.Dropdown(
            encodings, value=AUTO, label=texts.ENCODING, info=texts.ENCODING_INFO, visible=False, elem_id="encoding"
        ),
        tidy=gr.State(False),
    )  # fmt: skip


def _first_text() -> str:
    """The text that suits the reader's language, if there is one."""
    return texts.FIRST_TEXT if texts.FIRST_TEXT in BUILT_IN else next(iter(BUILT_IN))


def _settings() -> Settings:
    first = values_of("quick", len(read_corpus(_first_text()).text))  # as the page begins, for an early click on Start
    presets = [(texts.PRESET_NAMES[name], name) for name in PRESETS]
    chosen = gr.Radio(presets, value="quick", label=texts.PRESET, info=texts.PRESET_INFO, elem_id="preset")
    time = gr.HTML("", elem_classes="charlm", elem_id="time", min_height=48)
    with gr.Row():
        numbers = {name: _field(name, first[name]) for name in SHOWN}
    with gr.Accordion(texts.ADVANCED, open=False):
        numbers |= {name: _field(name, first[name]) for name in ADVANCED}
        explosion = gr.Button(texts.EXPLOSION, size="sm", elem_id="explosion")
    return Settings(chosen, time, gr.State(None), numbers, explosion)


def _field(name: str, value: Any) -> Any:
    setting = FIELDS[name]
    shared: dict[str, Any] = {"label": name, "info": texts.INFO[name], "elem_id": name.replace("_", "-")}
    if setting.options:
        return gr.Radio(list(setting.options), value=value, **shared)
    return checked_number(value, precision=0 if setting.whole else None, min_width=110, **shared)


def _run() -> Run:
    gr.Markdown(f"## {texts.RUN}", elem_classes="step")
    with gr.Row(equal_height=True):
        start = gr.Button(texts.START, variant="primary", elem_id="start", min_width=120)
        stop = gr.Button(texts.STOP, elem_id="stop", interactive=False, min_width=120)
    every_cell = gr.Button(texts.EVERY_CELL, elem_id="every-cell", size="sm")
    status = gr.HTML(drawings.status(None), elem_classes="charlm", elem_id="status", min_height=76)
    with gr.Row(visible=False, equal_height=True) as afterwards:
        write_with_it = gr.Button(texts.WRITE_WITH_IT, variant="primary", elem_id="write-with-it", size="md")
        download = gr.Button(texts.DOWNLOAD_MODEL, elem_id="download-model", size="md", link="./")
        page = gr.Button(texts.AS_WEB_PAGE, elem_id="download-page", size="md", link="./")
        go_on = gr.Button(texts.CONTINUE, elem_id="continue", size="md", visible=False)
    with gr.Row(visible=False, equal_height=False, elem_classes="ends") as further:
        more = checked_number(
            3, label=texts.MORE_EPOCHS, info=texts.MORE_EPOCHS_INFO, precision=0, minimum=1, elem_id="more-epochs"
        )
        more_epochs = gr.Button(texts.LEARN_FURTHER, elem_id="learn-further", size="md")
    with gr.Row(equal_height=False):  # side by side where there is room, so that both are seen at a glance
        with gr.Column(scale=5, min_width=340):
            gr.Markdown(f"### {texts.SAMPLES}", elem_id="samples-title")
            samples = gr.HTML(drawings.samples(()), elem_classes="charlm", elem_id="samples", max_height=420)
        with gr.Column(scale=6, min_width=400):
            curve = gr.HTML(chart.curve(()), elem_classes="charlm", elem_id="curve")
    gradient = gr.HTML("", elem_classes="charlm", elem_id="gradient")
    with gr.Accordion(texts.CURVE_TABLE, open=False):
        table = gr.HTML(drawings.curve_table(()), elem_classes="charlm", elem_id="curve-table")
    replay_it = gr.Button(texts.REPLAY_IT, elem_id="replay-it", size="md", visible=False)
    address = gr.HTML("", elem_classes="charlm", elem_id="address")
    return Run(
        start, stop, every_cell, status, afterwards, write_with_it, download, page, go_on, further, more, more_epochs,
        curve, gradient, table, samples, replay_it, address,
    )  # fmt: skip


def _forget() -> Forget:
    ask = gr.Button(texts.FORGET, size="sm", elem_id="forget")
    with gr.Row(visible=False) as sure:
        really = gr.Button(texts.FORGET_REALLY, size="sm", variant="stop", elem_id="forget-really")
        rather_not = gr.Button(texts.FORGET_NOT, size="sm", elem_id="forget-not")
    forgotten = gr.HTML("", elem_classes="charlm", elem_id="forgotten")
    return Forget(ask, sure, really, rather_not, forgotten)
