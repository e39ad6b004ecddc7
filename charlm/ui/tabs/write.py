"""The Write tab: choose a model, set the temperature, let it write."""

import secrets
from collections.abc import Iterator
from functools import partial
from typing import Any

import gradio as gr

from charlm.errors import CharlmError, UnknownCharacter
from charlm.generation.shelf import Shelf
from charlm.runs.background import Runs
from charlm.runs.limits import Limits
from charlm.settings import SamplingSettings
from charlm.ui import models
from charlm.ui.answers import COPY, DOWNLOAD, QUIET, STREAM, in_words
from charlm.ui.choices import whole
from charlm.ui.drawings import shading, views
from charlm.ui.fields import checked_number, checked_slider
from charlm.ui.languages import english as texts
from charlm.ui.turns import Turns

LARGEST_SEED = 2**31
LONGEST_CHECKED = 5_000  # characters
BOX = "#written textarea"
# The list below the text can be opened by keyboard; a click on the stretch itself does the same.
OPEN_PASSAGE = """element.addEventListener('click', (event) => { const found = event.target.closest('mark[data-copy]');
  const passage = found && element.querySelector(`details[data-copy="${found.dataset.copy}"]`);
  if (passage) { passage.open = true; passage.scrollIntoView({block: 'nearest'}); } })"""


def build(tab: gr.Tab, runs: Runs, shelf: Shelf, turns: Turns, kept: gr.BrowserState) -> gr.Dropdown:
    """Put the tab where the page is being built. Returns the control that chooses the model."""
    with gr.Row(equal_height=False):
        with gr.Column(scale=5, min_width=320):
            model = models.choice(tab, shelf, kept, "model")
            brought = gr.UploadButton(texts.IMPORT, file_types=[".zip"], size="sm", elem_id="import-model")
            start = gr.Textbox(
                label=texts.START_TEXT, info=texts.START_TEXT_INFO, placeholder=texts.START_TEXT_EXAMPLE, lines=2,
                max_lines=2, elem_id="start-text",
            )  # fmt: skip
            unknown = gr.HTML("", elem_classes="charlm", elem_id="unknown", visible=False)
            replace = gr.Button("", visible=False, size="sm", elem_id="replace")
            temperature = checked_slider(
                0, 2, 0.7, step=0.05, label=texts.TEMPERATURE, info=texts.TEMPERATURE_INFO, elem_id="temperature"
            )
            length = checked_slider(
                50,
                runs.limits.length,
                min(400, runs.limits.length),
                step=50,
                label=texts.LENGTH,
                info=texts.LENGTH_INFO,
                elem_id="length",
            )
            with gr.Row():
                seed = checked_number(
                    1, label=texts.SEED, info=texts.SEED_INFO, precision=0, elem_id="write-seed", min_width=120
                )
                keep = gr.Checkbox(False, label=texts.KEEP_SEED, elem_id="keep-seed", min_width=120)
        with gr.Column(scale=7, min_width=340):
            with gr.Row():
                generate = gr.Button(texts.GENERATE, variant="primary", elem_id="generate")
                stop = gr.Button(texts.STOP_WRITING, elem_id="stop-writing")
            state = gr.HTML(
                views.progress(texts.WRITTEN_EMPTY if model.value else texts.NO_MODEL),
                elem_classes="charlm",
                elem_id="writing",
            )
            written = gr.Textbox(label=texts.WRITTEN, lines=14, max_lines=14, elem_id="written", interactive=False)
            with gr.Row():
                copy = gr.Button(texts.COPY, size="sm", elem_id="copy")
                download = gr.Button(texts.DOWNLOAD_TEXT, size="sm", elem_id="download-text")
                check = gr.Button(texts.COPIED, size="sm", elem_id="did-it-copy")
            copied = gr.HTML("", elem_classes="charlm", elem_id="copied", js_on_load=OPEN_PASSAGE)
            bars = gr.HTML("", elem_classes="charlm", elem_id="bars", min_height=420)

    # One listener for all of them: it looks at one thing after the other, and an old answer never comes last.
    gr.on(
        [tab.select, model.change, start.change, temperature.change], partial(look_ahead, shelf, runs.limits),
        [model, start, temperature], [bars, unknown, replace], trigger_mode="always_last", **QUIET,
    )  # fmt: skip
    brought.upload(
        partial(take_in, runs, shelf), [brought, kept], [model, kept], show_progress="hidden", api_visibility="private"
    )
    replace.click(partial(near, shelf), [model, start], start, **QUIET)

    def generate_text(
        model: str, start_text: str, temperature: float, length: float, seed: float
    ) -> Iterator[tuple[str, str]]:
        yield from write(shelf, turns, runs.limits, model, start_text, temperature, length, seed)

    drawn = gr.on([generate.click, start.submit], draw_seed, [seed, keep], seed, **QUIET)
    writing = drawn.success(
        generate_text, [model, start, temperature, length, seed], [written, state], api_name="generate", **STREAM
    )
    copy.click(None, js=COPY.format(box=BOX), api_visibility="private")
    download.click(None, js=DOWNLOAD.format(box=BOX, kind="text/plain", name="charlm.txt"), api_visibility="private")
    check.click(partial(did_it_copy, shelf), [model, written], copied, **QUIET)
    drawn.success(lambda: "", None, copied, **QUIET)
    stop.click(None, None, None, cancels=[writing], api_visibility="private")
    return model


