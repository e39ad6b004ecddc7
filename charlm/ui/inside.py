"""What a visitor can find out about the inside of a model: the Inside tab draws the answers, HTTP sends them."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from charlm.errors import InvalidSetting
from charlm.insight import parts as all_parts
from charlm.insight import switched_off
from charlm.insight.cells import Cells
from charlm.insight.embedding import Embedding
from charlm.insight.parts import Part
from charlm.insight.reach import Reach
from charlm.insight.reach import reach as reach_of
from charlm.insight.shortlist import Follower, Shortlist
from charlm.insight.specimen import Specimen, text_at_hand
from charlm.insight.switched_off import At, SwitchedOff
from charlm.storage.run_names import VISITORS
from charlm.text.corpus import Corpus, from_text
from charlm.ui import models, texts
from charlm.ui.machine import Machine
from charlm.ui.writing import Waiting

if TYPE_CHECKING:
    from charlm.generation.language_model import LanguageModel

LONGEST_READ = 600  # characters of a text whose cells are shown
MOST_MODELS = 3  # beside each other
LONGEST_REST = 0.5  # seconds

T = TypeVar("T")


@dataclass(frozen=True)
class Found:
    """What the cells of a model follow, so far, and on which text that was found."""

    text: Specimen
    shortlist: Shortlist | None = None  # None while the model still writes the text


def look(machine: Machine, model: str | None, text: str) -> Cells:
    """Every cell and every gate of a model while it reads a text.

    Raises InvalidSetting for a text that is empty or too long, CheckpointNotFound and CheckpointDamaged, and
    UnknownCharacter if the model knows no character of the text.
    """
    return machine.insides.cells(models.take(machine.shelf, model), _checked(machine, text))


def find_followers(machine: Machine, model: str | None, given: str = "", key: str = "") -> Iterator[Waiting | Found]:
    """Which cells follow which feature. Yields how far it is; the last answer is finished.

    The text is the `given` one; or the held-out part of the text that the model learnt, if it is here and, for a
    visitor's run, the `key` is its owner's; or one that the model writes. Raises what `look` raises, and TooBusy.
    """
    corpus = from_text(given, texts.INSIDE_GIVEN) if given.strip() else _own(machine, model, key)
    if corpus:
        machine.limits.check_text(corpus)
    with machine.long_turns.take() as places:
        yield from map(Waiting, places)
        reader = models.take(machine.shelf, model)
        for text in _politely(machine, machine.insides.specimen(reader, corpus)):
            yield Found(text)
        for found in _politely(machine, machine.insides.shortlist(reader, text.text)):
            yield Found(text, found)


def switch_off(
    machine: Machine, model: str | None, layer: int, cell: int, at: At, start_text: str = "", seed: int = 1,
    temperature: float = 0.7, length: int = 300, key: str = "",
) -> Iterator[Waiting | SwitchedOff]:  # fmt: skip
    """Write with a cell and without it, and measure what it costs. Layer and cell are counted from 0.

    The feature is the one that the cell follows best. Raises what `find_followers` raises.
    """
    machine.limits.check_length(max(length, len(start_text)))
    with machine.long_turns.take() as places:
        yield from map(Waiting, places)
        reader = models.ready(machine.shelf, model, start_text)
        corpus = _own(machine, model, key)
        *_, text = machine.insides.specimen(reader, corpus)
        feature = _feature(machine, reader, text.text, layer, cell)
        steps = switched_off.switch_off(
            reader, layer, cell, text.text, at=at, feature=feature.feature if feature else "", start_text=start_text,
            temperature=temperature, length=length, seed=seed,
        )  # fmt: skip
        yield from _politely(machine, steps)


def reach(machine: Machine, model: str | None, text: str, place: int) -> tuple[Cells, Reach]:
    """How far back one character of a text leans. Raises what `look` raises, also if there is no such character."""
    cells = look(machine, model, text)
    return cells, reach_of(models.take(machine.shelf, model), cells, place)


def curves(machine: Machine, names: Sequence[str], text: str) -> dict[str, np.ndarray]:
    """How far back several models lean on the whole, by their names. Raises what `look` raises."""
    if not 1 <= len(names) <= MOST_MODELS:
        raise InvalidSetting(*texts.REACH_TOO_MANY, count=len(names), most=MOST_MODELS)
    text = _checked(machine, text)
    return {name: machine.insides.curve(models.take(machine.shelf, name), text) for name in names}


def embedding(machine: Machine, model: str | None) -> Embedding:
    """The embedding of a model. Raises CheckpointNotFound and CheckpointDamaged."""
    return machine.insides.embedding(models.take(machine.shelf, model))


def parts(machine: Machine, model: str | None) -> tuple[Part, ...]:
    """The parts of a model. Raises CheckpointNotFound and CheckpointDamaged."""
    card = models.card(machine.shelf, model)
    return all_parts.parts(len(card.vocabulary), card.model)


def text_of(machine: Machine, model: str | None, key: str = "") -> str:
    """A piece of the text that the model learnt, from the part that was held out; "" if it is not here, or private."""
    found = text_at_hand(models.take(machine.shelf, model), _own(machine, model, key), LONGEST_READ)
    return found.text if found else ""


def _feature(machine: Machine, model: "LanguageModel", text: str, layer: int, cell: int) -> Follower | None:
    """What a cell follows best on a text; None if there is no such cell."""
    *_, known = machine.insides.shortlist(model, text)
    return next((one for one in known.best if (one.layer, one.cell) == (layer, cell)), None)


def _own(machine: Machine, model: str | None, key: str) -> Corpus | None:
    if not model or (VISITORS.fullmatch(model) and not machine.runs.keys.is_owner(model, key)):
        return None
    return machine.shelf.corpus(model)


def _checked(machine: Machine, text: str) -> str:
    if not text.strip():
        raise InvalidSetting(*texts.SENTENCE_EMPTY)
    most = min(LONGEST_READ, machine.limits.length)
    if len(text) > most:
        raise InvalidSetting(*texts.SENTENCE_TOO_LONG, count=len(text), most=most)
    return text


def _politely(machine: Machine, steps: Iterator[T]) -> Iterator[T]:
    """The same steps. While somebody writes, each is followed by a rest as long as the step was."""
    began = time.monotonic()
    for step in steps:
        yield step
        if machine.writing:
            time.sleep(min(LONGEST_REST, time.monotonic() - began))
        began = time.monotonic()
