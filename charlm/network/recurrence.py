"""How a recurrent layer runs: over a whole window when learning, one character at a time when writing.

Only this module knows how the layers are called. On a CPU the loop in `scan.py` runs them with Keras' weights; on a GPU
Keras runs them itself. Time is the first axis of a window here, because the loop reads it step by step.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from charlm.network.backend import keras, tf
from charlm.network.cells import GRU, LSTM, RNN
from charlm.network.rows import on_gpu
from charlm.network.scan import Cell, forward, scan
from charlm.settings import ModelSettings

CELLS = {"lstm": keras.layers.LSTM, "gru": keras.layers.GRU, "rnn": keras.layers.SimpleRNN}
EQUATIONS: dict[Any, Cell] = {keras.layers.LSTM: LSTM, keras.layers.GRU: GRU, keras.layers.SimpleRNN: RNN}

LayerState = tuple[tf.Tensor, ...]  # each (batch, rnn_units): an LSTM has h and c
State = tuple[LayerState, ...]  # a LayerState for each layer


def build_layers(settings: ModelSettings, seeds: Iterator[int]) -> "list[keras.layers.Layer]":
    """The recurrent layers, bottom first; every initializer takes the next seed.

    The recurrent kernel is initialized with glorot_uniform, as the kernel is and as in the textbook. Keras' default is
    orthogonal.
    """
    cell, glorot = CELLS[settings.cell], keras.initializers.GlorotUniform
    return [
        cell(
            settings.rnn_units,
            return_sequences=True,
            return_state=True,
            kernel_initializer=glorot(next(seeds)),
            recurrent_initializer=glorot(next(seeds)),
        )
        for _ in range(settings.layers)
    ]


def zero_state(settings: ModelSettings, rows: int) -> State:
    """The state before the first character, for a batch with that many rows."""
    zeros = tf.zeros((rows, settings.rnn_units))
    return tuple((zeros,) * EQUATIONS[CELLS[settings.cell]].states for _ in range(settings.layers))


def run(layer: "keras.layers.Layer", inputs: tf.Tensor, state: LayerState) -> tuple[tf.Tensor, LayerState]:
    """Run a layer over a window: (time, batch, features), a state -> (time, batch, rnn_units), the next state."""
    if on_gpu():
        outputs, *state = layer(swap(inputs), initial_state=list(state))
        return swap(outputs), tuple(state)
    return _scan(layer, _project(layer, inputs), None, state)


def run_embedded(
    layer: "keras.layers.Layer", embedding: "keras.layers.Embedding", ids: tf.Tensor, state: LayerState
) -> tuple[tf.Tensor, LayerState]:
    """Run the first layer over a window of ids (time, batch); the same as `run(layer, embedding(ids), state)`.

    If the alphabet has fewer characters than the window, the product of embedding and kernel is a small table. It is
    computed once for each character of the alphabet, not once for each position, and then looked up.
    """
    if on_gpu() or embedding.input_dim > ids.shape[0] * ids.shape[1]:
        return run(layer, embedding(ids), state)
    return _scan(layer, _project(layer, embedding.embeddings), ids, state)


def run_recorded(
    layer: "keras.layers.Layer", inputs: tf.Tensor, state: LayerState, names: Sequence[str]
) -> tuple[tf.Tensor, LayerState, dict[str, tf.Tensor]]:
    """Like `run`, and also what went on in the cells: (time, rnn_units, rows) for each of the cell's `names`."""
    cell, (_, bias) = EQUATIONS[type(layer)], _biases(layer)
    kernel = tf.convert_to_tensor(layer.cell.recurrent_kernel)
    outputs, after, kept = forward(cell, _project(layer, inputs), None, kernel, bias, state)
    units, places = kernel.shape[0], {name: cell.kept.index(name) for name in names}
    return outputs, after, {name: kept[:, k * units : (k + 1) * units] for name, k in places.items()}


def step_held(
    layer: "keras.layers.Layer", inputs: tf.Tensor, state: LayerState, held: tf.Tensor, value: tf.Tensor
) -> LayerState:
    """The next state after one character, in which some cells are held at a value whatever the network does.

    `inputs` is (rows, features). `held` (rnn_units,) is True for the cells that are held, `value` (rnn_units,) is what
    they hold. In an LSTM this is the memory cell c, and h follows from it.
    """
    cell, (_, bias) = EQUATIONS[type(layer)], _biases(layer)
    s = tf.matmul(state[0], tf.convert_to_tensor(layer.cell.recurrent_kernel)) + bias
    x, s, *before = map(tf.transpose, (_project(layer, inputs), s, *state))
    after, kept = cell.forward(x, s, tuple(before))
    after = cell.held(after, kept, held[:, None], value[:, None])
    return tuple(map(tf.transpose, after))


def step(layer: "keras.layers.Layer", inputs: tf.Tensor, state: LayerState) -> tuple[tf.Tensor, LayerState]:
    """Run a layer over one character: (batch, features), a state -> (batch, rnn_units), the next state."""
    output, state = layer.cell(inputs, list(state))
    return output, tuple(state)


def swap(tensor: tf.Tensor) -> tf.Tensor:
    """(batch, time, ...) to (time, batch, ...) and back."""
    return tf.transpose(tensor, (1, 0, *range(2, tensor.shape.rank)))


def _project(layer: "keras.layers.Layer", inputs: tf.Tensor) -> tf.Tensor:
    """What the inputs add to the gates: (..., features) -> (..., gates * rnn_units)."""
    return tf.matmul(inputs, layer.cell.kernel) + _biases(layer)[0]


def _biases(layer: "keras.layers.Layer") -> tuple[tf.Tensor, tf.Tensor]:
    """The bias for the inputs and the bias for the state. Only Keras' GRU has both; elsewhere the second is zero."""
    bias = tf.convert_to_tensor(layer.cell.bias)
    return (bias[0], bias[1]) if isinstance(layer, keras.layers.GRU) else (bias, tf.zeros_like(bias))


def _scan(
    layer: "keras.layers.Layer", inputs: tf.Tensor, ids: tf.Tensor | None, state: LayerState
) -> tuple[tf.Tensor, LayerState]:
    kernel = tf.convert_to_tensor(layer.cell.recurrent_kernel)
    return scan(EQUATIONS[type(layer)], inputs, ids, kernel, _biases(layer)[1], state)
