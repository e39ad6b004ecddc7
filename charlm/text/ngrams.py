"""An n-gram model: it counts which character followed the last four in the text, and guesses by these counts.

No network is in it, and it remembers nothing further back. So it gives a run's loss a meaning: a network that predicts
better than a 5-gram model has learnt more than what stands next to what.

Orders are interpolated as Witten and Bell do it (method C; Chen and Goodman, "An empirical study of smoothing
techniques for language modeling", 1998): where many different characters followed, the shorter context counts for more.

    p(w | context) = (count(context w) + kinds(context) * p(w | shorter context)) / (count(context) + kinds(context))
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from charlm.presets import held_out
from charlm.text.vocabulary import Vocabulary

ORDER = 5  # characters: the one that is guessed, and the four before it


class NGrams:
    """The counts of a text, for contexts of 0 to `order` - 1 characters."""

    def __init__(self, ids: np.ndarray, vocab_size: int, order: int = ORDER) -> None:
        """`ids` (characters,) are the text that is counted. `vocab_size` ** `order` must be below 2 ** 63."""
        self._size = vocab_size
        self._tables = [_Table(ids, vocab_size, n) for n in range(1, min(order, len(ids)) + 1)]

    @property
    def order(self) -> int:
        """Characters of the longest n-gram: less than was asked for only if the text is shorter."""
        return len(self._tables)

    def probabilities(self, grams: np.ndarray) -> np.ndarray:
        """The probability of each row's last character after the others of its row: (rows, order) -> float64 (rows,).

        None is 0, and over all characters that may come after one context they add up to 1.
        """
        guess = np.full(len(grams), 1 / self._size)
        for table in self._tables:
            guess = table.interpolated(grams, guess)
        return guess


class _Table:
    """The n-grams of one length, sorted, each as one number: its ids are the digits, the last one the smallest."""

    def __init__(self, ids: np.ndarray, base: int, length: int) -> None:
        self._base, self._length = base, length
        self._grams, self._counts = np.unique(self._numbers(sliding_window_view(ids, length)), return_counts=True)
        # The grams of one context stand together: its count and its kinds are sums over a stretch.
        self._contexts, starts = np.unique(self._grams // base, return_index=True)
        self._totals = np.add.reduceat(self._counts, starts)
        self._kinds = np.diff(starts, append=len(self._grams))

    def interpolated(self, grams: np.ndarray, shorter: np.ndarray) -> np.ndarray:
        """The probabilities for grams (rows, at least length), given those after the `shorter` context (rows,)."""
        wanted = self._numbers(grams[:, -self._length :])
        count = _look_up(self._grams, self._counts, wanted)
        total = _look_up(self._contexts, self._totals, wanted // self._base)
        kinds = _look_up(self._contexts, self._kinds, wanted // self._base)
        seen = total > 0  # a context that never occurred says nothing
        return np.where(seen, (count + kinds * shorter) / np.where(seen, total + kinds, 1), shorter)

    def _numbers(self, grams: np.ndarray) -> np.ndarray:
        numbers = np.zeros(len(grams), np.int64)
        for digit in grams.T:  # in place: of a long text every column more would be a hundred megabytes
            numbers *= self._base
            numbers += digit
        return numbers


def _look_up(keys: np.ndarray, values: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The value of each wanted key, 0 for one that is not there. `keys` are sorted."""
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], 0)


def five_gram_loss(text: str) -> float:
    """The loss of a 5-gram model on the held-out part of a text, in nats per character.

    It counts the part that trains, like a run, and guesses each character of the held-out part after the four that
    stand before it. The text needs at least two characters.
    """
    vocabulary = Vocabulary.of(text)
    ids, cut = vocabulary.encode(text), len(text) - held_out(len(text))
    model = NGrams(ids[:cut], len(vocabulary))
    grams = sliding_window_view(ids[cut - model.order + 1 :], model.order)  # (held-out characters, order)
    return 0.0 - float(np.log(model.probabilities(grams)).mean())  # never -0.0
