"""A small run, and a machine whose speed is known."""

import pytest

from charlm.settings import ModelSettings, RunSettings, TrainingSettings
from charlm.times.arithmetic import worked_out
from charlm.times.costs import Costs, Shape
from charlm.times.kept import Kept

SMALL = RunSettings(ModelSettings(rnn_units=8), TrainingSettings(epochs=3, seq_length=16, batch_size=4))
COSTS = Costs(start=4.0, setup=6.0, update=0.05, scoring=0.04, saving=0.15)


class Pretending:
    """In place of a trial: it tells the costs that the arithmetic would, and remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def __call__(self, characters, vocab_size, settings, in_the_way):
        self.asked.append(settings)
        known = {Shape.of(characters, vocab_size, SMALL): COSTS}
        return worked_out(Shape.of(characters, vocab_size, settings), known)


@pytest.fixture
def trial():
    return Pretending()


@pytest.fixture
def kept():
    """Nothing was measured yet."""
    return Kept(None)


@pytest.fixture
def small():
    return SMALL


@pytest.fixture
def costs():
    return COSTS
