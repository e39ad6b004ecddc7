"""A network in which single cells are held at a value, to see what it does without them.

Which cells are held is an argument of the compiled programs. So another cell, and another model of the same shape, need
no program of their own, and the programs with which everybody writes are not touched.
"""

import numpy as np

from charlm.network import recurrence
from charlm.network.backend import keras, tf
from charlm.network.model import CharacterModel
from charlm.network.recurrence import State
from charlm.settings import ModelSettings

Weights = tuple[tf.Tensor, ...]  # of every variable of the network, then `held` and `value`


class HeldNetwork:
    """All networks of one shape. `held` (layers, rnn_units) says which cells are held, `value` at what."""

    def __init__(self, vocab_size: int, settings: ModelSettings) -> None:
        self._network = CharacterModel(vocab_size, settings)  # only its shape matters: its own weights are never used
        self.zero_state = self._network.zero_state
        self._losses = tf.function(self._window_losses, autograph=False, jit_compile=True)

    def next_logits(self, weights: Weights, ids: tf.Tensor, state: State) -> tuple[tf.Tensor, State]:
        """Logits after one more character: (rows,) -> (rows, vocab_size), and the state after it."""
        *own, held, value = weights
        with keras.StatelessScope(state_mapping=list(zip(self._network.variables, own, strict=True))):
            x, after = tf.gather(tf.convert_to_tensor(self._network.embedding.embeddings), ids), []
            for depth, (layer, before) in enumerate(zip(self._network.recurrent, state, strict=True)):
                after.append(recurrence.step_held(layer, x, before, held[depth], value[depth]))
                x = after[-1][0]
            dense = self._network.dense
            logits = tf.matmul(x, tf.convert_to_tensor(dense.kernel)) + tf.convert_to_tensor(dense.bias)
        return logits, tuple(after)

    def losses(
        self, weights: Weights, inputs: np.ndarray, targets: np.ndarray, state: State
    ) -> tuple[np.ndarray, State]:
        """How little each target was expected, in nats: two int32 (rows, time) -> float32 (rows, time), and the state.

        Each size of the arrays has its own program.
        """
        nats, state = self._losses(weights, tf.constant(inputs), tf.constant(targets), state)
        return nats.numpy(), state

    def _window_losses(self, weights: Weights, inputs: tf.Tensor, targets: tf.Tensor, state: State) -> tuple:
        rows, time = inputs.shape
        inputs, targets = tf.transpose(inputs), tf.transpose(targets)
        out = tf.TensorArray(tf.float32, time, element_shape=(rows,))

        def step(t: tf.Tensor, state: State, out: tf.TensorArray) -> tuple:
            logits, state = self.next_logits(weights, inputs[t], state)
            right = tf.gather(logits, targets[t], batch_dims=1)
            return t + 1, state, out.write(t, tf.reduce_logsumexp(logits, -1) - right)

        _, state, out = tf.while_loop(lambda t, *_: t < time, step, (0, state, out))
        return tf.transpose(out.stack()), state
