"""How far back a network leans: how much the logit of a character changes with each character before it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from charlm.errors import InvalidSetting
from charlm.insight.cells import Cells
from charlm.languages import N_

if TYPE_CHECKING:
    from charlm.generation.language_model import LanguageModel

BACK = 100  # characters that are looked at
PLACES = 16  # characters of a text over which the curve is the mean


@dataclass(frozen=True, eq=False)
class Reach:
    """How much one character's logit depends on each character before it."""

    place: int  # of the character in the text
    norms: np.ndarray  # float32 (at most BACK,): the gradient's norm; the first is that of the character just before


def reach(model: "LanguageModel", cells: Cells, place: int) -> Reach:
    """For one character of a text that was read: the norms of the gradient of its logit by the earlier inputs.

    Raises InvalidSetting if the text has no such character.
    """
    if not 0 <= place < len(cells.text):
        raise no_such_place(place, len(cells.text))
    return Reach(place, _norms(model, cells, [place])[0])


def reach_curve(model: "LanguageModel", cells: Cells) -> np.ndarray:
    """The mean norm at each distance, over PLACES characters of the text: float64 (at most BACK,).

    The first number is for the character just before. Characters with fewer than BACK others before them are left out,
    unless the text is so short that there are no others.
    """
    characters = len(cells.text)
    first = BACK if characters > BACK else max(1, characters // 2)
    places = np.linspace(min(first, characters - 1), characters - 1, PLACES).astype(int).tolist()
    norms = _norms(model, cells, places)
    shortest = min(map(len, norms))
    return np.stack([row[:shortest] for row in norms]).mean(0, dtype=np.float64)


def no_such_place(place: int, characters: int) -> InvalidSetting:
    """The error for a character that a text does not have."""
    return InvalidSetting(
        N_("There is no character {place} in the text."),
        N_("Expected a number from 0 to {last}."),
        N_("Choose another character."),
        place=place,
        last=characters - 1,
    )


def _norms(model: "LanguageModel", cells: Cells, places: list[int]) -> list[np.ndarray]:
    from charlm.network.backend import tf  # imported late, because TensorFlow takes seconds to start
    from charlm.network.gradients import input_gradients

    ids = np.pad(model.vocabulary.encode(cells.text), (0, BACK))  # what is behind a place changes nothing before it
    begins = [max(0, place - BACK) for place in places]
    # A character at the very beginning has none before it. It gets a row all the same, and the row is cut to nothing.
    ends = np.array([max(0, place - 1 - begin) for place, begin in zip(places, begins, strict=True)])
    rows = np.stack([ids[begin : begin + BACK] for begin in begins])
    parts = (cells.output, cells.memory) if cells.cell == "lstm" else (cells.output,)
    state = tuple(tuple(tf.constant(part[layer, begins]) for part in parts) for layer in range(cells.layers))
    norms = input_gradients(model.network, rows, ends, ids[places], state)
    lengths = [place - begin for place, begin in zip(places, begins, strict=True)]
    return [row[:length][::-1] for row, length in zip(norms, lengths, strict=True)]