def write(
    shelf: Shelf,
    turns: Turns,
    limits: Limits,
    model: str,
    start_text: str,
    temperature: float,
    length: float,
    seed: float,
) -> Iterator[tuple[str, str]]:
    """Write on from the start, growing: the text so far, and a sentence about it."""
    with in_words(), turns.take() as waiting:
        for sentence in waiting:
            yield "", views.progress(sentence)
        asked = SamplingSettings(temperature, whole(length), whole(seed))
        limits.check_length(max(asked.length, len(start_text or "")))
        writer = models.ready(shelf, model, start_text or "")
        text = start_text or shelf.traces(model).beginning(asked.seed)
        given = len(text)
        for piece in writer.stream(text, asked.temperature, asked.length, asked.seed):
            text += piece
            yield text, views.progress(texts.WRITING_SO_FAR.format(done=len(text) - given, all=asked.length))
    yield text, views.progress(texts.WROTE.format(count=asked.length, seed=asked.seed))


def take_in(runs: Runs, shelf: Shelf, file: str, kept: dict[str, Any] | None) -> tuple[Any, dict[str, Any]]:
    """A model that was downloaded somewhere, as one's own from now on."""
    with in_words():
        run_id = runs.take_in(file)
    kept = models.remember(run_id, kept)
    return models.offer(shelf, kept, run_id), kept


def did_it_copy(shelf: Shelf, model: str, written: str) -> str:
    """What of the text stands word for word in the one that the model learnt from."""
    if not written:
        return views.notice(texts.COPIED_NOTHING_YET)
    if len(written) > LONGEST_CHECKED:
        return views.problem(texts.COPIED_TOO_LONG)
    try:
        finder = shelf.copy_finder(model)
    except CharlmError as error:
        return views.problem(str(error))
    return shading.copies(finder, finder.find(written)) if finder else views.notice(texts.COPIED_NO_TEXT)


def look_ahead(
    shelf: Shelf, limits: Limits, model: str | None, start_text: str | None, temperature: float
) -> list[Any]:
    """The next character's bars, and what is to be done about characters the model never saw."""
    start_text = start_text or ""
    if not model:
        return [views.notice(texts.NO_MODEL), gr.HTML(visible=False), gr.Button(visible=False)]
    try:
        SamplingSettings(temperature)
        limits.check_length(len(start_text))
        chosen = shelf.take(model)
        logits = chosen.next_logits(start_text)
    except UnknownCharacter:
        named, offers = models.unknown(chosen.vocabulary, start_text)
        return [gr.skip(), gr.HTML(views.problem(named), visible=True), gr.Button(offers, visible=True)]
    except CharlmError as error:
        return [views.problem(str(error)), gr.HTML(visible=False), gr.Button(visible=False)]
    return [views.bars(chosen.vocabulary, logits, temperature), gr.HTML(visible=False), gr.Button(visible=False)]


def near(shelf: Shelf, model: str, start_text: str) -> str:
    """The start with every unknown character replaced by the nearest known one."""
    return shelf.take(model).vocabulary.replace_unknown(start_text)[0]


def draw_seed(seed: float | None, keep: bool) -> int:
    """The seed that is kept, or another one."""
    return whole(seed) if keep and seed is not None else secrets.randbelow(LARGEST_SEED)
