"""What happens when a control of the Replay tab is used. The player needs no server: see player.py."""

import time
import unicodedata
from collections.abc import Iterator
from functools import partial
from typing import Any

import gradio as gr

from charlm.errors import CharlmError, NoEpochs, NotYours
from charlm.insight.film import Film
from charlm.storage.run_names import VISITORS
from charlm.ui import film, models, texts
from charlm.ui.answers import QUIET, STREAM, in_words
from charlm.ui.drawings import film as drawings
from charlm.ui.drawings.notes import notice, progress
from charlm.ui.machine import PIECE_EVERY, Machine
from charlm.ui.tabs.replay.layout import Controls
from charlm.ui.writing import Waiting


def wire(tab: gr.Tab, on: Controls, machine: Machine, kept: gr.BrowserState) -> None:
    """Connect the controls with what they do."""
    models.keep_current(tab, machine.shelf, kept, on.model, first=texts.FIRST_FILM)
    asking = gr.on(
        [tab.select, on.model.change, on.ask.click, on.start.submit, on.known.change],
        partial(show_film, on, machine), inputs_kwargs=on.asked,
        outputs=[on.state, on.curve, on.frames, on.kept, on.table, on.looks], trigger_mode="always_last", **STREAM,
    )  # fmt: skip
    on.stop.click(None, None, None, cancels=[asking], api_visibility="private")
    on.looks.tick(partial(look, on, machine), on.model, [on.known, on.looks], **QUIET)


def show_film(
    on: Controls, machine: Machine,
    model: str | None, start_text: str | None, temperature: float, length: int, seed: int,
) -> Iterator[dict[Any, Any]]:  # fmt: skip
    """Ask every kept epoch. Yields the growing film, at most every PIECE_EVERY seconds, and at the end its table."""
    start, sent = unicodedata.normalize("NFC", start_text or ""), 0.0
    learning = is_learning(machine, model)
    looks = {on.looks: gr.Timer(active=learning)}
    with in_words():
        try:
            for now in film.show(machine, model, start, temperature, length, seed):
                if isinstance(now, Waiting):
                    yield {on.state: progress(texts.PLACE.format(place=now.place))}
                elif now.finished:
                    yield looks | drawn(on, now, model, learning) | {on.table: drawings.as_table(now)}
                elif time.monotonic() - sent >= PIECE_EVERY:
                    sent = time.monotonic()
                    yield drawn(on, now, model)
        except (NoEpochs, NotYours) as error:  # this is no problem, only a note
            shown = dict.fromkeys([on.curve, on.frames, on.kept, on.table], "")
            if isinstance(error, NoEpochs) and model:
                losses = film.without_frames(machine, model)
                shown |= {on.curve: drawings.curve(losses), on.kept: drawings.kept(losses)}
            yield looks | shown | {on.state: notice(str(error).strip())}


def drawn(on: Controls, now: Film, model: str | None, learning: bool = False) -> dict[Any, Any]:
    """The film so far; `learning` says that new epochs will follow."""
    told = texts.REPLAY_DONE if now.finished else texts.REPLAY_SO_FAR
    sentence = told.format(count=len(now.frames), all=len(now.epochs), seed=now.seed)
    return {
        on.state: progress(f"{sentence} {texts.REPLAY_LIVE}" if learning else sentence),
        on.curve: drawings.curve(now),
        on.frames: drawings.frames(now, model or ""),
        on.kept: drawings.kept(now),
    }


def look(on: Controls, machine: Machine, model: str | None) -> dict[Any, Any]:
    """Which epochs are there now; if there are other ones than before, the film is shown again."""
    try:
        epochs = film.folder_of(machine, model).epochs.kept()
    except CharlmError:
        epochs = []  # the run has not kept its first network yet
    learning = is_learning(machine, model)
    told = f"{model} {[one.epoch for one in epochs]} {learning}"
    return {on.known: told, on.looks: gr.Timer(active=learning)}


def is_learning(machine: Machine, model: str | None) -> bool:
    """Is this the model of a run that waits or is under way?"""
    if not VISITORS.fullmatch(model or ""):
        return False
    try:
        return machine.runs.status(model or "").state in ("waiting", "running")
    except CharlmError:  # a model from a file is no run
        return False
