"""Models of one shape share their compiled programs, though each has its own alphabet, and write as if alone."""

import numpy as np
import pytest

from charlm.generation import programs as room
from charlm.generation.programs import Programs, programs, weights_of
from charlm.generation.row import Chunk
from charlm.network.model import CharacterModel
from charlm.settings import ModelSettings

SMALL = ModelSettings(rnn_units=7, embedding_dim=5)


def written(by, weights, temperature, seed):
    start = np.array([1], np.int32)
    return Chunk.joined([*by.sampler.stream(start, [temperature], 90, seed, weights)]).ids.tolist()


def test_a_class_of_many_texts_compiles_a_few_times():
    before = room._programs.cache_info().misses
    made = {id(programs(size, SMALL)) for size in range(50, 90)}
    assert len(made) == 2
    assert room._programs.cache_info().misses - before <= 2
    assert programs(60, ModelSettings(rnn_units=7, embedding_dim=5, dropout=0.3)) is programs(60, SMALL)


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_what_is_written_is_what_would_be_written_alone(cell):
    settings = ModelSettings(cell=cell, rnn_units=7, embedding_dim=5, layers=2)
    network = CharacterModel(11, settings, seed=3)
    alone, own = Programs(11, settings), tuple(np.asarray(v) for v in network.variables)
    shared = programs(11, settings)
    for temperature, seed in ((0.0, 1), (0.5, 2), (1.0, 3), (100.0, 4)):
        assert written(shared, weights_of(network), temperature, seed) == written(alone, own, temperature, seed)


def test_characters_that_are_only_there_to_fill_up_are_never_written():
    network = CharacterModel(3, SMALL, seed=1)
    network.dense.bias.assign([-50.0, -50.0, -50.0])  # nothing it knows is likely
    ids = written(programs(3, SMALL), weights_of(network), 100.0, 9)
    assert set(ids[0]) == {0, 1, 2}
