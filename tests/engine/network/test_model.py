"""The laws of the network."""

import numpy as np
import pytest

from charlm.network.backend import keras, tf
from charlm.network.model import CharacterModel
from charlm.settings import ModelSettings

CELLS = ("lstm", "gru", "rnn")


@pytest.mark.parametrize(("characters", "parameters"), [(62, 5_326_398), (92, 5_364_828)])
def test_the_textbooks_model_has_the_textbooks_parameters(characters, parameters):
    assert CharacterModel(characters, ModelSettings(rnn_units=1024, embedding_dim=256)).count_params() == parameters


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("layers", [1, 3])
def test_a_step_at_a_time_is_the_window_at_once(cell, layers):
    model = CharacterModel(7, ModelSettings(cell=cell, layers=layers, rnn_units=8, embedding_dim=4))
    ids = np.random.default_rng(0).integers(0, 7, (3, 10))
    whole, last = model(tf.constant(ids), model.zero_state(3))
    state = model.zero_state(3)
    for time in range(10):
        logits, state = model.next_logits(tf.constant(ids[:, time]), state)
        np.testing.assert_allclose(logits, whole[:, time], atol=1e-5)
    for ours, theirs in zip(tf.nest.flatten(state), tf.nest.flatten(last), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-5)


@pytest.mark.parametrize("cell", CELLS)
def test_two_half_windows_with_carried_state_are_one_whole(cell):
    model = CharacterModel(7, ModelSettings(cell=cell, rnn_units=8))
    ids = tf.constant(np.random.default_rng(0).integers(0, 7, (2, 12)))
    whole, _ = model(ids, model.zero_state(2))
    _, state = model(ids[:, :5], model.zero_state(2))
    rest, _ = model(ids[:, 5:], state)
    np.testing.assert_allclose(rest, whole[:, 5:], atol=1e-5)


def test_untrained_it_guesses_among_all_characters_alike():
    model = CharacterModel(50, ModelSettings(rnn_units=64))
    ids = tf.constant(np.random.default_rng(0).integers(0, 50, (8, 101)))
    logits, _ = model(ids[:, :-1], model.zero_state(8))
    loss = keras.losses.sparse_categorical_crossentropy(ids[:, 1:], logits, from_logits=True)
    assert np.exp(np.mean(loss)) == pytest.approx(50, rel=0.05)


def test_the_same_seed_starts_with_the_same_weights_and_no_two_matrices_alike():
    one, two, other = (CharacterModel(9, ModelSettings(layers=3, rnn_units=8), seed) for seed in (1, 1, 900))
    for a, b in zip(one.get_weights(), two.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    assert not np.array_equal(one.get_weights()[0], other.get_weights()[0])
    second, third = one.recurrent[1].cell, one.recurrent[2].cell
    assert not np.array_equal(second.kernel, third.kernel)
    assert not np.array_equal(second.kernel, second.recurrent_kernel)


def test_dropout_acts_only_with_a_seed_and_repeats_by_it():
    model = CharacterModel(9, ModelSettings(rnn_units=64, dropout=0.5))
    ids = tf.zeros((1, 5), tf.int32)

    def logits(*seed: int) -> np.ndarray:
        return model(ids, model.zero_state(1), tf.constant(seed) if seed else None)[0].numpy()

    np.testing.assert_array_equal(logits(), logits())
    np.testing.assert_array_equal(logits(1, 2), logits(1, 2))
    assert not np.array_equal(logits(1, 2), logits(1, 3))
    assert not np.array_equal(logits(1, 2), logits())


@pytest.mark.parametrize("cell", CELLS)
def test_weight_drop_hides_a_share_of_the_connections_from_character_to_character(cell):
    model = CharacterModel(9, ModelSettings(cell=cell, rnn_units=32, layers=2, weight_drop=0.25))
    ids = tf.constant(np.random.default_rng(0).integers(0, 9, (2, 5)))

    def learn(*seed: int) -> tuple[np.ndarray, list]:
        with tf.GradientTape() as tape:
            logits, _ = model(ids, model.zero_state(2), tf.constant(seed) if seed else None)
        return logits.numpy(), tape.gradient(logits, [layer.cell.recurrent_kernel.value for layer in model.recurrent])

    whole, thinned = learn(), learn(1, 2)
    np.testing.assert_array_equal(whole[0], learn()[0])
    np.testing.assert_array_equal(thinned[0], learn(1, 2)[0])
    np.testing.assert_array_equal(thinned[0][:, 0], whole[0][:, 0])  # before the first character there is no state
    assert np.all(thinned[0][:, -1] != whole[0][:, -1])
    assert np.any(thinned[0] != learn(1, 3)[0])
    for gradient in thinned[1]:
        assert np.mean(gradient.numpy() == 0) == pytest.approx(0.25, abs=0.05)
    assert not any(np.any(gradient.numpy() == 0) for gradient in whole[1])
