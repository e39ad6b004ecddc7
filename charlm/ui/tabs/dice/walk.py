"""A walk, one character at a time: the text so far, and the steps that can be taken from there."""

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

    of: tuple[str, str, int] = ("", "", 0)  # model, start, seed
    written: str = ""
    throw: str = ""

    def to(self, written: str, throw: str = "") -> "Walk":
        """The same walk with another text and throw."""
        return Walk(self.of, written, throw)


@dataclass(frozen=True)
class Choice:
    """What may come next, and the seed of the dice."""

    characters: tuple[NextCharacter, ...]  # all of them
    seed: int


Move = Callable[[Walk, Choice], Walk]


def begun(walk: Walk, choice: Choice) -> Walk:
    """Back to the start."""
    return walk.to("")


def stayed(walk: Walk, choice: Choice) -> Walk:
    """No step."""
    return walk


def thrown(walk: Walk, choice: Choice) -> Walk:
    """One character more: the one on which the seed's random number for this place falls."""
    by_id = sorted(choice.characters, key=lambda one: one.id)
    number = float(dice(choice.seed, len(walk.written) + 1)[-1])
    id_, low, high = fall(np.array([one.heated for one in by_id]), number)
    hit = by_id[id_]
    return walk.to(walk.written + hit.character, strip(by_id, number, hit, low, high))


def picked(id_: int) -> Move:
    """One character more: the one that was clicked, without dice."""

    def move(walk: Walk, choice: Choice) -> Walk:
        found = next((one for one in choice.characters if one.id == id_), None)
        return walk.to(walk.written + found.character, chosen_by_hand(found)) if found else walk

    return move


def stepped_back(walk: Walk, choice: Choice) -> Walk:
    """One character back."""
    return walk.to(walk.written[:-1])


def gone_back_to(place: int) -> Move:
    """Back to a character that was written before: the text ends after `place` characters."""
    return lambda walk, choice: walk.to(walk.written[: max(0, place)])
