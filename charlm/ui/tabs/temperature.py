"""The Temperature tab: one start, the same dice, four temperatures side by side."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import gradio as gr

from charlm.errors import InvalidSetting
from charlm.generation.shelf import Shelf
from charlm.insight.observations import observe
from charlm.ui import models
from charlm.ui.answers import DOWNLOAD, QUIET, STREAM, in_words
from charlm.ui.choices import whole
from charlm.ui.drawings import views
from charlm.ui.drawings.columns import columns, handout
from charlm.ui.fields import checked_number, checked_slider
from charlm.ui.languages import english as texts
from charlm.ui.lesson import HOTTEST, LENGTHS, LONGEST_START, TEMPERATURES, Lesson
from charlm.ui.turns import Turns

# The lesson stands in the address, and is the whole of it.
SHOW_ADDRESS = """(query) => { if (query) history.replaceState(null, '', location.pathname + '?' + query); }"""
COPY_LINK = """() => { const copied = document.createElement('textarea'); copied.value = location.href;
  document.body.append(copied); copied.select(); document.execCommand('copy'); copied.remove(); }"""


def build(tab: gr.Tab, shelf: Shelf, turns: Turns, kept: gr.BrowserState) -> list[Any]:
    """Put the tab where the page is being built. Returns the controls that a link sets, in the order of a lesson."""
    gr.Markdown(texts.LAB_LEAD, elem_classes="step")
    with gr.Row(equal_height=True):
        model = models.choice(tab, shelf, kept, "lab-model")
        start = gr.Textbox(
            label=texts.START_TEXT,
            info=texts.LAB_START_INFO,
            max_lines=1,
            max_length=LONGEST_START,
            elem_id="lab-start",
        )
        length = checked_slider(
            *LENGTHS, 300, step=50, label=texts.LENGTH, info=texts.LAB_LENGTH_INFO, elem_id="lab-length"
        )
        seed = checked_number(1, label=texts.SEED, info=texts.SEED_INFO, precision=0, elem_id="lab-seed", min_width=120)
    with gr.Row():
        run = gr.Button(texts.LAB_RUN, variant="primary", elem_id="lab-run")
        again = gr.Button(texts.LAB_AGAIN, elem_id="lab-again")
        stop = gr.Button(texts.STOP_WRITING, elem_id="lab-stop")
    state = gr.HTML(views.progress(texts.LAB_EMPTY), elem_classes="charlm", elem_id="lab-state")
    temperatures, shown = [], []
    with gr.Row(equal_height=False):
        for place, heat in enumerate(TEMPERATURES, 1):
            with gr.Column(min_width=240):
                name, key = texts.LAB_TEMPERATURE.format(number=place), f"lab-temperature-{place}"
                temperatures.append(checked_slider(0, HOTTEST, heat, step=0.05, label=name, elem_id=key))
                shown.append(gr.HTML("", elem_classes="charlm", elem_id=f"lab-column-{place}", min_height=340))
    with gr.Row():
        link = gr.Button(texts.LAB_LINK, size="sm", elem_id="lab-link")
        save = gr.Button(texts.LAB_SAVE, size="sm", elem_id="lab-save")
    gr.Markdown(texts.LAB_LINK_INFO, elem_classes="privacy")
    address = gr.Textbox("", visible="hidden", elem_id="lab-address")
    page = gr.Textbox("", visible="hidden", elem_id="lab-page")

    def compare_temperatures(
        model: str, start_text: str, first: float, second: float, third: float, fourth: float, seed: float,
        length: float,
    ) -> Iterator[tuple[str, ...]]:  # fmt: skip
        yield from compare(shelf, turns, model, start_text, (first, second, third, fourth), seed, length)

    lesson = [model, start, *temperatures, seed, length]
    comparing: dict[str, Any] = {
        "fn": compare_temperatures, "inputs": lesson, "outputs": [*shown, state, page], **STREAM,
    }  # fmt: skip
    runs = [gr.on([run.click, start.submit], **comparing, api_name="compare")]
    runs.append(again.click(next_seed, seed, seed, **QUIET).then(**comparing, api_visibility="private"))
    stop.click(None, None, None, cancels=runs, api_visibility="private")
    gr.on(
        [tab.select, *(control.change for control in lesson)], to_address, lesson, address,
        trigger_mode="always_last", **QUIET,
    )  # fmt: skip
    address.change(None, address, None, js=SHOW_ADDRESS, api_visibility="private")
    link.click(None, js=COPY_LINK, api_visibility="private")
    printing = DOWNLOAD.format(box="#lab-page textarea", kind="text/html", name="charlm.html")
    save.click(None, js=printing, api_visibility="private")
    return lesson


def compare(
    shelf: Shelf, turns: Turns, model: str, start: str, temperatures: Sequence[float], seed: float, length: float
) -> Iterator[tuple[str, ...]]:
    """Write at all temperatures at once: the columns as they grow, a sentence, and at the end the page to print."""
    with in_words(), turns.take() as waiting:
        lesson = _lesson(model, start or "", temperatures, seed, length)
        for sentence in waiting:
            yield *columns("", [""] * len(temperatures), temperatures), views.progress(sentence), ""
        writer = models.ready(shelf, lesson.model, lesson.start, len(temperatures))
        traces = shelf.traces(lesson.model)
        given = lesson.start or traces.beginning(lesson.seed)
        written = [""] * len(temperatures)
        for pieces in writer.compare(given, lesson.temperatures, lesson.length, lesson.seed):
            written = [text + piece for text, piece in zip(written, pieces, strict=True)]
            so_far = texts.WRITING_SO_FAR.format(done=len(written[0]), all=lesson.length)
            yield *columns(given, written, temperatures), views.progress(so_far), ""
        read = given or writer.line_start
        observed = []
        for text, temperature in zip(written, temperatures, strict=True):
            logits = writer.logits_along(read + text)[len(read) - 1 : -1]
            observed.append(observe(text, logits, temperature, traces))
        shown = columns(given, written, temperatures, observed)
        told = [
            (texts.MODEL, models.named(lesson.model)), (texts.START_TEXT, given), (texts.SEED, str(lesson.seed)),
            (texts.LENGTH, str(lesson.length)), (texts.LAB_ADDRESS, f"?{lesson.query()}"),
        ]  # fmt: skip
        done = views.progress(texts.LAB_DONE.format(seed=lesson.seed))
        yield *shown, done, handout(told, temperatures, shown)


def next_seed(seed: float | None) -> int:
    """The seed after this one."""
    return int(seed or 0) + 1


def to_address(model: str | None, start: str | None, *numbers: float) -> str:
    """The lesson as it stands in the address; nothing where a number is out of its limits."""
    *temperatures, seed, length = numbers
    try:
        return _lesson(model or "", start or "", temperatures, seed, length).query()
    except InvalidSetting:
        return ""


def open_lesson(shelf: Shelf, query: Mapping[str, str]) -> list[Any]:
    """The values of the controls for the lesson of an address; none where it holds no lesson."""
    lesson = Lesson.from_query(query)
    if lesson is None:
        return []
    return [models.offer(shelf, None, lesson.model), lesson.start, *lesson.temperatures, lesson.seed, lesson.length]


def _lesson(model: str, start: str, temperatures: Sequence[float], seed: float, length: float) -> Lesson:
    start = unicodedata.normalize("NFC", start)
    return Lesson(model, start, tuple(temperatures), whole(seed), whole(length))
