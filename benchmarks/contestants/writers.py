"""Contestants that write a text in each turn. The work returns how many characters it wrote."""

from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.contestants.networks import charlm_network, keras_network
from benchmarks.shape import Shape

TEXTBOOK_CHARACTERS = 40  # the textbook's loop is slow
CHARLM_CHARACTERS = 1_000
TEMPERATURE = 0.7

Work = Callable[[], int]


def textbook_loop(**sizes: int) -> Work:
    """The loop of a textbook: for each character, one eager call of a stateful model and one draw by TensorFlow."""
    import tensorflow as tf

    shape = Shape(**sizes)
    network, characters = keras_network(shape, 1), [chr(32 + i) for i in range(shape.vocabulary)]

    def work() -> int:
        inputs, written = tf.expand_dims([1], 0), []
        for _ in range(TEXTBOOK_CHARACTERS):
            logits = tf.squeeze(network(inputs), 0)
            id = tf.random.categorical(logits / TEMPERATURE, num_samples=1)[-1, 0].numpy()
            inputs = tf.expand_dims([id], 0)
            written.append(characters[id])
        return len("".join(written))

    return work


def charlm_one(**sizes: int) -> Work:
    """charlm's compiled loop, which writes whole chunks."""
    return _charlm_loop(Shape(**sizes), temperatures=1)


def charlm_four(**sizes: int) -> Work:
    """The same with four temperatures side by side. Counts the characters of one of them."""
    return _charlm_loop(Shape(**sizes), temperatures=4)


def charlm_first(**sizes: int) -> Work:
    """Only the first characters that a visitor sees; the time of a turn is what counts."""
    write = _charlm_stream(Shape(**sizes), temperatures=1)

    def work() -> int:
        next(write())
        return 1

    return work


def _charlm_loop(shape: Shape, temperatures: int) -> Work:
    write = _charlm_stream(shape, temperatures)

    def work() -> int:
        for _ in write():
            pass
        return CHARLM_CHARACTERS

    return work


def _charlm_stream(shape: Shape, temperatures: int) -> Callable[[], Iterator]:
    from charlm.generation.sampler import Sampler

    network = charlm_network(shape)
    sampler = Sampler(lambda _, ids, state: network.next_logits(ids, state), network.zero_state)  # its own weights
    return lambda: sampler.stream(np.array([1]), [TEMPERATURE] * temperatures, CHARLM_CHARACTERS, seed=0)
