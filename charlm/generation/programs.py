"""The compiled programs that write and read, shared by all models of one shape: the weights are an argument.

Compiling takes about a second, and its memory is never freed. So the thirty models of a school class, which all have
one shape, must not compile thirty times, and a model that is loaded again must not compile again.
"""

from functools import lru_cache

from charlm.generation.sampler import Sampler, Weights
from charlm.network.backend import keras, tf
from charlm.network.model import CharacterModel
from charlm.network.recurrence import State
from charlm.settings import ModelSettings

SHAPES = 64  # how many shapes of networks keep their programs


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
    """The current weights of a network."""
    return tuple(tf.convert_to_tensor(variable) for variable in network.variables)


@lru_cache(maxsize=SHAPES)
def programs(vocab_size: int, settings: ModelSettings) -> Programs:
    """The programs for networks of that shape, made once for each shape."""
    return Programs(vocab_size, settings)
