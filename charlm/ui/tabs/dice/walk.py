"""A walk, one character at a time: where one stands, and the steps that can be taken from there."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from charlm.generation.temperature import dice, fall
from charlm.insight.next_characters import NextCharacter
from charlm.ui.drawings.throw import chosen_by_hand, strip

LONGEST = 1_000  # characters that one walk may have


@dataclass(frozen=True)
class Walk:
    """What was written so far with one model, start and seed, and the last throw as it was shown."""

    of: tuple[str, str, int] = ("", "", 0)
    written: str = ""
    throw: str = ""

    def to(self, written: str, throw: str = "") -> "Walk":
        """The same walk at another place."""
        return Walk(self.of, written, throw)


@dataclass(frozen=True)
class Choice:
    """What may come next, and the seed of the dice."""

    characters: tuple[NextCharacter, ...]  # all of them
    seed: int


Move = Callable[[Walk, Choice], Walk]


def begun(walk: Walk, choice: Choice) -> Walk:
    """From the start again."""
    return walk.to("")


def stayed(walk: Walk, choice: Choice) -> Walk:
    """No step."""
    return walk


def thrown(walk: Walk, choice: Choice) -> Walk:
    """One character on: the one that this seed's number for this place falls on."""
    by_id = sorted(choice.characters, key=lambda one: one.id)
    number = float(dice(choice.seed, len(walk.written) + 1)[-1])
    id_, low, high = fall(np.array([one.heated for one in by_id]), number)
    hit = by_id[id_]
    return walk.to(walk.written + hit.character, strip(by_id, number, hit, low, high))


def picked(id_: int) -> Move:
    """One character on: the one that was clicked, whatever the dice say."""

    def move(walk: Walk, choice: Choice) -> Walk:
        found = next((one for one in choice.characters if one.id == id_), None)
        return walk.to(walk.written + found.character, chosen_by_hand(found)) if found else walk

    return move


def stepped_back(walk: Walk, choice: Choice) -> Walk:
    """One character back."""
    return walk.to(walk.written[:-1])


def gone_back_to(place: int) -> Move:
    """Back to just behind a character that was written before."""
    return lambda walk, choice: walk.to(walk.written[: max(0, place)])
