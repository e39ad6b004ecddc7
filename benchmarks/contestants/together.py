"""Contestants that are one process of a run on several machines, each with a core of its own.

Each turn is one update, or only the sum over the machines that belongs to it. `rank` and `addresses` say which machine
the process plays; with one address it is alone.
"""

import json
import os
from collections.abc import Sequence

from benchmarks.contestants.networks import charlm_network, charlm_settings
from benchmarks.contestants.steps import Work, ids_of
from benchmarks.shape import Shape


def step(rank: int, addresses: Sequence[str], **sizes: int) -> Work:
    """One update as in `charlm.train`."""
    _join(rank, addresses)
    from charlm.network.backend import tf
    from charlm.training.learner import Learner, compile_step

    shape = Shape(**sizes)
    training = charlm_settings(shape).training
    learner = Learner(charlm_network(shape), training, steps=1_000)
    update, ids, wishes = compile_step(learner, training), tf.constant(ids_of(shape)), tf.zeros(2)

    def work() -> int:
        loss, *_, learner.state = update(ids, ids, learner.state, learner.step, wishes)
        float(loss)
        return shape.characters

    return work


def exchange(rank: int, addresses: Sequence[str], **sizes: int) -> Work:
    """Only what travels in such an update: returns its bytes."""
    _join(rank, addresses)
    from charlm.network import machines
    from charlm.network.backend import tf

    shape = Shape(**sizes)
    network = charlm_network(shape)
    sent = [*network.trainable_variables, *tf.nest.flatten(network.zero_state(shape.batch_size)), tf.zeros(4)]
    tensors = [tf.convert_to_tensor(part) for part in sent]
    total = tf.function(machines.total, autograph=False)

    def work() -> int:
        total(tensors)[-1].numpy()
        return sum(4 * tensor.shape.num_elements() for tensor in tensors)

    return work


def _join(rank: int, addresses: Sequence[str]) -> None:
    """Play that machine, with one core: to be called before charlm loads its libraries."""
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[rank % len(cores)]})
    task = {"type": "worker", "index": rank}
    os.environ |= {
        "CPU_CORES": "1",
        "CHARLM_PARTS": "1",
        "TF_CONFIG": json.dumps({"cluster": {"worker": addresses}, "task": task}),
    }
    from charlm.cluster import read_cluster, read_patience
    from charlm.network import machines

    cluster = read_cluster()
    if cluster.size > 1:
        machines.join(cluster, read_patience())
