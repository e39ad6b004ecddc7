"""Endpoints about the inside of a model. Layers are counted from 1, cells and places from 0."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Literal

from charlm.insight import facts
from charlm.ui import inside, models
from charlm.ui.inside import Found
from charlm.ui.machine import Machine
from charlm.ui.writing import Waiting

Answer = dict[str, Any]


def parts(machine: Machine, model: str = "") -> Answer:
    """The parts of a network in the order in which a character goes through them: {parameters, parts: [{name, takes,
    gives, gates, arrays: {name: shape}, parameters}]}.
    """
    return facts.of_parts(inside.parts(machine, _model(machine, model)))


def cell(machine: Machine, text: str, model: str = "", layer: int = 1, cell: int = 0) -> Answer:
    """One cell while the model reads a text: {text, replaced, layer, cell, activations, gates: {name: numbers}}.

    There is one number after each character. An activation is tanh c of an LSTM, where c is the memory cell, and h of a
    GRU and of a plain cell. The gates of an LSTM are input, forget and output, those of a GRU update and reset.
    """
    return facts.of_cell(inside.look(machine, _model(machine, model), text), layer - 1, cell)


def cells(machine: Machine, text: str, place: int, model: str = "") -> Answer:
    """All cells after one character of a text: {character, place, activations: [numbers of a layer]}."""
    return facts.of_character(inside.look(machine, _model(machine, model), text), place)


def shortlist(machine: Machine, model: str = "", text: str = "", key: str = "") -> Iterator[Answer]:
    """Which cells follow a feature of the text: a stream of {place_in_row, source, read, characters, finished, text,
    chance, features, cells: [{layer, cell, feature, r}], best}.

    `cells` are those with |r| of 0.5 or more, and more than `chance`, which is what a shuffled control reaches. `best`
    has every cell's best feature and claims nothing. Without a text it is the held-out part of the one that the model
    learnt, if that is here (a run's text needs its owner's `key`), or else one that the model writes: see `source`.
    """
    empty = {"place_in_row": 0, "source": "", "read": 0, "characters": 0, "finished": False}
    for now in inside.find_followers(machine, _model(machine, model), text, key):
        yield empty | _found(now)


def switch_off(
    machine: Machine, model: str = "", layer: int = 1, cell: int = 0, at: Literal["zero", "mean"] = "zero",
    start_text: str = "", seed: int = 1, temperature: float = 0.7, length: int = 300, key: str = "",
) -> Iterator[Answer]:  # fmt: skip
    """What the model writes without a cell, and what that costs: a stream of {place_in_row, layer, cell, held,
    start_text, seed, text, without, parts_at, feature, cost, feature_cost, finished}.

    `text` is written with the cell, `without` while it is held at zero or at its mean, both with the same dice. A cost
    is {characters, with_cell, without}, in nats per character: on the whole, and after the feature that the cell
    follows best.
    """
    steps = inside.switch_off(
        machine, _model(machine, model), layer - 1, cell, at, start_text, seed, temperature, length, key
    )
    for now in steps:
        if isinstance(now, Waiting):
            yield {"place_in_row": now.place, "finished": False}
        else:
            yield {"place_in_row": 0} | asdict(now) | {"layer": layer}


def reach(machine: Machine, text: str, place: int, model: str = "") -> Answer:
    """How far back one character of a text leans: {text, place, character, norms, curve}.

    `norms` are those of the gradient of the character's logit by each embedded input before it, the nearest first.
    `curve` is the mean of such norms over several characters of the text.
    """
    name = _model(machine, model)
    found = facts.of_reach(*inside.reach(machine, name, text, place))
    return found | {"curve": facts.numbers(inside.curves(machine, [name], text)[name], significant=True)}


def neighbours(machine: Machine, character: str, model: str = "", count: int = 5) -> Answer:
    """The row of a character in the embedding, and the characters with similar rows: {character, row, before,
    neighbours: [{character, similarity}], changed_alike}.

    `before` is the row before learning, null if it is not known any more. `changed_alike` are the characters that
    learning moved in a similar direction. A similarity is a cosine.
    """
    return facts.of_neighbours(inside.embedding(machine, _model(machine, model)), character, count)


def _found(now: Waiting | Found) -> Answer:
    if isinstance(now, Waiting):
        return {"place_in_row": now.place}
    if now.shortlist is None:
        return {"source": now.text.source}
    return facts.of_shortlist(now.shortlist, now.text)


def _model(machine: Machine, name: str) -> str:
    return name or models.by_rank(machine.shelf.everybodys()) or ""
