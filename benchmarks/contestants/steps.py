"""Contestants that do one update of the weights in each turn, and what such an update is measured against.

The work returns how many characters it learnt from, or how many floating-point operations it did.
"""

from collections.abc import Callable

import numpy as np

from benchmarks.contestants.networks import charlm_network, charlm_settings, keras_network, torch_network
from benchmarks.shape import Shape

UPDATES = 10  # of charlm_update in a turn: one alone takes hardly longer than its call
WIDE = 2048  # rows and columns of the matrices that show the machine's peak

Work = Callable[[], int]


def keras_step(**sizes: int) -> Work:
    """One update by `train_on_batch` of a stateful Keras model, with TensorFlow's default settings."""
    shape = Shape(**sizes)
    network, ids = keras_network(shape, shape.batch_size), ids_of(shape)

    def work() -> int:
        network.train_on_batch(ids, ids)
        return ids.size

    return work


def torch_step(**sizes: int) -> Work:
    """One update of PyTorch's own layers, with PyTorch's default settings."""
    import torch

    shape = Shape(**sizes)
    network, ids = torch_network(shape), torch.from_numpy(ids_of(shape)).long()
    adam = torch.optim.Adam(network.parameters())

    def work() -> int:
        adam.zero_grad()
        logits, _ = network(ids)
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), ids.flatten())
        loss.backward()
        adam.step()
        loss.item()
        return ids.numel()

    return work


def charlm_step(**sizes: int) -> Work:
    """One update as in `charlm.train`, with the preset's optimizer and clipping."""
    from charlm.network.backend import tf
    from charlm.training.learner import Learner, compile_step

    shape = Shape(**sizes)
    training = charlm_settings(shape).training
    learner = Learner(charlm_network(shape), training, steps=1_000)
    step, ids = compile_step(learner, training), tf.constant(ids_of(shape))

    def work() -> int:
        loss, *_, learner.state = step(ids, ids, learner.state, learner.step)
        float(loss)
        return shape.characters

    return work


def charlm_update(**sizes: int) -> Work:
    """Only what charlm's optimizer does in such an update: gradients in, new weights out."""
    from charlm.network.backend import tf
    from charlm.training.learner import Learner

    shape = Shape(**sizes)
    learner = Learner(charlm_network(shape), charlm_settings(shape).training, steps=1_000)
    variables = learner.network.trainable_variables
    gradients = [tf.random.normal(variable.shape) for variable in variables]

    def update(number: tf.Tensor) -> tuple[tf.Tensor]:
        learner.optimizer.apply(gradients, variables)
        return (number + 1,)

    @tf.function(autograph=False)
    def updates() -> tf.Tensor:
        return tf.while_loop(lambda number: number < UPDATES, update, (0,))[0]

    def work() -> int:
        int(updates())
        return UPDATES * shape.characters

    return work


def wide_product(**_: int) -> Work:
    """The product of two large float32 matrices on all cores: the most arithmetic that this machine does."""
    import tensorflow as tf

    left, right = tf.random.normal((2, WIDE, WIDE))

    def work() -> int:
        tf.matmul(left, right).numpy()
        return 2 * WIDE**3

    return work


def ids_of(shape: Shape) -> np.ndarray:
    sizes = shape.batch_size, shape.seq_length
    return np.random.default_rng(0).integers(0, shape.vocabulary, sizes, dtype=np.int32)
