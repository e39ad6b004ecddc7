"""How a recurrent layer runs: over a whole window when learning, one character at a time when writing.

This is the one place that knows how Keras' layers are called, so that a faster recurrence over the same weights
can take its place without any other room noticing.
"""

from collections.abc import Iterator

from charlm.backend import keras, tf
from charlm.settings import ModelSettings

CELLS = {"lstm": keras.layers.LSTM, "gru": keras.layers.GRU, "rnn": keras.layers.SimpleRNN}
STATES = {"lstm": 2, "gru": 1, "rnn": 1}  # tensors of state a layer carries: an LSTM has h and c

State = tuple[tuple[tf.Tensor, ...], ...]  # per layer, per state tensor: (batch, rnn_units)


def build_layers(settings: ModelSettings, seeds: Iterator[int]) -> "list[keras.layers.Layer]":
    """The recurrent layers, bottom first; every initializer takes the next seed.

    The recurrent kernel starts glorot_uniform like the kernel, as in the textbook; Keras' default is orthogonal.
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
    """The state before the first character, for a batch of so many rows."""
    zeros = tf.zeros((rows, settings.rnn_units))
    return tuple((zeros,) * STATES[settings.cell] for _ in range(settings.layers))


def run(
    layer: "keras.layers.Layer", inputs: tf.Tensor, state: tuple[tf.Tensor, ...]
) -> tuple[tf.Tensor, tuple[tf.Tensor, ...]]:
    """One layer over a window: (batch, time, features) and a state to (batch, time, rnn_units) and the next state."""
    outputs, *state = layer(inputs, initial_state=list(state))
    return outputs, tuple(state)


def step(
    layer: "keras.layers.Layer", inputs: tf.Tensor, state: tuple[tf.Tensor, ...]
) -> tuple[tf.Tensor, tuple[tf.Tensor, ...]]:
    """One layer over one character: (batch, features) and a state to (batch, rnn_units) and the next state."""
    output, state = layer.cell(inputs, list(state))
    return output, tuple(state)
