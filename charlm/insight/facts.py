"""What is found inside a network, as plain numbers: the command line prints them as JSON, the HTTP API answers them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from charlm.insight.cells import Cells
from charlm.insight.embedding import Embedding, Neighbour
from charlm.insight.features import NAMES
from charlm.insight.parts import Part
from charlm.insight.reach import Reach, no_such_place
from charlm.insight.shortlist import Follower, Shortlist
from charlm.insight.specimen import Specimen

DIGITS = 4  # after the point: a cell is no more exact than that

Facts = dict[str, Any]


def of_parts(found: Sequence[Part]) -> Facts:
    """{parameters, parts: [{name, takes, gives, gates, arrays: {name: shape}, parameters}]}."""
    return {"parameters": sum(part.parameters for part in found), "parts": [asdict(part) for part in found]}


def of_shortlist(found: Shortlist, text: Specimen) -> Facts:
    """{text, source, read, characters, finished, chance, features, cells: [{layer, cell, feature, r}], best: [...]}.

    Layers are counted from 1, cells from 0. `cells` are those that are named; `best` has the best feature of every
    cell, which claims nothing.
    """
    return {
        "text": text.name,
        "source": text.source,
        "read": found.read,
        "characters": found.characters,
        "finished": found.finished,
        "chance": round(found.chance, DIGITS),
        "features": list(NAMES),
        "cells": [of_follower(one) for one in found.followers],
        "best": [of_follower(one) for one in found.best],
    }


def of_follower(one: Follower) -> Facts:
    """{layer, cell, feature, r}, the layer counted from 1."""
    return {"layer": one.layer + 1, "cell": one.cell, "feature": one.feature, "r": round(one.r, DIGITS)}


def of_cell(cells: Cells, layer: int, cell: int) -> Facts:
    """One cell over a text: {text, replaced, layer, cell, activations, gates: {name: numbers}}."""
    return {
        "text": cells.text,
        "replaced": cells.replaced,
        "layer": layer + 1,
        "cell": cell,
        "activations": numbers(cells.along(layer, cell)),
        "gates": {name: numbers(gate) for name, gate in cells.gates_along(layer, cell).items()},
    }


def of_character(cells: Cells, place: int) -> Facts:
    """All cells after one character: {character, place, activations: a list for each layer}."""
    if not 0 <= place < len(cells.text):
        raise no_such_place(place, len(cells.text))
    return {
        "character": cells.text[place],
        "place": place,
        "activations": [numbers(layer[place]) for layer in cells.shown],
    }


def of_reach(cells: Cells, found: Reach) -> Facts:
    """{text, place, character, norms}: the first norm is that of the character just before."""
    return {
        "text": cells.text,
        "place": found.place,
        "character": cells.text[found.place],
        "norms": numbers(found.norms, significant=True),
    }


def of_neighbours(found: Embedding, character: str, count: int = 5) -> Facts:
    """{character, row, before, neighbours: [{character, similarity}], changed_alike: the same for what learning added}.

    `before` is the row before learning, null if it is not known any more.
    """
    neighbours = found.neighbours(character, count)  # refuses what is not a character of the model
    id_ = found.alphabet.index(character)
    changed = () if found.changed is None else found.neighbours(character, count, found.changed)
    return {
        "character": character,
        "row": numbers(found.table[id_]),
        "before": None if found.before is None else numbers(found.before[id_]),
        "neighbours": [_neighbour(one) for one in neighbours],
        "changed_alike": [_neighbour(one) for one in changed],
    }


def numbers(values: np.ndarray, *, significant: bool = False) -> list[float]:
    """The numbers of an array (n,), rounded: to DIGITS after the point, or to as many digits that are not zero."""
    if significant:
        return [float(f"{value:.{DIGITS}g}") for value in values.tolist()]
    return [round(value, DIGITS) for value in values.tolist()]


def _neighbour(one: Neighbour) -> Facts:
    return {"character": one.character, "similarity": round(one.similarity, DIGITS)}
