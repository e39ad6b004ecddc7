"""What takes seconds on the Inside tab: finding what the cells follow, and switching one off. It waits its turn."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from gradio import BrowserState

from charlm.ui import inside, models, texts
from charlm.ui.answers import STREAM, in_words
from charlm.ui.drawings.notes import progress
from charlm.ui.drawings.shortlist import followers, reading, switched_off
from charlm.ui.kept import Store, key_of
from charlm.ui.machine import Machine
from charlm.ui.tabs.inside.layout import Controls
from charlm.ui.writing import Waiting


def wire_long(on: Controls, machine: Machine, own: BrowserState) -> None:
    """Connect the two buttons. What was found for another model, or another cell, goes away."""
    cells, asked = on.cells, on.asked
    cells.find.click(partial(find, machine), [asked.model, own], cells.followers, trigger_mode="once", **STREAM)
    cells.switch.click(
        partial(switch, machine), [asked.model, on.at.layer, on.at.cell, cells.at, own], cells.switched,
        trigger_mode="once", **STREAM,
    )  # fmt: skip
    # `input` and not `change`, which also comes, and late, when the list of models was only looked through again.
    asked.model.input(lambda: ("", ""), None, [cells.followers, cells.switched], queue=False, api_visibility="private")


def find(machine: Machine, model: str | None, own: Store) -> Iterator[str]:
    """Which cells follow a feature of the text; before that, how far it is."""
    with in_words():
        settings = models.card(machine.shelf, model).model
        for now in inside.find_followers(machine, model, key=key_of(model, own)):
            if isinstance(now, Waiting):
                yield progress(texts.PLACE.format(place=now.place))
            elif now.shortlist is None:
                yield progress(texts.INSIDE_WRITING.format(count=len(now.text.text)))
            elif not now.shortlist.finished:
                yield reading(now.shortlist.read, now.shortlist.characters)
            else:
                yield followers(now.shortlist, now.text, settings.layers, settings.rnn_units)


def switch(
    machine: Machine, model: str | None, layer: float | None, cell: float | None, at: Any, own: Store
) -> Iterator[str]:
    """What the model writes with the cell and without it, and what that costs."""
    with in_words():
        layers = models.card(machine.shelf, model).model.layers
        length = min(300, machine.limits.length)
        steps = inside.switch_off(
            machine, model, int(layer or 1) - 1, int(cell or 0), at, length=length, key=key_of(model, own)
        )
        for now in steps:
            if isinstance(now, Waiting):
                yield progress(texts.PLACE.format(place=now.place))
            else:
                yield switched_off(now, layers)
