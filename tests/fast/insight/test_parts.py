"""The network in numbers."""

import pytest

from charlm.insight.parts import parts
from charlm.settings import ModelSettings


@pytest.mark.parametrize(("characters", "parameters"), [(62, 5_326_398), (92, 5_364_828)])
def test_the_textbooks_network_has_the_textbooks_parameters(characters, parameters):
    found = parts(characters, ModelSettings(rnn_units=1024, embedding_dim=256))
    assert [part.name for part in found] == ["ids", "embedding", "recurrent 1", "dense"]
    assert sum(part.parameters for part in found) == parameters
    assert found[1].arrays == {"embeddings": (characters, 256)}
    assert (found[2].gates, found[2].takes, found[2].gives) == (4, 256, 1024)


@pytest.mark.parametrize(("cell", "gates"), [("lstm", 4), ("gru", 3), ("rnn", 1)])
def test_every_part_takes_what_the_one_before_gives(cell, gates):
    _, embedding, *layers, dense = parts(40, ModelSettings(cell=cell, layers=3, rnn_units=16, embedding_dim=8))
    assert [layer.gates for layer in layers] == [gates] * 3
    chain = [embedding, *layers, dense]
    assert [part.takes for part in chain[1:]] == [part.gives for part in chain[:-1]]
    assert dense.gives == 40
