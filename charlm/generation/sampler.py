"""From logits to ids: one random draw for each character. All temperatures share the same random numbers.

Each character needs one random number in [0, 1), the same for every temperature. The characters lie end to end between
0 and 1, the likeliest first, each as wide as its probability; the number picks the one on which it falls. Temperature
changes the widths but never the order. So after the same text, a higher temperature picks the same character or a less
likely one, and the columns differ only because their temperatures differ.
"""

from collections.abc import Callable, Iterator

import numpy as np

from charlm.generation.temperature import COLDEST
from charlm.network.backend import tf
from charlm.network.recurrence import State

CHUNK = 64  # characters written per call of the compiled program
FIRST_CHUNK = 8  # so that the first ones appear at once

Weights = tuple[tf.Tensor, ...]  # of every variable of a network, in its order
# weights, ids (rows,) and state -> logits (rows, vocab_size) and the next state
NextLogits = Callable[[Weights, tf.Tensor, State], tuple[tf.Tensor, State]]


def draw(logits: tf.Tensor, temperatures: tf.Tensor, dice: tf.Tensor) -> tf.Tensor:
    """Draw one id for each row: (rows, vocab_size), (rows,) and a number in [0, 1) -> (rows,).

    Inverse transform sampling from softmax(logits / temperature), the likeliest character first. Temperature 0
    always gives the likeliest character.
    """
    ranked, ids = tf.math.top_k(logits, k=logits.shape[-1])  # (rows, vocab_size), falling
    safe = tf.maximum(temperatures, COLDEST)[:, None]
    probabilities = tf.nn.softmax((ranked - ranked[:, :1]) / safe)
    rank = tf.reduce_sum(tf.cast(tf.cumsum(probabilities, axis=-1) <= dice, tf.int32), axis=-1)
    # Rounding can leave the sum just below 1 and the dice just above it. A temperature below COLDEST counts as 0.
    rank = tf.where(temperatures < COLDEST, 0, tf.minimum(rank, logits.shape[-1] - 1))
    return tf.gather(ids, rank, batch_dims=1)


class Sampler:
    """Writes ids with a model that is given as a function. It compiles once for each number of temperatures."""

    def __init__(self, next_logits: NextLogits, zero_state: Callable[[int], State]) -> None:
        self._next_logits, self._zero_state = next_logits, zero_state
        # The whole chunk is one XLA program: a call per character costs a hundred times more.
        self._write = tf.function(self._write_chunk, autograph=False, jit_compile=True)

    def warm_up(self, columns: int = 1, weights: Weights = ()) -> None:
        """Compile now, so that the first call with that many temperatures does not wait about a second."""
        for _ in self.stream(np.zeros(1, np.int32), [1.0] * columns, 1, 0, weights):
            pass

    def stream(
        self, start_ids: np.ndarray, temperatures: list[float], length: int, seed: int, weights: Weights = ()
    ) -> Iterator[np.ndarray]:
        """Read the start (int32, at least one id), then write `length` ids at each temperature, a chunk at a time.

        Yields int32 arrays (temperatures, characters). The same seed gives the same ids, however long the chunks are.
        """
        rows = len(temperatures)
        dice = np.random.default_rng(seed)
        state, ids = self._zero_state(rows), tf.fill((rows,), tf.constant(start_ids[0], tf.int32))
        heat = tf.constant(temperatures, tf.float32)
        given = np.asarray(start_ids[1:], np.int32)
        for at in range(0, len(given), CHUNK):
            ids, state, _ = self._call(weights, ids, state, heat, given[at : at + CHUNK], np.empty(0))
        written, chunk = 0, FIRST_CHUNK
        while written < length:
            count = min(chunk, length - written)
            ids, state, out = self._call(weights, ids, state, heat, np.empty(0), dice.random(count))
            yield out.numpy()[:count].T
            written, chunk = written + count, CHUNK

    def _call(
        self, weights: Weights, ids: tf.Tensor, state: State, heat: tf.Tensor, given: np.ndarray, dice: np.ndarray
    ) -> tuple:
        forced = np.full(CHUNK, -1, np.int32)  # ids of the start text; -1 where the model writes
        forced[: len(given)] = given
        numbers = np.zeros(CHUNK, np.float32)
        # Rounded down, not to the nearest: a number in [0, 1) must not become 1.
        numbers[: len(dice)] = np.minimum(dice.astype(np.float32), np.float32(1) - np.finfo(np.float32).epsneg)
        count = tf.constant(max(len(given), len(dice)))
        return self._write(weights, ids, state, heat, tf.constant(forced), tf.constant(numbers), count)

    def _write_chunk(
        self, weights: Weights, ids: tf.Tensor, state: State,
        heat: tf.Tensor, forced: tf.Tensor, dice: tf.Tensor, count: tf.Tensor,
    ) -> tuple:  # fmt: skip
        # `count` is an argument, not a shape, so every chunk runs the same program and gives exactly the same numbers.
        out = tf.TensorArray(tf.int32, CHUNK, element_shape=ids.shape)

        def body(at: tf.Tensor, ids: tf.Tensor, state: State, out: tf.TensorArray) -> tuple:
            logits, state = self._next_logits(weights, ids, state)
            ids = tf.where(forced[at] >= 0, forced[at], draw(logits, heat, dice[at]))
            return at + 1, ids, state, out.write(at, ids)

        _, ids, state, out = tf.while_loop(lambda at, *_: at < count, body, (0, ids, state, out))
        return ids, state, out.stack()  # (CHUNK, rows); rows past `count` were never written
