"""From logits to ids: one random draw for each character of a text, and many texts in one call.

Each character needs one random number in [0, 1); texts with the same seed have the same numbers. The characters lie end
to end between 0 and 1, the likeliest first, each as wide as its probability; the number picks the one on which it
falls. Temperature changes the widths but never the order. So after the same text, a higher temperature picks the same
character or a less likely one, and two texts of one seed differ only because their temperatures differ.

A text must not depend on how many others are written in the same call. But processors add up a product in another order
if it has another number of rows, and one bit can change a text. So there are programs for a few numbers of rows only,
and `prepare` uses a larger one only if it gives, on this machine, exactly the numbers of the smallest one. The smallest
has two rows, because a single row is computed in another way.
"""

from collections.abc import Callable, Iterator, Sequence
from threading import Lock

import numpy as np

from charlm.generation.row import Chunk, Row
from charlm.generation.temperature import COLDEST
from charlm.network.backend import tf
from charlm.network.recurrence import State

CHUNK = 64  # characters written per call of the compiled program
FIRST_CHUNK = 8  # so that the first ones appear at once
SIZES = (2, 4, 8, 16, 32)  # rows of the programs; rows that nobody needs are computed for nothing

Weights = tuple[tf.Tensor, ...]  # of every variable of a network, in its order
# weights, ids (rows,) and state -> logits (rows, vocab_size) and the next state
NextLogits = Callable[[Weights, tf.Tensor, State], tuple[tf.Tensor, State]]


