"""What happens when a number is moved: the page tells at once how long the run would take.

A moved number costs the server only some arithmetic. Where a visitor stays with numbers that were never tried here, the
machine tries them in the background, if it has time; the timer looks whether it is done.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

import gradio as gr

from charlm.errors import CharlmError
from charlm.presets import fit_to_text
from charlm.times.wishes import Wish
from charlm.ui.answers import QUIET
from charlm.ui.drawings.duration import duration
from charlm.ui.drawings.notes import notice, problem
from charlm.ui.learning import wish_for
from charlm.ui.machine import Machine
from charlm.ui.tabs.train.layout import Controls
from charlm.ui.tabs.train.text import timed

Size = tuple[int, int]  # of the chosen text: its characters, and how many of them are different


def wire_time(on: Controls, machine: Machine, looks: Sequence[Any]) -> None:
    """Tell how long the run would take, after each of the looks at a text, and whenever a number changes."""
    settings = on.settings
    asked = {"size": on.text.size, "preset": settings.preset} | settings.fields
    looking: dict[str, Any] = {
        "fn": partial(look_at_time, on, machine),
        "inputs_kwargs": asked,
        "outputs": [settings.time, on.times],
        **QUIET,
    }
    gr.on([field.change for field in settings.fields.values()], **looking, trigger_mode="always_last")
    for look in looks:
        look.then(**looking)
    on.times.tick(
        partial(look_again, on, machine), inputs_kwargs=asked | {"stayed": settings.stayed},
        outputs=[settings.time, settings.preset, settings.stayed, on.times], **QUIET,
    )  # fmt: skip


def look_at_time(on: Controls, machine: Machine, size: Size, preset: str, **chosen: Any) -> dict[Any, Any]:
    """The time for these numbers, from what is known already; the timer runs until they are measured."""
    try:
        wish = wish_for(machine, *size, preset, chosen)
        expected = machine.times.estimate(*wish.asked)
    except CharlmError as error:
        return {on.settings.time: _why_not(size, error), on.times: gr.Timer(active=False)}
    measured = expected is not None and expected.measured
    return {on.settings.time: duration(expected) + lowered(wish), on.times: gr.Timer(active=not measured)}


def look_again(
    on: Controls, machine: Machine, size: Size, stayed: Wish | None, preset: str, **chosen: Any
) -> dict[Any, Any]:
    """The same some seconds later. If the numbers have stayed as they were, they are tried."""
    try:
        wish = wish_for(machine, *size, preset, chosen)
        expected = machine.times.estimate(*wish.asked)
    except CharlmError as error:
        return {on.settings.time: _why_not(size, error), on.times: gr.Timer(active=False)}
    if expected is None:
        return {on.settings.time: duration(None) + lowered(wish), on.times: gr.Timer(active=not machine.wishes.settled)}
    trying = not expected.measured and wish == stayed and machine.wishes.wish(wish)
    return {
        on.settings.time: duration(expected, trying) + lowered(wish),
        on.settings.preset: timed(machine.times, *size),
        on.settings.stayed: wish,
        on.times: gr.Timer(active=trying or not (expected.measured or wish == stayed)),
    }


def lowered(wish: Wish) -> str:
    """What will be lowered because the text is short."""
    return "".join(map(notice, fit_to_text(wish.settings, wish.characters).lowered))


def _why_not(size: Size, error: CharlmError) -> str:
    """Why there is no time; nothing without a text, since that is told beside the text."""
    return problem(str(error)) if size[0] else ""
