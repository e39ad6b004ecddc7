"""How well a model predicts a text: nats per character, every character scored once, state carried."""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from charlm.network import machines, rows
from charlm.network.backend import keras, tf
from charlm.network.model import CharacterModel
from charlm.network.recurrence import State
from charlm.network.rows import Part
from charlm.text.mapped import let_go

STREAMS = 32  # parts of the text that are read at the same time
WINDOW = 128  # characters scored at a time, and characters that a stream reads before it is scored
LET_GO = 256  # windows after which what was read of a long text is let go


@dataclass(frozen=True)
class Evaluation:
    """The score of a model on a text."""

    val_loss: float  # nats per character
    accuracy: float  # how often the likeliest character was the right one
    characters: int
    seconds: float

    @property
    def bits_per_character(self) -> float:
        """The loss in bits: nats / ln 2."""
        return self.val_loss / math.log(2)


class Evaluator:
    """Scores one model as often as needed. The scoring is compiled only once."""

    def __init__(self, model: CharacterModel) -> None:
        self._model = model
        self._score = tf.function(self._score_window, autograph=False)

    def evaluate(self, ids: np.ndarray, before: np.ndarray) -> Evaluation:
        """Score every character of `ids` once. Both are whole numbers (characters,); see `scored_windows`."""
        start = time.perf_counter()
        found, state = [], self._model.zero_state(streams(len(ids)))
        for window in scored_windows(ids, before):
            *window_sums, state = self._score(*map(tf.constant, window), state)
            found.append(list(map(float, window_sums)))
        sums_of_all = np.array(found, np.float32)  # (windows, 2)
        if rows.are_shared(streams(len(ids))):
            sums_of_all = machines.totals(sums_of_all)
        loss, correct = sums_of_all.astype(np.float64).cumsum(0)[-1].tolist()  # one after the other
        return Evaluation(loss / len(ids), correct / len(ids), len(ids), time.perf_counter() - start)

    def _score_window(self, inputs: tf.Tensor, targets: tf.Tensor, scored: tf.Tensor, state: State) -> tuple:
        def score(_: Part, inputs: tf.Tensor, targets: tf.Tensor, scored: tf.Tensor, state: State) -> tuple:
            logits, state = self._model(inputs, state)
            return sums(logits, targets, scored), state

        found, states = zip(*rows.in_parts(score, inputs, targets, scored, state), strict=True)
        return *rows.sum_of_parts(found), rows.joined(states, inputs.shape[0])


def streams(characters: int) -> int:
    """Into how many streams a text with that many characters is cut to score it."""
    return max(1, min(STREAMS, characters // WINDOW))


def scored_windows(ids: np.ndarray, before: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Inputs, targets and which targets count, each (rows, WINDOW): every character of `ids` counts once.

    The text is cut into contiguous streams, a row each, which carry their state along. Each stream first reads one
    window of the text before it, without scoring it. So even its first character is predicted with some text before it.
    `before` are the ids before `ids`, at least one. Inputs and targets are int32, what counts is float32.
    """
    rows = streams(len(ids))
    width = math.ceil(len(ids) / rows / WINDOW) * WINDOW  # whole windows, because every new shape is compiled
    lead = before[-WINDOW - 1 :]
    lead = np.pad(lead, (WINDOW + 1 - len(lead), 0), mode="edge")
    firsts = np.arange(rows)[:, None] * width + np.arange(-WINDOW - 1, 0)  # below 0: in `lead`
    for number in range(width // WINDOW + 1):
        places = firsts + number * WINDOW  # (rows, WINDOW + 1)
        inside = places < len(ids)
        text = np.where(places < 0, lead[places.clip(-WINDOW - 1, -1)], ids[places.clip(0, len(ids) - 1)] * inside)
        counts = inside[:, 1:] * np.float32(number > 0)
        yield text[:, :-1].astype(np.int32), text[:, 1:].astype(np.int32), counts
        if number % LET_GO == 0:
            let_go(ids)


def sums(logits: tf.Tensor, targets: tf.Tensor, scored: tf.Tensor | float = 1.0) -> tuple[tf.Tensor, tf.Tensor]:
    """Total loss in nats and number of right predictions, of logits (rows, time, vocab_size), targets (rows, time).

    `scored` weighs each position: 1 counts, 0 does not.
    """
    losses = keras.losses.sparse_categorical_crossentropy(targets, logits, from_logits=True)  # (rows, time)
    hits = tf.cast(tf.equal(tf.argmax(logits, -1, targets.dtype), targets), tf.float32)
    return tf.reduce_sum(losses * scored), tf.reduce_sum(hits * scored)
