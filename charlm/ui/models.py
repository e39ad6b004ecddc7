"""The choice of a model, the same on every tab: first the models that everybody may see, then the visitor's own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from reprlib import repr as short
from typing import TYPE_CHECKING, Any

import gradio as gr

from charlm.errors import CheckpointNotFound, UnknownCharacter
from charlm.generation.shelf import Shelf
from charlm.storage.card import Card
from charlm.storage.run_names import SHARED, VISITORS
from charlm.storage.shipped import FILMS
from charlm.text.checkup import label as label_of
from charlm.ui import texts
from charlm.ui.answers import QUIET
from charlm.ui.kept import Store, remembered

if TYPE_CHECKING:
    from charlm.generation.language_model import LanguageModel


def dropdown(
    shelf: Shelf, elem_id: str, label: str = "", info: str = "", rank: int = 0, first: str = ""
) -> gr.Dropdown:
    """A control that chooses a model. With rank 0 it begins with the model `first`, with rank 1 with the second.

    By default, the first is the one for readers of this language.
    """
    names = ranked(shelf.everybodys())
    return gr.Dropdown(
        names,
        value=by_rank(names, rank, first),
        label=label or texts.MODEL,
        info=info or texts.MODEL_INFO,
        min_width=200,  # of a phone it takes the whole width, so that the name can be read
        elem_id=elem_id,
        allow_custom_value=True,  # a visitor's own models are added to the list later
    )


def keep_current(
    tab: gr.Tab, shelf: Shelf, kept: gr.BrowserState, control: gr.Dropdown, rank: int = 0, first: str = ""
) -> None:
    """Update the list of models in a control whenever its tab is opened."""

    def look(kept: Store, chosen: str | None) -> Any:
        return offer(shelf, kept, chosen, rank, first)

    tab.select(look, [kept, control], control, **QUIET)


def ranked(names: list[str], first: str = "") -> list[str]:
    """Models in the order in which they are offered: the one for readers of this language at the head.

    The films are the last, since they write worse than the others.
    """
    first = first or texts.FIRST_MODEL
    return sorted(names, key=lambda name: (name != first, name in FILMS))


def by_rank(names: list[str], rank: int = 0, first: str = "") -> str | None:
    """The model to begin with (rank 0), or the one to compare it with (rank 1); None if there are too few."""
    return dict(enumerate(ranked(names, first))).get(rank)


def offer(shelf: Shelf, kept: Store, chosen: str | None, rank: int = 0, first: str = "") -> Any:
    """The models that this visitor can choose, as an update of the control."""
    names = ranked(shelf.everybodys())
    own = [name for name in dict.fromkeys([*remembered(kept), chosen or ""]) if name not in names and shelf.has(name)]
    choices = [*((name, name) for name in names), *((named(name), name) for name in own)]
    return gr.Dropdown(choices, value=chosen if chosen in (*names, *own) else by_rank([*names, *own], rank, first))


def named(run_id: str) -> str:
    """The name that the page shows for a model. A visitor's own has a piece of its id, to tell it from others."""
    if VISITORS.fullmatch(run_id):
        name, key = run_id.rsplit("-", 1)
        return texts.OWN_MODEL.format(name=name, key=key[:4])
    return texts.SHARED_MODEL.format(name=run_id.split("~")[0]) if SHARED.fullmatch(run_id) else run_id


def take(shelf: Shelf, name: str | None) -> "LanguageModel":
    """The model of that name, ready to write. Raises CheckpointNotFound and CheckpointDamaged."""
    with _found(name) as found:
        return shelf.take(found)


def card(shelf: Shelf, name: str | None) -> Card:
    """The card of the model of that name. Raises CheckpointNotFound and CheckpointDamaged."""
    with _found(name) as found:
        return shelf.card(found)


@contextmanager
def _found(name: str | None) -> Iterator[str]:
    if not name or not isinstance(name, str):
        raise CheckpointNotFound(texts.NO_MODEL, "", "")
    try:
        yield name
    except CheckpointNotFound:  # its sentence has a path of this machine, which is private
        raise CheckpointNotFound(*texts.NO_SUCH_MODEL, name=short(name)) from None


def ready(shelf: Shelf, name: str | None, start: str) -> "LanguageModel":
    """The model, ready to go on from that start.

    Raises what `take` raises, and UnknownCharacter, which names the unknown characters and their replacements.
    """
    model = take(shelf, name)
    _, replaced = model.vocabulary.replace_unknown(start)
    if replaced:
        raise UnknownCharacter(*unknown(replaced), "")
    return model


def unknown(replaced: Mapping[str, str]) -> tuple[str, str]:
    """Two sentences: which characters the model never saw, and what replaces them.

    `replaced` has the replacement of each unknown character; "" means that the character is left out.
    """
    offers = (
        (texts.BECOMES if near else texts.LEFT_OUT).format(character=label_of(c), near=label_of(near) if near else "")
        for c, near in replaced.items()
    )
    named = ", ".join(map(label_of, replaced))
    return texts.UNKNOWN.format(named=named), texts.REPLACE.format(offers=", ".join(offers))
