"""The Write tab: choose a model, set the temperature, let it write."""

import secrets
from collections.abc import Iterator
from functools import partial
from typing import Any

import gradio as gr

from charlm.checkup import label
from charlm.errors import CharlmError, UnknownCharacter
from charlm.settings import SamplingSettings
from charlm.shelf import Shelf
from charlm.ui import texts, views
from charlm.ui.answers import QUIET, refusal
from charlm.vocabulary import Vocabulary

LARGEST_SEED = 2**31
# navigator.clipboard is missing on plain http in a local network; the old way works everywhere.
COPY = """() => { const box = document.querySelector('#written textarea');
  if (navigator.clipboard) { navigator.clipboard.writeText(box.value); return; }
  box.focus(); box.select(); document.execCommand('copy'); }"""
DOWNLOAD = """() => { const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([document.querySelector('#written textarea').value], {type: 'text/plain'}));
  link.download = 'charlm.txt'; link.click(); URL.revokeObjectURL(link.href); }"""


def build(tab: gr.Tab, shelf: Shelf, run_id: gr.Textbox) -> gr.Dropdown:
    """Put the tab where the page is being built. Returns the control that chooses the model."""
    names = shelf.shipped()
    with gr.Row(equal_height=False):
        with gr.Column(scale=5, min_width=320):
            model = gr.Dropdown(
                names,
                value=names[0] if names else None,
                label=texts.MODEL,
                info=texts.MODEL_INFO,
                elem_id="model",
                allow_custom_value=True,
            )
            start = gr.Textbox(
                label=texts.START_TEXT, info=texts.START_TEXT_INFO, placeholder=texts.START_TEXT_EXAMPLE, lines=2,
                max_lines=2, elem_id="start-text",
            )  # fmt: skip
            unknown = gr.HTML("", elem_classes="charlm", elem_id="unknown", visible=False)
            replace = gr.Button("", visible=False, size="sm", elem_id="replace")
            temperature = gr.Slider(
                0, 2, 0.7, step=0.05, label=texts.TEMPERATURE, info=texts.TEMPERATURE_INFO, elem_id="temperature"
            )
            length = gr.Slider(50, 2_000, 400, step=50, label=texts.LENGTH, info=texts.LENGTH_INFO, elem_id="length")
            with gr.Row():
                seed = gr.Number(1, label=texts.SEED, info=texts.SEED_INFO, precision=0, elem_id="seed", min_width=120)
                keep = gr.Checkbox(False, label=texts.KEEP_SEED, elem_id="keep-seed", min_width=120)
        with gr.Column(scale=7, min_width=340):
            with gr.Row():
                generate = gr.Button(texts.GENERATE, variant="primary", elem_id="generate")
                stop = gr.Button(texts.STOP_WRITING, elem_id="stop-writing")
            state = gr.HTML(
                views.progress(texts.WRITTEN_EMPTY if names else texts.NO_MODEL),
                elem_classes="charlm",
                elem_id="writing",
            )
            written = gr.Textbox(label=texts.WRITTEN, lines=14, max_lines=14, elem_id="written", interactive=False)
            with gr.Row():
                copy = gr.Button(texts.COPY, size="sm", elem_id="copy")
                download = gr.Button(texts.DOWNLOAD_TEXT, size="sm", elem_id="download-text")
            bars = gr.HTML("", elem_classes="charlm", elem_id="bars", min_height=420)

    tab.select(partial(offer, shelf), [run_id, model], model, **QUIET)
    # One listener for all of them: it looks at one thing after the other, and an old answer never comes last.
    gr.on(
        [tab.select, model.change, start.change, temperature.change], partial(look_ahead, shelf),
        [model, start, temperature], [bars, unknown, replace], trigger_mode="always_last", **QUIET,
    )  # fmt: skip
    replace.click(partial(near, shelf), [model, start], start, **QUIET)

    def generate_text(
        model: str, start_text: str, temperature: float, length: float, seed: float
    ) -> Iterator[tuple[str, str]]:
        yield from write(shelf, model, start_text, temperature, length, seed)

    drawn = gr.on([generate.click, start.submit], draw_seed, [seed, keep], seed, **QUIET)
    writing = drawn.success(
        generate_text, [model, start, temperature, length, seed], [written, state], api_name="generate",
        show_progress="hidden", concurrency_limit=4, concurrency_id="write",
    )  # fmt: skip
    copy.click(None, js=COPY, api_visibility="private")
    download.click(None, js=DOWNLOAD, api_visibility="private")
    stop.click(None, None, None, cancels=[writing], api_visibility="private")
    return model


def offer(shelf: Shelf, run_id: str, chosen: str | None) -> Any:
    """The models there are to choose from: those that come with charlm, and one's own as soon as they can write."""
    own = [name for name in (run_id, chosen) if name and shelf.has(name)]
    names = list(dict.fromkeys((*shelf.shipped(), *own)))
    return gr.Dropdown(names, value=chosen if chosen in names else next(iter(names), None))


def write(
    shelf: Shelf, model: str, start_text: str, temperature: float, length: float, seed: float
) -> Iterator[tuple[str, str]]:
    """Write on from the start, growing: the text so far, and a sentence about it."""
    if not model:
        raise refusal(texts.NO_MODEL)
    text = start_text = start_text or ""
    count = int(length)
    try:
        writer = shelf.take(model)
        for piece in writer.stream(start_text, temperature, count, int(seed)):
            text += piece
            yield text, views.progress(texts.WRITING_SO_FAR.format(done=len(text) - len(start_text), all=count))
    except UnknownCharacter as error:
        raise refusal(" ".join(_unknown(writer.vocabulary, start_text))) from error
    except CharlmError as error:
        raise refusal(str(error)) from error
    yield text, views.progress(texts.WROTE.format(count=count, seed=int(seed)))


def look_ahead(shelf: Shelf, model: str | None, start_text: str | None, temperature: float) -> list[Any]:
    """The next character's bars, and what is to be done about characters the model never saw."""
    start_text = start_text or ""
    if not model:
        return [views.notice(texts.NO_MODEL), gr.HTML(visible=False), gr.Button(visible=False)]
    try:
        SamplingSettings(temperature)
        chosen = shelf.take(model)
        logits = chosen.next_logits(start_text)
    except UnknownCharacter:
        named, offers = _unknown(chosen.vocabulary, start_text)
        return [gr.skip(), gr.HTML(views.problem(named), visible=True), gr.Button(offers, visible=True)]
    except CharlmError as error:
        return [views.problem(str(error)), gr.HTML(visible=False), gr.Button(visible=False)]
    return [views.bars(chosen.vocabulary, logits, temperature), gr.HTML(visible=False), gr.Button(visible=False)]


def near(shelf: Shelf, model: str, start_text: str) -> str:
    """The start with every unknown character replaced by the nearest known one."""
    return shelf.take(model).vocabulary.replace_unknown(start_text)[0]


def draw_seed(seed: float | None, keep: bool) -> int:
    """The seed that is kept, or another one."""
    return int(seed) if keep and seed is not None else secrets.randbelow(LARGEST_SEED)


def _unknown(vocabulary: Vocabulary, start_text: str) -> tuple[str, str]:
    _, replaced = vocabulary.replace_unknown(start_text)
    offers = (
        texts.BECOMES.format(character=label(c), near=label(new)) if new else texts.LEFT_OUT.format(character=label(c))
        for c, new in replaced.items()
    )
    named = ", ".join(label(c) for c in replaced)
    return texts.UNKNOWN.format(named=named), texts.REPLACE.format(offers=", ".join(offers))
