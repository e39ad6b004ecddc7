"""Which model: those everybody may see first, then the visitor's own. Every tab that needs one asks the same way."""

import unicodedata
from typing import TYPE_CHECKING, Any

import gradio as gr

from charlm.errors import CheckpointNotFound, UnknownCharacter
from charlm.generation.shelf import Shelf
from charlm.storage.run_folder import SHARED, VISITORS
from charlm.text.checkup import label as label_of
from charlm.text.vocabulary import Vocabulary
from charlm.ui.answers import QUIET
from charlm.ui.languages import english as texts

if TYPE_CHECKING:
    from charlm.generation.language_model import LanguageModel

REMEMBERED = 20  # runs


def choice(
    tab: gr.Tab, shelf: Shelf, kept: gr.BrowserState, elem_id: str, label: str = texts.MODEL,
    info: str = texts.MODEL_INFO, rank: int = 0,
) -> gr.Dropdown:  # fmt: skip
    """A control that chooses a model, the first or the second; it looks what there is whenever its tab is opened."""
    names = shelf.everybodys()
    model = gr.Dropdown(
        names,
        value=by_rank(names, rank),
        label=label,
        info=info,
        elem_id=elem_id,
        allow_custom_value=True,  # for scripts, and for one's own: the list is another one for every visitor
    )

    def look(kept: dict[str, Any] | None, chosen: str | None) -> Any:
        return offer(shelf, kept, chosen, rank)

    tab.select(look, [kept, model], model, **QUIET)
    return model


def by_rank(names: list[str], rank: int = 0) -> str | None:
    """The model to begin with, or the one to hold against it."""
    ranked = sorted(names, key=lambda name: name != texts.FIRST_MODEL)
    return ranked[rank] if rank < len(ranked) else None


def offer(shelf: Shelf, kept: dict[str, Any] | None, chosen: str | None, rank: int = 0) -> Any:
    """The models there are to choose from, as an update of the control."""
    names = shelf.everybodys()
    own = [name for name in dict.fromkeys([*remembered(kept), chosen or ""]) if name not in names and shelf.has(name)]
    choices = [*((name, name) for name in names), *((named(name), name) for name in own)]
    return gr.Dropdown(choices, value=chosen if chosen in (*names, *own) else by_rank([*names, *own], rank))


def remembered(kept: dict[str, Any] | None) -> list[str]:
    """The ids of the runs that this browser has seen, the latest first."""
    runs = (kept or {}).get("runs", [])
    return [run for run in runs if isinstance(run, str)] if isinstance(runs, list) else []


def remember(run_id: str, kept: dict[str, Any] | None) -> dict[str, Any]:
    """What the browser keeps: the runs it has seen, the latest first."""
    return {"runs": list(dict.fromkeys([*filter(None, [run_id]), *remembered(kept)]))[:REMEMBERED]}


def named(run_id: str) -> str:
    """A visitor's own model by a name to tell it from others."""
    if VISITORS.fullmatch(run_id):
        name, key = run_id.rsplit("-", 1)
        return texts.OWN_MODEL.format(name=name, key=key[:4])
    return texts.SHARED_MODEL.format(name=run_id.split("~")[0]) if SHARED.fullmatch(run_id) else run_id


def ready(shelf: Shelf, name: str | None, start: str, columns: int = 1) -> "LanguageModel":
    """The model, ready to go on from that start.

    Raises CheckpointNotFound, CheckpointDamaged, and UnknownCharacter with what could stand in a letter's place.
    """
    if not name or not isinstance(name, str):
        raise CheckpointNotFound(texts.NO_MODEL, "", "")
    model = shelf.take(name, columns)
    start = unicodedata.normalize("NFC", start)
    if any(c not in model.vocabulary for c in start):
        raise UnknownCharacter(*unknown(model.vocabulary, start), "")
    return model


def unknown(vocabulary: Vocabulary, text: str) -> tuple[str, str]:
    """What the model never saw of a text, and what could stand in its place."""
    _, replaced = vocabulary.replace_unknown(text)
    offers = (
        (texts.BECOMES if new else texts.LEFT_OUT).format(character=label_of(c), near=label_of(new) if new else "")
        for c, new in replaced.items()
    )
    named = ", ".join(label_of(c) for c in replaced)
    return texts.UNKNOWN.format(named=named), texts.REPLACE.format(offers=", ".join(offers))
