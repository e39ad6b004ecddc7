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

import numpy as np

from charlm.network.backend import tf
from charlm.presets import held_out, steps_per_epoch
from charlm.settings import TrainingSettings

SHUFFLE_BUFFER = 10_000


def split(ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The training part and the held-out part: the first 90 % of the characters and the rest."""
    cut = len(ids) - held_out(len(ids))
    return ids[:cut], ids[cut:]


def batches(ids: np.ndarray, settings: TrainingSettings, epoch: int) -> "tf.data.Dataset":
    """The batches of one epoch (counted from 0): pairs of int32 tensors, each (batch_size, seq_length).

    Incomplete batches are dropped. The same seed and epoch give the same batches in the same order.
    """
    options = tf.data.Options()
    # There is nothing to tune. And at the end of an epoch tf.data's tuner may sleep for up to a minute before it stops.
    options.autotune.enabled = False
    cut = _contiguous(ids, settings) if settings.order == "contiguous" else _shuffled(ids, settings, epoch)
    return cut.with_options(options)


def _contiguous(ids: np.ndarray, settings: TrainingSettings) -> "tf.data.Dataset":
    rows, time = settings.batch_size, settings.seq_length
    steps = steps_per_epoch(len(ids), settings)
    used = rows * steps * time

    def cut(part: np.ndarray) -> np.ndarray:
        return part.reshape(rows, steps, time).swapaxes(0, 1)  # (steps, batch, time)

    return tf.data.Dataset.from_tensor_slices((cut(ids[:used]), cut(ids[1 : used + 1])))


def _shuffled(ids: np.ndarray, settings: TrainingSettings, epoch: int) -> "tf.data.Dataset":
    chunk = settings.seq_length + 1
    chunks = ids[: len(ids) // chunk * chunk].reshape(-1, chunk)
    return (
        tf.data.Dataset.from_tensor_slices((chunks[:, :-1], chunks[:, 1:]))
        .shuffle(SHUFFLE_BUFFER, seed=settings.seed + epoch, reshuffle_each_iteration=False)
        .batch(settings.batch_size, drop_remainder=True)
    )
