"""What happens when a control of the Write tab is used."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import gradio as gr

from charlm.errors import CharlmError, CorpusNotFound, UnknownCharacter
from charlm.ui import models, texts
from charlm.ui.answers import COPY, DOWNLOAD, QUIET, STREAM, in_words
from charlm.ui.downloads import page_link
from charlm.ui.drawings.bars import SHOWN, bars
from charlm.ui.drawings.copies import copies
from charlm.ui.drawings.notes import notice, problem, progress
from charlm.ui.kept import Store, key_of, remember, with_key
from charlm.ui.machine import Machine
from charlm.ui.tabs.write import tries
from charlm.ui.tabs.write.layout import Controls
from charlm.ui.writing import Waiting, Writing, draw_seed, find_copies, foresee, write

BOX = "#written textarea"


def wire(tab: gr.Tab, on: Controls, machine: Machine, kept: gr.BrowserState, own: gr.BrowserState) -> None:
    """Connect the controls with what they do."""
    asked, written = on.asked, on.written
    models.keep_current(tab, machine.shelf, kept, asked.model)
    # One listener for all of them: with several, an old answer could arrive last.
    gr.on(
        [tab.select, asked.model.change, asked.start.change, asked.temperature.change],
        partial(look_ahead, on, machine), [asked.model, asked.start, asked.temperature],
        [written.bars, written.page, asked.unknown, asked.replace], trigger_mode="always_last", **QUIET,
    )  # fmt: skip
    tries.wire(asked.tries, asked.start)
    asked.replace.click(partial(near, machine), [asked.model, asked.start], asked.start, **QUIET)
    asked.brought.upload(
        partial(take_in, machine), [asked.brought, kept, own], [asked.model, kept, own],
        show_progress="hidden", api_visibility="private",
    )  # fmt: skip
    _wire_writing(on, machine)
    written.copy.click(None, js=COPY.format(box=BOX), api_visibility="private")
    download = DOWNLOAD.format(box=BOX, kind="text/plain", name="charlm.txt")
    written.download.click(None, js=download, api_visibility="private")
    written.check.click(partial(did_it_copy, machine), [asked.model, written.written, own], written.copied, **QUIET)


def _wire_writing(on: Controls, machine: Machine) -> None:
    asked, written = on.asked, on.written
    drawn = gr.on(
        [written.generate.click, asked.start.submit], choose_seed, [asked.seed, asked.keep], asked.seed, **QUIET
    )
    writing = drawn.success(
        partial(show_writing, on, machine), inputs_kwargs=on.writing, outputs=[written.written, written.state], **STREAM
    )
    drawn.success(lambda: "", None, written.copied, **QUIET)
    written.stop.click(None, None, None, cancels=[writing], api_visibility="private")


def show_writing(
    on: Controls, machine: Machine,
    model: str | None, start_text: str | None, temperature: float, length: int, seed: int,
) -> Iterator[dict[Any, Any]]:  # fmt: skip
    """Go on from the start. Yields the growing text and a sentence about it."""
    with in_words():
        for now in write(machine, model, start_text or "", temperature, length, seed):
            shown = "" if isinstance(now, Waiting) else now.start_text + now.text
            yield {on.written.written: shown, on.written.state: progress(told(now))}


def told(now: Waiting | Writing) -> str:
    """How far the writing is, in a sentence."""
    if isinstance(now, Waiting):
        return texts.PLACE.format(place=now.place)
    if now.finished:
        return texts.WROTE.format(count=now.length, seed=now.seed)
    return texts.WRITING_SO_FAR.format(done=len(now.text), all=now.length)


def take_in(machine: Machine, file: str, kept: Store, own: Store) -> tuple[Any, dict[str, Any], dict[str, Any]]:
    """Take in a model file. From now on the model is the visitor's own."""
    with in_words():
        run_id = machine.runs.take_in(file)
    kept = remember(run_id, kept)
    key = machine.runs.keys.owner_key(run_id)
    return models.offer(machine.shelf, kept, run_id), kept, with_key(run_id, key, own)


def did_it_copy(machine: Machine, model: str | None, written: str | None, own: Store) -> str:
    """Which stretches of the text appear word for word in the text that the model learnt from."""
    if not written:
        return notice(texts.COPIED_NOTHING_YET)
    try:
        return copies(*find_copies(machine, model, written, key_of(model, own)))
    except CorpusNotFound as error:  # this is no problem, only a note
        return notice(str(error).strip())
    except CharlmError as error:
        return problem(str(error).strip())


def look_ahead(
    on: Controls, machine: Machine, model: str | None, start_text: str | None, temperature: float
) -> dict[Any, Any]:
    """The next character's bars, and an offer to replace the characters that the model never saw."""
    link = page_link(model)
    calm = {
        on.asked.unknown: gr.HTML(visible=False),
        on.asked.replace: gr.Button(visible=False),
        on.written.page: gr.Button(link=link, visible=link is not None),
    }
    if not model:
        return {on.written.bars: notice(texts.NO_MODEL), **calm}
    try:
        return {on.written.bars: bars(foresee(machine, model, start_text or "", temperature, count=SHOWN)), **calm}
    except UnknownCharacter as error:
        return {
            on.asked.unknown: gr.HTML(problem(error.happened), visible=True),
            on.asked.replace: gr.Button(error.expected, visible=True),
        }
    except CharlmError as error:
        return {on.written.bars: problem(str(error)), **calm}


def near(machine: Machine, model: str, start_text: str) -> str:
    """The start with every unknown character replaced by the nearest known one."""
    with in_words():
        return models.take(machine.shelf, model).vocabulary.replace_unknown(start_text)[0]


def choose_seed(seed: int | None, keep: bool) -> int:
    """The visitor's seed if it is to be kept, else a random one."""
    return int(seed) if keep and seed is not None else draw_seed()
