"""The machines that train one run together: all hold the same weights, and each computes its rows of every batch.

This machine is alone until `join` is called; then every sum here is what it is given, and nothing is sent. The machines
do everything at the same time and in the same order: a sum that one of them does not ask for stops the others.
"""

import faulthandler
import itertools
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from charlm.cluster import ALONE, Cluster
from charlm.cores import PARTS
from charlm.errors import MachineLost
from charlm.languages import N_
from charlm.network.backend import CORES, tf
from charlm.network.rendezvous import meet

CONNECT_WITHIN = 60.0  # seconds, after all machines were there
CHUNK = 2**20  # int32 numbers that are sent at once: 4 MB

_cluster, _parts, _cores = ALONE, PARTS, CORES
_keys = itertools.count(1_000)  # each sum of a program has a number, the same on all machines


def size() -> int:
    """How many machines there are."""
    return _cluster.size


def rank() -> int:
    """The number of this machine, counted from 0. The first one keeps the run."""
    return _cluster.rank


def parts() -> int:
    """How many parts with random numbers of their own a batch has: as many as on the first machine alone."""
    return _parts


def cores() -> int:
    """The cores of a machine."""
    return _cores


def join(cluster: Cluster, seconds: float) -> None:
    """Wait until all machines have called this. Before anything is computed, and before handlers of signals are set.

    TensorFlow takes SIGTERM for itself here. Raises MachineLost if they have not all come after so many seconds.
    """
    global _cluster, _parts, _cores
    meet(cluster, seconds)
    _cluster = cluster
    # TensorFlow waits, too, and holds Python's lock meanwhile: only for a machine that has ended since it was met.
    faulthandler.dump_traceback_later(CONNECT_WITHIN, exit=True)
    tf.distribute.MultiWorkerMirroredStrategy()
    faulthandler.cancel_dump_traceback_later()
    # Where the first machine cuts a batch all others have to cut it, too.
    _parts, _cores = json.loads(bytes(from_first(json.dumps([PARTS, CORES]).encode())))


@contextmanager
def losses_told() -> Iterator[None]:
    """Turn what TensorFlow says when another machine is gone into MachineLost."""
    try:
        yield
    except tf.errors.OpError as error:
        if size() == 1 or isinstance(error, tf.errors.ResourceExhaustedError | tf.errors.InvalidArgumentError):
            raise  # this machine's own trouble
        raise MachineLost(
            N_("Another machine of this run has ended or cannot be reached ({why})."),
            N_("Expected all {count} machines until the end of the run."),
            N_("What was learnt up to the last save is kept: start the same command with --resume on all machines."),
            why=type(error).__name__,
            count=size(),
        ) from error


def total(tensors: Sequence[tf.Tensor]) -> list[tf.Tensor]:
    """Each float32 tensor summed over all machines; within a compiled function. They travel as one vector."""
    if size() == 1:
        return list(tensors)
    flat = _total(tf.concat([tf.reshape(tensor, [-1]) for tensor in tensors], 0))
    pieces = tf.split(flat, [tensor.shape.num_elements() for tensor in tensors])
    return [tf.reshape(piece, tensor.shape) for piece, tensor in zip(pieces, tensors, strict=True)]


def totals(numbers: np.ndarray) -> np.ndarray:
    """A float32 array of numbers summed over all machines."""
    return numbers if size() == 1 else _totals(tf.constant(numbers)).numpy()


def from_first(content: Any) -> memoryview:
    """What the first machine has, on all machines: any contiguous bytes. What the others have does not count."""
    if size() == 1:
        return memoryview(content)
    mine = np.frombuffer(content if rank() == 0 else b"", np.uint8)
    (length,) = _sent(tf.constant([len(mine)], tf.int64)).numpy()
    received = np.empty(length, np.uint8)
    for start in range(0, length, 4 * CHUNK):
        part = mine[start : start + 4 * CHUNK]
        numbers = np.pad(part, (0, 4 * CHUNK - len(part))).view(np.int32)  # a sum of whole numbers loses no digit
        part = received[start : start + 4 * CHUNK]
        part[:] = _sent(tf.constant(numbers)).numpy().view(np.uint8)[: len(part)]
    return received.data


def wait_for_all() -> None:
    """Come back when all machines have called this."""
    from_first(b"")


def _total(vector: tf.Tensor) -> tf.Tensor:
    """The sum over all machines.

    If their number is a power of two, pairs exchange what they have, then pairs of pairs. So machine 0 and 1 are added
    first, then 2 and 3, then both sums: in the same order as `sum_of_parts` adds the parts of one machine, to the last
    digit. TensorFlow's own ring adds them in another order for every piece of the vector.
    """
    if size() & (size() - 1):
        return _sum_of_all(vector)
    for bit in range(size().bit_length() - 1):
        low = min(rank(), rank() ^ (1 << bit))
        vector = _collective(vector, group=1_000 + bit * size() + low, members=2)
    return vector


def _sum_of_all(vector: tf.Tensor) -> tf.Tensor:
    return _collective(vector, group=999, members=size())


def _collective(vector: tf.Tensor, group: int, members: int) -> tf.Tensor:
    return tf.raw_ops.CollectiveReduceV2(
        input=vector,
        group_size=members,
        group_key=group,
        instance_key=next(_keys),
        ordering_token=[],
        merge_op="Add",
        final_op="Id",
        communication_hint="ring",
    )


_totals, _sent = (tf.function(compute, autograph=False) for compute in (_total, _sum_of_all))
