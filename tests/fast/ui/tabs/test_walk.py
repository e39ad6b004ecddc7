"""One character at a time."""

import pytest

from charlm.generation.temperature import dice
from charlm.insight.next_characters import next_characters
from charlm.ui.tabs.dice.walk import Choice, Walk, begun, gone_back_to, picked, stayed, stepped_back, thrown

SEED = 3


@pytest.fixture
def choose(toy):
    """The choice behind what was written so far."""
    return lambda walk: Choice(next_characters(toy, "the " + walk.written, 1.0), SEED)


def test_the_dice_write_what_the_model_writes(toy, choose):
    (*_, whole) = ["".join(piece) for (piece,) in [(p,) for p in toy.compare("the ", [1.0], 5, SEED)]]
    walk = Walk()
    for _ in range(5):
        walk = thrown(walk, choose(walk))
    assert walk.written == whole
    assert f"The dice fell on {dice(SEED, 5)[-1]:.3f}" in walk.throw


def test_any_character_can_be_picked_and_every_step_taken_back(choose):
    walk = Walk(written="ca")
    choice = choose(walk)
    unlikely = choice.characters[-1]
    assert picked(unlikely.id)(walk, choice).written == "ca" + unlikely.character
    assert picked(10_000)(walk, choice) == walk
    assert stepped_back(walk, choice).written == "c"
    assert gone_back_to(1)(walk, choice).written == "c"
    assert gone_back_to(-5)(walk, choice).written == ""
    assert begun(walk, choice).written == ""
    assert stayed(walk, choice) == walk
