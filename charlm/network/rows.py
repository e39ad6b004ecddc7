"""Which rows of a batch are computed together: one part for each core, and a share of the parts on each machine."""

import functools
import math
import operator
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from charlm.errors import InvalidSetting
from charlm.languages import N_
from charlm.network import machines
from charlm.network.backend import tf

FEWEST_ROWS = 8  # a part of the batch with fewer rows is not worth a core


class Part(NamedTuple):
    """Rows of a batch that are computed alone, so that none waits for another."""

    number: int  # whose random numbers it takes: several machines may share one number
    rows: slice  # of the batch
    around: tuple[int, int]  # how many rows with the same number are before and after it


def cut(rows: int) -> list[Part]:
    """All parts of a batch.

    Random numbers are drawn for as many parts as one machine alone has. Several machines cut these parts further until
    each of them has enough, so the random numbers of a row do not depend on the number of machines.
    """
    numbers, size = _numbers(rows), machines.size() if are_shared(rows) else 1
    fewest, most = math.lcm(numbers, size), size * (1 if on_gpu() else machines.cores())
    count = fewest * max(1, min(most, rows // FEWEST_ROWS) // fewest)
    return [_part(rows, part, count, numbers) for part in range(count)]


def shared(rows: int) -> list[Part]:
    """The parts of this machine; all of them if the batch has too few rows for the machines."""
    parts = cut(rows)
    if not are_shared(rows):
        return parts
    here = len(parts) // machines.size()
    return parts[machines.rank() * here : (machines.rank() + 1) * here]


def are_shared(rows: int) -> bool:
    """Has each machine a part of such a batch?"""
    return rows >= _fewest(rows)


def refuse_too_few(batch_size: int) -> None:
    """Raise InvalidSetting if there are more machines than a batch has rows."""
    if machines.size() > 1 and not are_shared(batch_size):
        raise InvalidSetting(
            N_("batch_size is {batch_size}, too few rows for {count} machines."),
            N_("Expected at least {least} rows."),
            N_("Ask for a larger batch_size, or use fewer machines; for a short text charlm lowers it."),
            batch_size=batch_size,
            count=machines.size(),
            least=_fewest(batch_size),
        )


def in_parts(compute: Callable, *batch: Any) -> list:
    """Cut the rows of a batch and compute each part of this machine alone.

    `batch` are tensors (batch, ...) or nested structures of them, with a static number of rows. `compute` receives the
    Part and the rows of it of each of them. Returns the results of `compute`, in order.
    """
    rows = tf.nest.flatten(batch)[0].shape[0]
    return [compute(part, *tf.nest.map_structure(operator.itemgetter(part.rows), batch)) for part in shared(rows)]


def joined(states: Sequence[Any], rows: int) -> Any:
    """The states of this machine's parts as the state of the whole batch, in which the rows of other machines are 0."""
    here = shared(rows)
    around = ((here[0].rows.start, rows - here[-1].rows.stop), (0, 0))

    def whole(*parts: tf.Tensor) -> tf.Tensor:
        state = tf.concat(parts, 0)
        return state if state.shape[0] == rows else tf.pad(state, around)

    return tf.nest.map_structure(whole, *states)


def sum_of_parts(parts: Sequence[Sequence[tf.Tensor]]) -> list[tf.Tensor]:
    """The sum of lists of tensors, added by halves: of four, first and second, third and fourth, then both sums.

    So it is the same to the last digit whether one machine adds four or two machines add two each and then their sums.
    """
    if len(parts) <= 2:
        return _added(parts)
    # XLA keeps the order. TensorFlow's own optimizer makes one long sum out of the halves.
    return tf.function(_added, autograph=False, jit_compile=True)(parts)


def _added(parts: Sequence[Sequence[tf.Tensor]]) -> list[tf.Tensor]:
    if len(parts) == 1:
        return list(parts[0])
    middle = (len(parts) + 1) // 2
    return list(map(operator.add, _added(parts[:middle]), _added(parts[middle:])))


def _numbers(rows: int) -> int:
    return 1 if on_gpu() else max(1, min(machines.parts(), rows // FEWEST_ROWS))


def _fewest(rows: int) -> int:
    """The fewest parts of which each machine gets the same number, and each random number, too."""
    return math.lcm(_numbers(rows), machines.size())


def _part(rows: int, part: int, count: int, numbers: int) -> Part:
    number = part * numbers // count
    (start, stop), (first, last) = _edges(rows, part, count), _edges(rows, number, numbers)
    return Part(number, slice(start, stop), (start - first, last - stop))


def _edges(rows: int, part: int, count: int) -> tuple[int, int]:
    return rows * part // count, rows * (part + 1) // count


@functools.cache
def on_gpu() -> bool:
    """Is there a GPU? On a GPU Keras' own layer uses cuDNN, which is faster than the loop in `scan.py`."""
    return bool(tf.config.list_physical_devices("GPU"))
