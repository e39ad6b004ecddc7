"""What is recorded is what the network did."""

import numpy as np
import pytest

from charlm.network import activations
from charlm.network.backend import tf
from charlm.network.gradients import input_gradients
from charlm.network.held import HeldNetwork
from charlm.network.model import CharacterModel
from charlm.settings import ModelSettings

CELLS = ("lstm", "gru", "rnn")
IDS = np.random.default_rng(0).integers(0, 9, (3, 100)).astype(np.int32)


def network_of(cell, layers):
    model = CharacterModel(9, ModelSettings(cell=cell, layers=layers, rnn_units=6, embedding_dim=4))
    rng = np.random.default_rng(1)
    for weight in model.trainable_variables:
        weight.assign(rng.normal(size=weight.shape, scale=0.7))
    return model


def record(model, ids):
    windows = list(activations.read(model, ids))
    layers = []
    for pieces in zip(*windows, strict=True):
        whole = [np.concatenate(parts, axis=1) for parts in zip(*(piece[:3] for piece in pieces), strict=True)]
        gates = {name: np.concatenate([piece.gates[name] for piece in pieces], axis=1) for name in pieces[0].gates}
        layers.append(activations.Layer(*whole, gates))
    return layers


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def plain(model, ids):
    """One layer of an LSTM or a GRU in plain NumPy, as the books write it; yields memory, h and gates."""
    kernel, recurrent, bias = (w.numpy().astype(np.float64) for w in model.recurrent[0].cell.weights)
    h = c = np.zeros((len(ids), 6))
    for now in model.embedding.embeddings.numpy()[ids].swapaxes(0, 1):
        if model.settings.cell == "lstm":
            i, f, g, o = np.split(now @ kernel + h @ recurrent + bias, 4, axis=1)
            i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
            c = f * c + i * np.tanh(g)
            h = o * np.tanh(c)
            yield c, h, {"input": i, "forget": f, "output": o}
        else:
            (x_z, x_r, x_g) = np.split(now @ kernel + bias[0], 3, axis=1)
            (s_z, s_r, s_g) = np.split(h @ recurrent + bias[1], 3, axis=1)
            z, r = sigmoid(x_z + s_z), sigmoid(x_r + s_r)
            h = z * h + (1 - z) * np.tanh(x_g + r * s_g)
            yield h, h, {"update": z, "reset": r}


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("layers", [1, 3])
def test_the_logits_follow_from_what_was_recorded(cell, layers):
    model = network_of(cell, layers)
    recorded = record(model, IDS)
    told, _ = model(tf.constant(IDS), model.zero_state(3))
    assert len(recorded) == layers
    assert recorded[0].shown.shape == (3, 100, 6)
    np.testing.assert_allclose(activations.logits(model, recorded[-1].output), told, atol=1e-4)


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_states_and_gates_are_those_of_a_plain_cell(cell):
    model = network_of(cell, 1)
    (layer,) = record(model, IDS)
    for time, (memory, h, gates) in enumerate(plain(model, IDS)):
        np.testing.assert_allclose(layer.memory[:, time], memory, atol=1e-4)
        np.testing.assert_allclose(layer.output[:, time], h, atol=1e-4)
        assert layer.gates.keys() == gates.keys()
        for name, gate in gates.items():
            np.testing.assert_allclose(layer.gates[name][:, time], gate, atol=1e-4)
    np.testing.assert_allclose(layer.shown, np.tanh(layer.memory) if cell == "lstm" else layer.memory, atol=1e-6)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("layers", [1, 2])
def test_the_gradient_is_what_a_small_push_of_the_input_does(cell, layers):
    model = network_of(cell, layers)
    ids = IDS[:1, :8]
    norms = input_gradients(model, ids, np.array([5]), np.array([3]), model.zero_state(1))
    assert norms.shape == (1, 8)
    assert norms[0, 6:].tolist() == [0, 0]
    table = model.embedding.embeddings.numpy()

    def logit(push, place):
        x = table[ids]  # (1, 8, embedding_dim)
        x[0, place] += push
        h = tf.constant(x)
        for layer in model.recurrent:
            h = layer(h)[0]
        return float(activations.logits(model, h.numpy())[0, 5, 3])

    for place in (0, 3, 5):
        pushes = np.eye(4, dtype=np.float32) * 1e-2
        slopes = [(logit(push, place) - logit(-push, place)) / 2e-2 for push in pushes]
        assert norms[0, place] == pytest.approx(np.linalg.norm(slopes), rel=0.05, abs=1e-3)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("layers", [1, 2])
def test_a_network_of_which_nothing_is_held_is_the_network(cell, layers):
    model = network_of(cell, layers)
    held = HeldNetwork(9, model.settings)
    free = np.zeros((layers, 6), bool)
    weights = (*map(tf.convert_to_tensor, model.variables), tf.constant(free), tf.zeros((layers, 6)))
    nats, state = held.losses(weights, IDS[:, :-1], IDS[:, 1:], model.zero_state(3))
    logits, after = model(tf.constant(IDS[:, :-1]), model.zero_state(3))
    wanted = tf.nn.sparse_softmax_cross_entropy_with_logits(IDS[:, 1:], logits)
    np.testing.assert_allclose(nats, wanted, atol=1e-3)
    for one, other in zip(tf.nest.flatten(state), tf.nest.flatten(after), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)


@pytest.mark.parametrize("cell", CELLS)
def test_a_held_cell_keeps_its_value_and_the_others_are_free(cell):
    model = network_of(cell, 2)
    held = HeldNetwork(9, model.settings)
    mask = np.zeros((2, 6), bool)
    mask[1, 4] = True
    weights = (*map(tf.convert_to_tensor, model.variables), tf.constant(mask), tf.fill((2, 6), 0.25))
    _, state = held.losses(weights, IDS[:, :-1], IDS[:, 1:], model.zero_state(3))
    memory = state[1][-1].numpy()
    assert memory[:, 4].tolist() == [0.25] * 3
    assert not (memory[:, [0, 1, 2, 3, 5]] == 0.25).any()
    assert not (state[0][-1].numpy() == 0.25).any()
