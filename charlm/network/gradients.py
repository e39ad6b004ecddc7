"""How much a network's answer depends on each character before it: gradients with respect to the embedded inputs."""

import numpy as np

from charlm.network import recurrence
from charlm.network.backend import tf
from charlm.network.model import CharacterModel
from charlm.network.recurrence import State


def input_gradients(
    network: CharacterModel, ids: np.ndarray, at: np.ndarray, characters: np.ndarray, state: State
) -> np.ndarray:
    """The norm of a logit's gradient with respect to each embedded input: float32 (rows, time).

    Each row of `ids` (rows, time) is read from its `state`. The logit is that of the id in `characters` (rows,) after
    the input at the place in `at` (rows,). Inputs behind that place have the gradient 0.
    """
    rows = np.arange(len(ids))
    x = tf.gather(tf.convert_to_tensor(network.embedding.embeddings), ids.T)  # (time, rows, embedding_dim)
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(x)
        h = x
        for layer, before in zip(network.recurrent, state, strict=True):
            h, _ = recurrence.run(layer, h, before)
        last = tf.gather_nd(h, np.stack([at, rows], axis=1))  # (rows, rnn_units)
        weights = tf.gather(tf.convert_to_tensor(network.dense.kernel), characters, axis=1)  # (rnn_units, rows)
        logits = tf.reduce_sum(last * tf.transpose(weights))  # the rows do not depend on each other
    return tf.norm(tape.gradient(logits, x), axis=-1).numpy().T