def draw(logits: tf.Tensor, temperatures: tf.Tensor, dice: tf.Tensor) -> tf.Tensor:
    """Draw one id for each row: (rows, vocab_size), (rows,) and numbers in [0, 1), (rows, 1) -> (rows,).

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


def entropy(logits: tf.Tensor, temperatures: tf.Tensor) -> tf.Tensor:
    """How open each choice is, in nats: (rows, vocab_size), (rows,) -> (rows,). See `temperature.entropy`."""
    scaled = (logits - tf.reduce_max(logits, -1, keepdims=True)) / tf.maximum(temperatures, COLDEST)[:, None]
    weights = tf.exp(scaled)
    total = tf.reduce_sum(weights, -1)
    return tf.where(temperatures < COLDEST, 0.0, tf.math.log(total) - tf.reduce_sum(weights * scaled, -1) / total)


class Sampler:
    """Writes ids with a model that is given as a function. It compiles a program for each of SIZES that is needed."""

    def __init__(self, next_logits: NextLogits, zero_state: Callable[[int], State]) -> None:
        self._next_logits = next_logits
        self._zero = tf.nest.map_structure(lambda part: part.numpy()[0], zero_state(1))  # of one row
        # The whole chunk is one XLA program: a call per character costs a hundred times more.
        self._programs = {n: tf.function(self._write_chunk, autograph=False, jit_compile=True) for n in SIZES}
        self._ready: tuple[int, ...] = ()  # the sizes that are compiled and give the same numbers, rising
        self._tried: set[int] = set()
        self._preparing = Lock()

    @property
    def room(self) -> int:
        """How many rows go into one call at most, of the programs that are ready."""
        return self._ready[-1]

    def is_prepared(self, rows: int) -> bool:
        """Was the program for so many rows tried? Without it they share several calls of a smaller one."""
        return _size(rows) in self._tried

    def prepare(self, rows: int, weights: Weights = ()) -> None:
        """Compile now the programs up to so many rows. This takes about half a second for each size."""
        if self.is_prepared(rows):
            return
        with self._preparing:
            for size in SIZES[: SIZES.index(_size(rows)) + 1]:
                if size in self._tried:
                    continue
                if self._ready:  # without the smallest one nothing can be written; a larger one is tried only once
                    self._tried.add(size)
                if self._gives_the_same(size, weights):
                    self._ready = (*self._ready, size)
                self._tried.add(size)

    def stream(
        self, start_ids: np.ndarray, temperatures: Sequence[float], length: int, seed: int, weights: Weights = ()
    ) -> Iterator[Chunk]:
        """Read the start (int32, at least one id), then write `length` ids at each temperature, a chunk at a time.

        Yields chunks (temperatures, characters). The same seed gives the same ids, however long the chunks are.
        """
        rows = [Row(start_ids, temperature, length, seed) for temperature in temperatures]
        self.prepare(len(rows), weights)
        chunk = FIRST_CHUNK
        while rows[0].steps_left:
            written = self.advance(rows, rows[0].to_read + chunk, weights)
            if written[0].ids.size:
                yield Chunk.of_rows(written)
                chunk = CHUNK

    def advance(self, rows: Sequence[Row], steps: int, weights: Weights = ()) -> list[Chunk]:
        """Let unfinished rows read and write `steps` characters, CHUNK at most. Returns what each one wrote.

        `prepare` must have been called once, for any number of rows.
        """
        room = self.room
        calls = [rows[at : at + room] for at in range(0, len(rows), room)]
        return [written for call in calls for written in self._call(self._fitting(call), call, steps, weights)]

    def _fitting(self, rows: Sequence[Row]) -> int:
        return next(size for size in self._ready if size >= len(rows))

    def _gives_the_same(self, size: int, weights: Weights) -> bool:
        """Compile a program, and compare what it computes with the smallest program, bit by bit."""

        def written(by: int) -> list[np.ndarray]:
            rows = [Row(np.zeros(1, np.int32), 1.0, CHUNK, seed) for seed in range(size)]
            chunks = [self._call(by, rows[at : at + by], CHUNK, weights) for at in range(0, size, by)]
            return tf.nest.flatten([chunks, [row.state for row in rows]])

        pairs = zip(written(SIZES[0]), written(size), strict=True)
        return all(np.array_equal(one, other, equal_nan=True) for one, other in pairs)  # a strange model may give nan

    def _call(self, size: int, rows: Sequence[Row], steps: int, weights: Weights) -> list[Chunk]:
        """Advance at most `size` rows in one call of the program of that size."""
        plans = [row.plan(min(steps, CHUNK)) for row in rows]
        forced = np.full((CHUNK, size), -1, np.int32)  # ids of the start text; -1 where the row writes
        dice = np.zeros((CHUNK, size), np.float32)
        for column, (reading, numbers) in enumerate(plans):
            forced[: len(reading), column] = reading
            dice[len(reading) : len(reading) + len(numbers), column] = numbers
        ends = [len(reading) + len(numbers) for reading, numbers in plans]
        idle = size - len(rows)
        ids = np.array([row.id for row in rows] + [0] * idle, np.int32)
        heat = np.array([row.temperature for row in rows] + [0.0] * idle, np.float32)
        state = _stacked([self._zero if row.state is None else row.state for row in rows] + [self._zero] * idle)
        *out, state = self._programs[size](weights, state, *map(tf.constant, (ids, heat, forced, dice, max(ends))))
        taken, open_choices = (part.numpy() for part in out)
        states = _apart(state, len(rows))
        return [
            row.take(len(reading), Chunk(taken[:end, column], open_choices[:end, column]), after)
            for column, (row, (reading, _), end, after) in enumerate(zip(rows, plans, ends, states, strict=True))
        ]

    def _write_chunk(
        self, weights: Weights, state: State,
        ids: tf.Tensor, heat: tf.Tensor, forced: tf.Tensor, dice: tf.Tensor, count: tf.Tensor,
    ) -> tuple:  # fmt: skip
        # `count` is an argument, not a shape, so every chunk runs the same program and gives exactly the same numbers.
        out = tuple(tf.TensorArray(kind, CHUNK, element_shape=ids.shape) for kind in (tf.int32, tf.float32))

        def body(at: tf.Tensor, ids: tf.Tensor, state: State, out: tuple[tf.TensorArray, ...]) -> tuple:
            logits, state = self._next_logits(weights, ids, state)
            ids = tf.where(forced[at] >= 0, forced[at], draw(logits, heat, dice[at][:, None]))
            return at + 1, ids, state, (out[0].write(at, ids), out[1].write(at, entropy(logits, heat)))

        *_, state, (taken, choices) = tf.while_loop(lambda at, *_: at < count, body, (0, ids, state, out))
        return taken.stack(), choices.stack(), state  # (CHUNK, rows); what is past `count` was never written


def _size(rows: int) -> int:
    """The rows of the program for so many rows. More than the largest one share several calls."""
    return next((size for size in SIZES if size >= rows), SIZES[-1])


def _stacked(states: list) -> State:
    """The states of single rows as one state, a row each."""
    return tf.nest.map_structure(lambda *parts: tf.constant(np.stack(parts)), *states)


def _apart(state: State, rows: int) -> Iterator:
    """The states of the first so many rows of a state, one by one. They are copies, so that no row holds the others."""
    arrays = tf.nest.map_structure(lambda part: part.numpy(), state)
    return (tf.nest.map_structure(lambda part, at=at: part[at].copy(), arrays) for at in range(rows))
