"""What happens when a control of the Temperature tab is used."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import gradio as gr

from charlm.errors import InvalidSetting
from charlm.insight.comparison import Comparison
from charlm.languages import number
from charlm.ui import models, texts
from charlm.ui.answers import DOWNLOAD, QUIET, SHOW_ADDRESS, STREAM, in_words
from charlm.ui.drawings.columns import EMPTY, columns, handout
from charlm.ui.drawings.notes import progress
from charlm.ui.lesson import Lesson
from charlm.ui.machine import Machine
from charlm.ui.tabs.temperature.layout import Controls
from charlm.ui.writing import Waiting, compare

COPY_LINK = """() => { const copied = document.createElement('textarea'); copied.value = location.href;
  document.body.append(copied); copied.select(); document.execCommand('copy'); copied.remove(); }"""
PRINT = DOWNLOAD.format(box="#lab-page textarea", kind="text/html", name="charlm.html")


def wire(tab: gr.Tab, on: Controls, machine: Machine, kept: gr.BrowserState) -> None:
    """Connect the controls with what they do."""
    comparing: dict[str, Any] = {
        "fn": partial(show_comparison, on, machine),
        "inputs_kwargs": on.lesson,
        "outputs": [*on.columns, on.state, on.handout],
        **STREAM,
    }
    models.keep_current(tab, machine.shelf, kept, on.model)
    runs = [gr.on([on.run.click, on.start.submit], **comparing)]
    runs.append(on.again.click(next_seed, on.seed, on.seed, **QUIET).then(**comparing))
    on.stop.click(None, None, None, cancels=runs, api_visibility="private")
    gr.on(
        [tab.select, *(control.change for control in on.lesson.values())], to_address,
        inputs_kwargs=on.lesson, outputs=on.address, trigger_mode="always_last", **QUIET,
    )  # fmt: skip
    on.address.change(None, on.address, None, js=SHOW_ADDRESS, api_visibility="private")
    on.link.click(None, js=COPY_LINK, api_visibility="private")
    on.save.click(None, js=PRINT, api_visibility="private")


def show_comparison(on: Controls, machine: Machine, **chosen: Any) -> Iterator[dict[Any, Any]]:
    """Write at all temperatures at once. Yields the growing columns, a sentence, and at the end the page to print."""
    with in_words():
        lesson = lesson_of(**chosen)
        for now in compare(machine, lesson.model, lesson.start, lesson.temperatures, lesson.length, lesson.seed):
            if isinstance(now, Waiting):
                told, drawn = texts.PLACE.format(place=now.place), [EMPTY] * len(on.columns)
            elif now.finished:
                told, drawn = texts.LAB_DONE.format(seed=now.seed), columns(now)
            else:
                written = len(now.columns[0].text)
                told, drawn = texts.WRITING_SO_FAR.format(done=written, all=lesson.length), columns(now)
            page = to_print(lesson, now) if isinstance(now, Comparison) and now.finished else ""
            yield {**dict(zip(on.columns, drawn, strict=True)), on.state: progress(told), on.handout: page}


def to_print(lesson: Lesson, compared: Comparison) -> str:
    """A page with the columns and their settings."""
    told = [
        (texts.MODEL, models.named(lesson.model)),
        (texts.START_TEXT, compared.start_text),
        (texts.SEED, number(lesson.seed)),
        (texts.LENGTH, number(lesson.length)),
        (texts.LAB_ADDRESS, f"?{lesson.query()}"),
    ]
    return handout(told, compared)


def next_seed(seed: int | None) -> int:
    """The seed after this one."""
    return int(seed or 0) + 1


def to_address(**chosen: Any) -> str:
    """The lesson as the query of an address; "" if a number is outside its limits."""
    try:
        return lesson_of(**chosen).query()
    except InvalidSetting:
        return ""


def open_lesson(on: Controls, machine: Machine, query: Mapping[str, str]) -> dict[Any, Any]:
    """What the controls show for the lesson in an address; nothing if the address has no lesson."""
    lesson = Lesson.from_query(query)
    if lesson is None:
        return {}
    return {
        on.model: models.offer(machine.shelf, None, lesson.model),
        on.start: lesson.start,
        on.seed: lesson.seed,
        on.length: min(lesson.length, machine.limits.length),
        **dict(zip(on.temperatures, lesson.temperatures, strict=True)),
    }


def lesson_of(model: str | None, start: str | None, seed: int, length: int, **temperatures: float) -> Lesson:
    """The lesson that the controls show. Raises InvalidSetting."""
    start = unicodedata.normalize("NFC", start or "")
    return Lesson(model or "", start, tuple(temperatures.values()), seed, length)
