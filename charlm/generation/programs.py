"""The compiled programs that write and read, shared by all models of one shape: the weights are an argument.

Compiling takes about a second, and its memory is never freed. So the thirty models of a school class, which all have
one shape, must not compile thirty times, and a model that is loaded again must not compile again.
"""

from dataclasses import replace
from functools import lru_cache

from charlm.generation.sampler import Sampler, Weights
from charlm.network.backend import keras, tf
from charlm.network.model import CharacterModel
from charlm.network.recurrence import State
from charlm.settings import ModelSettings

SHAPES = 16  # how many shapes of networks keep their programs
ALPHABET_STEP = 32  # characters: alphabets of 65 to 96 share a program
NEVER = -1e30  # a logit whose character has a probability of exactly 0, and that temperature does not make infinite


class Programs:
    """The compiled functions for all networks of one shape. The weights are an argument."""

    def __init__(self, vocab_size: int, settings: ModelSettings) -> None:
        self._network = CharacterModel(vocab_size, settings)  # only its shape matters: its own weights are never used
        self.sampler = Sampler(self._next_logits, self._network.zero_state)
        self.read = tf.function(self._read, autograph=False)

    def _next_logits(self, weights: Weights, ids: tf.Tensor, state: State) -> tuple[tf.Tensor, State]:
        with self._given(weights):
            return self._network.next_logits(ids, state)

    def _read(self, weights: Weights, ids: tf.Tensor, state: State) -> tuple[tf.Tensor, State]:
        """Logits of a window (1, time) -> (1, time, vocab_size), and the state after it."""
        with self._given(weights):
            return self._network(ids, state)

    def _given(self, weights: Weights) -> "keras.StatelessScope":
        return keras.StatelessScope(state_mapping=list(zip(self._network.variables, weights, strict=True)))


def weights_of(network: CharacterModel) -> Weights:
    """The current weights of a network, padded to the shape of its programs, which never write the added characters."""
    embeddings, *recurrent, kernel, bias = map(tf.convert_to_tensor, network.variables)
    missing = _rounded_up(len(bias)) - len(bias)
    return (
        tf.pad(embeddings, [[0, missing], [0, 0]]),
        *recurrent,
        tf.pad(kernel, [[0, 0], [0, missing]]),
        tf.pad(bias, [[0, missing]], constant_values=NEVER),
    )


def programs(vocab_size: int, settings: ModelSettings) -> Programs:
    """The programs for networks of that shape, made once for each shape. They take weights as `weights_of` gives them.

    Alphabets are rounded up, so that models of different texts share their programs.
    """
    shape = replace(settings, dropout=0.0, weight_drop=0.0, embedding_initializer="random_normal")  # for learning only
    return _programs(_rounded_up(vocab_size), shape)


@lru_cache(maxsize=SHAPES)
def _programs(vocab_size: int, settings: ModelSettings) -> Programs:
    return Programs(vocab_size, settings)


def _rounded_up(vocab_size: int) -> int:
    return -(-vocab_size // ALPHABET_STEP) * ALPHABET_STEP
