"""Contestants that learn a text from fresh weights until they predict its held-out part well enough.

Each turn gives the curve: (seconds since it began, val_loss) of each scoring, after each epoch and at the end. The turn
ends at the `goal`, or where its schedule ends. What the peers learn and what they are scored on comes from a file, so
that it is the same for all: the ids of the training part, and the windows that charlm itself scores.
"""

import math
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from benchmarks.contestants.networks import keras_network, torch_network
from benchmarks.shape import Shape

if TYPE_CHECKING:
    import keras
    import torch

WARM_UP = 50  # updates

Curve = list[tuple[float, float]]
Learn = Callable[[], Curve]


@dataclass(frozen=True)
class Windows:
    """What peers learn and what they are scored on."""

    train: np.ndarray  # ids of the training part, (characters,)
    inputs: np.ndarray  # ids of the held-out part, (windows, rows, time); a row goes on from window to window
    targets: np.ndarray  # the same, a character later
    scored: np.ndarray  # 1.0 where a target counts, else 0.0
    vocabulary: int

    @classmethod
    def read(cls, path: str) -> Self:
        """Read the file that `write` wrote."""
        with np.load(path) as file:
            return cls(**{name: file[name][()] for name in file})

    def write(self, path: str) -> None:
        """Keep it in an .npz file."""
        np.savez(path, **{field.name: getattr(self, field.name) for field in fields(self)})


def charlm_learns(text: str, goal: float, seed: int, variant: str) -> Learn:
    """`charlm.train` with all that it saves and writes on the way; `text` is a text file."""
    from benchmarks.variants import read_variant
    from charlm import read_corpus, train
    from charlm.events import EpochFinished
    from charlm.network import backend  # noqa: F401  # TensorFlow is loaded now, not in the first turn

    corpus = read_corpus(text)
    settings = read_variant(variant, len(corpus.text)).override(seed=seed)

    def scores() -> Iterator[float]:
        with tempfile.TemporaryDirectory() as folder:
            for event in train(corpus, Path(folder) / "run", settings):
                if isinstance(event, EpochFinished):
                    yield event.val_loss

    return lambda: _curve(scores(), goal)


def keras_learns(
    windows: str, goal: float, seed: int, units: int, epochs: int, batch_size: int, seq_length: int
) -> Learn:
    """The textbook's loop: `fit` with Adam's defaults on shuffled windows, each from a zero state."""
    import keras
    import tensorflow as tf

    text = Windows.read(windows)
    shape = Shape(units, batch_size, seq_length, vocabulary=int(text.vocabulary))
    chunks = text.train[: len(text.train) // (seq_length + 1) * (seq_length + 1)].reshape(-1, seq_length + 1)
    pairs = tf.data.Dataset.from_tensor_slices((chunks[:, :-1], chunks[:, 1:]))
    batches = pairs.shuffle(len(chunks)).batch(batch_size, drop_remainder=True)

    def scores() -> Iterator[float]:
        keras.utils.set_random_seed(seed)
        network, scorer = keras_network(shape, rows=None), keras_network(shape, rows=text.inputs.shape[1])
        for _ in range(epochs):
            network.fit(batches, verbose=0)
            scorer.set_weights(network.get_weights())
            yield keras_score(scorer, text)

    return lambda: _curve(scores(), goal)


def keras_score(scorer: "keras.Sequential", text: Windows) -> float:
    """The val_loss of a stateful network with a row for each of the text's."""
    import keras

    for layer in scorer.layers:
        if getattr(layer, "stateful", False):
            layer.reset_state()
    loss = 0.0
    for inputs, targets, scored in zip(text.inputs, text.targets, text.scored, strict=True):
        logits = scorer.predict_on_batch(inputs)
        losses = keras.losses.sparse_categorical_crossentropy(targets, logits, from_logits=True)
        loss += float(np.sum(losses * scored))
    return loss / float(text.scored.sum())


def torch_learns(
    windows: str, goal: float, seed: int,
    units: int, epochs: float, learning_rate: float, batch_size: int, seq_length: int,
) -> Learn:  # fmt: skip
    """PyTorch as somebody writes it who knows the field.

    The state is carried from window to window; AdamW with betas (0.9, 0.99); the learning rate rises for 50 updates and
    then falls to 2 % in a cosine; the norm of the gradients is clipped at 1.
    """
    import torch

    text = Windows.read(windows)
    shape = Shape(units, batch_size, seq_length, vocabulary=int(text.vocabulary))
    ids = torch.from_numpy(text.train).long()
    per_epoch = (len(ids) - 1) // shape.characters
    used = per_epoch * shape.characters
    inputs, targets = (part.reshape(batch_size, -1).split(seq_length, 1) for part in (ids[:used], ids[1 : used + 1]))
    updates = max(1, round(epochs * per_epoch))

    def rate(update: int) -> float:  # as a share of the highest
        along = max(0, update - WARM_UP) / max(1, updates - WARM_UP)
        return min(1.0, (update + 1) / (WARM_UP + 1)) * (0.02 + 0.98 * (1 + math.cos(math.pi * along)) / 2)

    def scores() -> Iterator[float]:
        torch.manual_seed(seed)
        network = torch_network(shape)
        adam = torch.optim.AdamW(network.parameters(), learning_rate, betas=(0.9, 0.99), weight_decay=0.01)
        schedule, carried = torch.optim.lr_scheduler.LambdaLR(adam, rate), None
        for update in range(updates):
            at = update % per_epoch
            logits, state = network(inputs[at], carried if at else None)
            carried = tuple(part.detach() for part in state)
            loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), targets[at].flatten())
            adam.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            adam.step()
            schedule.step()
            if at + 1 == per_epoch or update + 1 == updates:
                yield torch_score(network, text)

    return lambda: _curve(scores(), goal)


def torch_score(network: "torch.nn.Module", text: Windows) -> float:
    """The val_loss of a network."""
    import torch

    state, loss = None, 0.0
    with torch.no_grad():
        for window in zip(text.inputs, text.targets, text.scored, strict=True):
            inputs, targets, scored = map(torch.from_numpy, window)
            logits, state = network(inputs, state)
            losses = torch.nn.functional.cross_entropy(logits.mT, targets.long(), reduction="none")
            loss += float((losses * scored).sum())
    return loss / float(text.scored.sum())


def _curve(scores: Iterator[float], goal: float) -> Curve:
    begun, curve = time.perf_counter(), []
    for val_loss in scores:
        curve.append((time.perf_counter() - begun, val_loss))
        if val_loss <= goal:
            break
    return curve
