"""A peer is measured with the same measure."""

import numpy as np
import pytest

from benchmarks.contestants.learners import Windows, keras_score
from benchmarks.contestants.networks import keras_network
from benchmarks.shape import Shape
from charlm.network.model import CharacterModel
from charlm.settings import ModelSettings
from charlm.training.evaluation import Evaluator, scored_windows


def test_the_same_weights_have_the_same_val_loss():
    ids = np.random.default_rng(0).integers(0, 20, 9_000, dtype=np.int32)
    before, held_out = ids[:1_000], ids[1_000:]
    ours = CharacterModel(20, ModelSettings(rnn_units=12, embedding_dim=5))
    scored = map(np.stack, zip(*scored_windows(held_out, before), strict=True))
    windows = Windows(before, *scored, vocabulary=20)
    theirs = keras_network(Shape(12, embedding_dim=5, vocabulary=20), rows=windows.inputs.shape[1])
    theirs.set_weights(ours.get_weights())
    expected = Evaluator(ours).evaluate(held_out, before).val_loss
    for _ in range(2):  # the second time from a zero state again
        assert keras_score(theirs, windows) == pytest.approx(expected, rel=1e-5)
