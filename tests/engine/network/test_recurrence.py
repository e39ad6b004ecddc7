"""The faster way through Keras' weights comes out where Keras does."""

import itertools

import numpy as np
import pytest

from charlm.network import machines, recurrence
from charlm.network.backend import keras, tf
from charlm.network.model import CharacterModel
from charlm.network.rows import in_parts
from charlm.settings import ModelSettings


def keras_call(model, ids, state):
    """The same network as Keras would run it."""
    x, after = model.embedding(ids), []
    for layer, before in zip(model.recurrent, state, strict=True):
        x, *carried = layer(x, initial_state=list(before))
        after.append(tuple(carried))
    return model.dense(x), tuple(after)


def results(call, model, ids, state):
    """Outputs, the next state, and the gradients of something that depends on all of them."""
    with tf.GradientTape() as tape:
        tape.watch(state)
        logits, after = call(ids, state)
        loss = tf.reduce_sum(tf.sin(logits)) + sum(tf.reduce_sum(tf.cos(part)) for part in tf.nest.flatten(after))
    return tf.nest.flatten((logits, after, tape.gradient(loss, (model.trainable_variables, state))))


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
@pytest.mark.parametrize("layers", [1, 2, 3])
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("vocab_size", [5, 400])  # looked up from a table; and not
def test_outputs_state_and_gradients_are_keras(cell, layers, rows, vocab_size):
    rng = np.random.default_rng(0)
    model = CharacterModel(vocab_size, ModelSettings(cell=cell, layers=layers, rnn_units=6, embedding_dim=4))
    for weight in model.trainable_variables:
        weight.assign(rng.normal(size=weight.shape, scale=0.5))
    ids = tf.constant(rng.integers(0, vocab_size, (rows, 7)), tf.int32)
    state = tf.nest.map_structure(
        lambda part: tf.constant(rng.normal(size=part.shape), tf.float32), model.zero_state(rows)
    )
    ours = results(model, model, ids, state)
    theirs = results(lambda ids, state: keras_call(model, ids, state), model, ids, state)
    assert len(ours) == len(theirs)
    for mine, its in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(tf.convert_to_tensor(mine), tf.convert_to_tensor(its), rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_it_learns_at_a_real_size_as_keras_would(cell):
    model = CharacterModel(65, ModelSettings(cell=cell, rnn_units=128))
    ids = tf.constant(np.random.default_rng(0).integers(0, 65, (32, 64)), tf.int32)
    ours = results(model, model, ids, model.zero_state(32))
    theirs = results(lambda ids, state: keras_call(model, ids, state), model, ids, model.zero_state(32))
    for mine, its in zip(ours, theirs, strict=True):
        scale = float(tf.reduce_max(tf.abs(tf.convert_to_tensor(its)))) + 1e-6
        np.testing.assert_allclose(tf.convert_to_tensor(mine), tf.convert_to_tensor(its), atol=1e-4 * scale)


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_where_there_is_a_graphics_card_keras_own_layers_come_out_the_same(cell, monkeypatch):
    model = CharacterModel(12, ModelSettings(cell=cell, layers=2, rnn_units=16))
    ids = tf.constant(np.random.default_rng(0).integers(0, 12, (3, 9)), tf.int32)
    here = results(model, model, ids, model.zero_state(3))
    monkeypatch.setattr(recurrence, "on_gpu", lambda: True)
    there = results(model, model, ids, model.zero_state(3))
    for one, other in zip(here, there, strict=True):
        np.testing.assert_allclose(tf.convert_to_tensor(one), tf.convert_to_tensor(other), rtol=1e-3, atol=1e-4)


def test_a_batch_is_cut_for_the_cores_but_not_into_crumbs(monkeypatch):
    monkeypatch.setattr(machines, "_parts", 4)
    monkeypatch.setattr(machines, "_cores", 4)
    for rows, parts in ((1, [1]), (15, [15]), (16, [8, 8]), (31, [10, 10, 11]), (64, [16] * 4)):
        batch = tf.range(rows), ((tf.range(rows),),)
        got = in_parts(lambda part, ids, state: (part.number, ids, state[0][0]), *batch)
        assert [len(ids) for _, ids, _ in got] == parts
        assert [part for part, _, _ in got] == list(range(len(parts)))
        assert tf.concat([state for *_, state in got], 0).numpy().tolist() == list(range(rows))


def test_weights_are_keras_own_layers():
    model = CharacterModel(5, ModelSettings(layers=2, rnn_units=6))
    assert [type(layer) for layer in model.recurrent] == [keras.layers.LSTM] * 2
    shapes = [tuple(w.shape) for w in itertools.chain(*(layer.trainable_variables for layer in model.recurrent))]
    assert shapes == [(64, 24), (6, 24), (24,), (6, 24), (6, 24), (24,)]
