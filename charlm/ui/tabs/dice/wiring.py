"""What happens when a control of the Dice tab is used."""

import unicodedata
from collections.abc import Callable
from typing import Any

import gradio as gr

from charlm.errors import CharlmError, InvalidSetting
from charlm.insight.next_characters import NextCharacter, next_characters
from charlm.settings import SamplingSettings
from charlm.ui import models, texts
from charlm.ui.answers import QUIET
from charlm.ui.drawings.bars import bars
from charlm.ui.drawings.notes import notice, problem
from charlm.ui.drawings.throw import walked
from charlm.ui.machine import Machine
from charlm.ui.tabs.dice.layout import MOST_CHOICES, Controls
from charlm.ui.tabs.dice.walk import (
    LONGEST,
    Choice,
    Move,
    Walk,
    begun,
    gone_back_to,
    picked,
    stayed,
    stepped_back,
    thrown,
)


def wire(tab: gr.Tab, on: Controls, machine: Machine, kept: gr.BrowserState) -> None:
    """Connect the controls with what they do."""
    step: dict[str, Any] = {"inputs_kwargs": on.asked, "outputs": on.shown, **QUIET}

    def taking(move: Move) -> Callable[..., dict[Any, Any]]:
        return lambda **asked: take(on, machine, move, **asked)

    def pick_next(event: gr.EventData, **asked: Any) -> dict[Any, Any]:
        return take(on, machine, picked(event.pick), **asked)

    def pick_place(event: gr.EventData, **asked: Any) -> dict[Any, Any]:
        return take(on, machine, gone_back_to(event.pick), **asked)

    models.keep_current(tab, machine.shelf, kept, on.settings.model)
    on.throw.click(taking(thrown), **step)
    on.back.click(taking(stepped_back), **step)
    on.afresh.click(taking(begun), **step)
    # One listener for all of them: with several, an old answer could arrive last.
    changes = [control.change for control in vars(on.settings).values()]
    gr.on([tab.select, *changes], taking(stayed), trigger_mode="always_last", **step)
    on.bars.click(pick_next, **step)
    on.text.click(pick_place, **step)


def take(
    on: Controls, machine: Machine, move: Move,
    walk: Walk, model: str | None, start: str | None, temperature: float, top_k: int, seed: int,
) -> dict[Any, Any]:  # fmt: skip
    """Take a step and show the walk after it: the text, the throw, and the bars of the next character."""
    start, longest = unicodedata.normalize("NFC", start or ""), min(LONGEST, machine.limits.length)
    try:
        if len(start) > longest:
            raise _too_long(longest)
        reader = models.ready(machine.shelf, model, start)
        settings = SamplingSettings(temperature, seed=seed)
        k = int(top_k) if 0 <= top_k <= MOST_CHOICES else 0

        def after(written: str) -> tuple[NextCharacter, ...]:
            return next_characters(reader, (start or reader.line_start) + written, settings.temperature, k)

        of = (model or "", start, settings.seed)
        walk = walk if walk.of == of else Walk(of)
        walk = move(walk, Choice(after(walk.written), settings.seed))
        if len(walk.written) > longest:
            raise _too_long(longest)
        choice = bars(after(walk.written), pick=True)
    except CharlmError as error:
        return {on.fell: problem(str(error).strip())}
    shown = walked(start, walk.written), walk.throw or notice(texts.THROW_EMPTY)
    return {on.walk: walk, on.text: shown[0], on.fell: shown[1], on.bars: choice}


def _too_long(most: int) -> InvalidSetting:
    return InvalidSetting(*texts.WALK_TOO_LONG, most=most)
