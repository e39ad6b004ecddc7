"""From ids to batches of (inputs, targets). The targets are the inputs shifted by one.

Contiguous order, 3 rows, seq_length 4: the text is cut into as many streams as the batch has rows, and each
batch takes the next window of every stream. Row k of batch 1 continues row k of batch 0, so the state can be carried.

      text     0 ........ 11 | 12 ....... 23 | 24 ....... 35 | rest, left out

               batch 0        batch 1        batch 2
      row 0    0  1  2  3     4  5  6  7     8  9 10 11
      row 1   12 13 14 15    16 17 18 19    20 21 22 23        targets: each number plus one
      row 2   24 25 26 27    28 29 30 31    32 33 34 35

Shuffled order (the textbook's): the text is cut into chunks of seq_length + 1, which are shuffled; neighbouring
batches have nothing to do with each other, so the state is reset.

      text     0 ...  4 | 5 ...  9 | 10 ... 14 | ...       inputs 5 6 7 8, targets 6 7 8 9
"""

from collections.abc import Iterator

import numpy as np

from charlm.network.backend import tf
from charlm.presets import held_out, steps_per_epoch
from charlm.settings import TrainingSettings
from charlm.text.mapped import let_go

SHUFFLE_BUFFER = 10_000
LET_GO = 256  # batches after which what was read of a long text is let go


def split(ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The training part and the held-out part: the first 90 % of the characters and the rest."""
    cut = len(ids) - held_out(len(ids))
    return ids[:cut], ids[cut:]


def batches(
    ids: np.ndarray, settings: TrainingSettings, epoch: int, done: int = 0
) -> Iterator[tuple[tf.Tensor, tf.Tensor]]:
    """The batches of one epoch (counted from 0) after the first `done`: int32 tensors (batch_size, seq_length).

    Incomplete batches are dropped. The same seed and epoch give the same batches in the same order. Only the windows
    of one batch are copied, so `ids` may be longer than memory, in a mapped file.
    """
    cut = _contiguous(ids, settings, done) if settings.order == "contiguous" else _shuffled(ids, settings, epoch, done)
    for number, (inputs, targets) in enumerate(cut):
        yield tf.constant(inputs.astype(np.int32)), tf.constant(targets.astype(np.int32))
        if number % LET_GO == 0:
            let_go(ids)


def _contiguous(ids: np.ndarray, settings: TrainingSettings, done: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    rows, time = settings.batch_size, settings.seq_length
    width = steps_per_epoch(len(ids), settings) * time  # of a stream
    inputs, targets = (ids[first : first + rows * width].reshape(rows, width) for first in (0, 1))
    for start in range(done * time, width, time):
        yield inputs[:, start : start + time], targets[:, start : start + time]


def _shuffled(
    ids: np.ndarray, settings: TrainingSettings, epoch: int, done: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    chunk = settings.seq_length + 1
    chunks = ids[: len(ids) // chunk * chunk].reshape(-1, chunk)
    options = tf.data.Options()
    # There is nothing to tune. And at the end of an epoch tf.data's tuner may sleep for up to a minute before it stops.
    options.autotune.enabled = False
    order = (
        tf.data.Dataset.range(len(chunks))
        .shuffle(SHUFFLE_BUFFER, seed=settings.seed + epoch, reshuffle_each_iteration=False)
        .batch(settings.batch_size, drop_remainder=True)
        .skip(done)
        .with_options(options)
    )
    for numbers in order.as_numpy_iterator():
        picked = chunks[numbers]
        yield picked[:, :-1], picked[:, 1:]
