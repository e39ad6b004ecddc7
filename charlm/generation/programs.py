"""The compiled programs that write and read, shared by all models of one shape: the weights are an argument.

Compiling takes about a second and its memory never comes back, so a class of thirty models must not compile thirty
times over whenever one of them is put aside and taken up again.
"""

from functools import lru_cache

from charlm.generation.sampler import Sampler, Weights
from charlm.network.backend import keras, tf
from charlm.network.model import CharacterModel
from charlm.network.recurrence import State
from charlm.settings import ModelSettings

SHAPES = 64  # of networks whose programs are kept


class Programs:
    """What any network of one shape computes, given its weights."""

    def __init__(self, vocab_size: int, settings: ModelSettings) -> None:
        self._network = CharacterModel(vocab_size, settings)  # whose own weights nobody uses
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
    """The weights as they are now."""
    return tuple(tf.convert_to_tensor(variable) for variable in network.variables)


@lru_cache(maxsize=SHAPES)
def programs(vocab_size: int, settings: ModelSettings) -> Programs:
    """The programs for networks of that shape."""
    return Programs(vocab_size, settings)
