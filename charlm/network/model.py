"""The network: Embedding -> recurrent layer(s) -> Dense. Ids and a state go in, logits and the next state come out."""

import io
import itertools
from pathlib import Path

from charlm.network import recurrence
from charlm.network.backend import keras, tf
from charlm.network.recurrence import State
from charlm.settings import ModelSettings


class _Memory(io.BytesIO):
    """A buffer in memory into which Keras writes weights as if it were a file."""

    def __str__(self) -> str:
        return "memory.weights.h5"


class SavedModel(keras.Model):
    """A model that writes its weights to memory first, because HDF5 crashes the process if the disk is full."""

    def save_weights(self, filepath: str) -> None:
        """Write all weights to one file. Raises OSError if the disk is full."""
        memory = _Memory()
        super().save_weights(memory)
        Path(filepath).write_bytes(memory.getvalue())  # after a failed write, getbuffer crashes the garbage collector


class CharacterModel(SavedModel):
    """Predicts the next character at every position. The state is an argument; the model does not keep it."""

    def __init__(self, vocab_size: int, settings: ModelSettings, seed: int = 0) -> None:
        super().__init__()
        self.settings = settings
        seeds = itertools.count(seed)  # one for each matrix
        initializer = {
            "random_normal": keras.initializers.RandomNormal(stddev=1.0, seed=next(seeds)),
            "random_uniform": keras.initializers.RandomUniform(-0.05, 0.05, seed=next(seeds)),
        }[settings.embedding_initializer]
        self.embedding = keras.layers.Embedding(vocab_size, settings.embedding_dim, embeddings_initializer=initializer)
        self.recurrent = recurrence.build_layers(settings, seeds)
        self.dense = keras.layers.Dense(vocab_size, kernel_initializer=keras.initializers.GlorotUniform(next(seeds)))
        self.embedding.build()
        width = settings.embedding_dim
        for layer in self.recurrent:
            layer.build((None, None, width))
            width = settings.rnn_units
        self.dense.build((None, None, width))
        self.built = True

    def zero_state(self, rows: int) -> State:
        """The state before the first character."""
        return recurrence.zero_state(self.settings, rows)

    def call(
        self, ids: tf.Tensor, state: State, dropout_seed: tf.Tensor | None = None, around: tuple[int, int] = (0, 0)
    ) -> tuple[tf.Tensor, State]:
        """Logits of a window: (batch, time) -> (batch, time, vocab_size), and the state after it.

        Dropout and weight drop act only if a `dropout_seed` (shape (2,)) is given. The masks depend only on this seed,
        so a resumed run uses the same masks as a run without a break. If the rows are some of a larger batch, `around`
        is how many it has before and after them: their masks are cut out of those of that batch.
        """
        if dropout_seed is not None and self.settings.weight_drop:
            with keras.StatelessScope(state_mapping=self._thinned_kernels(dropout_seed)):
                return self._window(ids, state, dropout_seed, around)
        return self._window(ids, state, dropout_seed, around)

    def _thinned_kernels(self, seed: tf.Tensor) -> list:
        """Each recurrent kernel and what takes its place in a window: some connections are gone (Merity et al. 2018).

        The mask is the same for all steps of the window, so that a connection is gone as a whole.
        """
        kernels = [layer.cell.recurrent_kernel for layer in self.recurrent]
        seeds = [tf.random.fold_in(seed, -1 - depth) for depth in range(len(kernels))]
        rate, thinned = self.settings.weight_drop, tf.nn.experimental.stateless_dropout
        return [(k, thinned(tf.convert_to_tensor(k), rate, s)) for k, s in zip(kernels, seeds, strict=True)]

    def _window(
        self, ids: tf.Tensor, state: State, dropout_seed: tf.Tensor | None, around: tuple[int, int]
    ) -> tuple[tf.Tensor, State]:
        ids = recurrence.swap(ids)  # (time, batch), as the recurrence needs it
        x, after = None, []
        for depth, (layer, before) in enumerate(zip(self.recurrent, state, strict=True)):
            if x is None:
                x, carried = recurrence.run_embedded(layer, self.embedding, ids, before)
            else:
                x, carried = recurrence.run(layer, x, before)
            after.append(carried)  # x is now (time, batch, rnn_units)
            if dropout_seed is not None and self.settings.dropout:
                seed = tf.random.fold_in(dropout_seed, depth)
                x = _dropped(x, self.settings.dropout, seed, around)
        logits = self.dense(tf.reshape(x, (-1, self.settings.rnn_units)))  # one product: several are slower
        return recurrence.swap(tf.reshape(logits, (*ids.shape, -1))), tuple(after)

    def next_logits(self, ids: tf.Tensor, state: State) -> tuple[tf.Tensor, State]:
        """Logits after one more character: (batch,) -> (batch, vocab_size), and the state after it."""
        x = self.embedding(ids)  # (batch, embedding_dim)
        after = []
        for layer, before in zip(self.recurrent, state, strict=True):
            x, carried = recurrence.step(layer, x, before)  # (batch, rnn_units)
            after.append(carried)
        return self.dense(x), tuple(after)


def _dropped(x: tf.Tensor, rate: float, seed: tf.Tensor, around: tuple[int, int]) -> tf.Tensor:
    """Dropout of x (time, rows, units), with the part of the mask that these rows have in a larger batch."""
    rows = x.shape[1]
    if any(around):
        x = tf.pad(x, ((0, 0), around, (0, 0)))
    x = tf.nn.experimental.stateless_dropout(x, rate, seed)
    return x[:, around[0] : around[0] + rows] if any(around) else x
