"""Training and generation speed beside plain Keras doing the same work: python -m benchmarks.speed

The contestants take turns, round by round, because a machine's speed may drift twofold within minutes: each figure
is the median of its rounds, each ratio the median of the ratios round by round, with the quarter and three-quarter
points behind it.
"""

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np

from charlm.backend import keras, tf
from charlm.learner import Learner, compile_step
from charlm.model import CharacterModel
from charlm.sampler import Sampler
from charlm.settings import ModelSettings, TrainingSettings

VOCABULARY = 65  # tiny-shakespeare's
TEXTBOOK_CHARACTERS = 40  # written a round by the textbook's loop, which is slow
CHARLM_CHARACTERS = 2_000

Work = Callable[[], int]  # does one round and returns how many characters it did


def main() -> None:
    """Print one line for each size of network and each kind of work."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, nargs="+", default=[128, 256, 512, 1024])
    parser.add_argument("--embedding-dim", type=int, default=64)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--seq-length", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=9)
    chosen = parser.parse_args()
    training = TrainingSettings(batch_size=chosen.batch_size, seq_length=chosen.seq_length)
    print(f"{'':30} {'plain Keras':>16} {'charlm':>16}   ratio (quartiles)")
    for units in chosen.units:
        model = ModelSettings(rnn_units=units, embedding_dim=chosen.embedding_dim)
        shape = f"{chosen.batch_size} x {chosen.seq_length}"
        race(
            f"training, {units} units, {shape}",
            keras_step(model, training),
            charlm_step(model, training),
            chosen.rounds,
        )
        race(f"generation, {units} units", textbook_loop(model), charlm_loop(model), chosen.rounds)
        four = charlm_loop(model, temperatures=4)
        race("  four temperatures at once", textbook_loop(model), four, chosen.rounds)


def race(name: str, keras_work: Work, charlm_work: Work, rounds: int) -> None:
    """Let the two take turns and print what came of it."""
    speeds: tuple[list[float], list[float]] = ([], [])
    for work in (keras_work, charlm_work):  # compiles
        work()
    for _ in range(rounds):
        for work, speed in zip((keras_work, charlm_work), speeds, strict=True):
            begun = time.perf_counter()
            characters = work()
            speed.append(characters / (time.perf_counter() - begun))
    ratios = [ours / theirs for theirs, ours in zip(*speeds, strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    theirs, ours = map(statistics.median, speeds)
    print(f"{name:30} {theirs:12,.0f} c/s {ours:12,.0f} c/s   {middle:.2f} ({low:.2f} .. {high:.2f})", flush=True)


def keras_step(model: ModelSettings, training: TrainingSettings) -> Work:
    """One update by `train_on_batch` of a stateful Keras model."""
    plain = keras.Sequential(
        [
            keras.layers.Input(batch_shape=(training.batch_size, None)),
            keras.layers.Embedding(VOCABULARY, model.embedding_dim),
            keras.layers.LSTM(model.rnn_units, return_sequences=True, stateful=True),
            keras.layers.Dense(VOCABULARY),
        ]
    )
    plain.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    ids = _ids(training)

    def work() -> int:
        plain.train_on_batch(ids, ids)
        return ids.size

    return work


def charlm_step(model: ModelSettings, training: TrainingSettings) -> Work:
    """One update as `charlm.train` takes it."""
    learner = Learner(CharacterModel(VOCABULARY, model), training, steps=1_000)
    step, ids = compile_step(learner, training), tf.constant(_ids(training))

    def work() -> int:
        loss, _, _, state = step(ids, ids, learner.state(), learner.step)
        learner.carry(state)
        float(loss)
        return int(tf.size(ids))

    return work


def textbook_loop(model: ModelSettings) -> Work:
    """A stateful model called eagerly, once a character, its answer drawn by tf.random.categorical."""
    plain = keras.Sequential(
        [
            keras.layers.Input(batch_shape=(1, None)),
            keras.layers.Embedding(VOCABULARY, model.embedding_dim),
            keras.layers.LSTM(model.rnn_units, return_sequences=True, stateful=True),
            keras.layers.Dense(VOCABULARY),
        ]
    )

    def work() -> int:
        ids = tf.constant([[1]])
        for _ in range(TEXTBOOK_CHARACTERS):
            logits = plain(ids)[:, -1] / 0.7
            ids = tf.random.categorical(logits, 1)
        ids.numpy()
        return TEXTBOOK_CHARACTERS

    return work


def charlm_loop(model: ModelSettings, temperatures: int = 1) -> Work:
    """The compiled loop, whole chunks at a time; counts the characters of one column."""
    network = CharacterModel(VOCABULARY, model)
    sampler = Sampler(network.next_logits, network.zero_state)

    def work() -> int:
        for _ in sampler.stream(np.array([1]), [0.7] * temperatures, CHARLM_CHARACTERS, 0):
            pass
        return CHARLM_CHARACTERS

    return work


def _ids(training: TrainingSettings) -> np.ndarray:
    shape = (training.batch_size, training.seq_length)
    return np.random.default_rng(0).integers(0, VOCABULARY, shape, dtype=np.int32)


if __name__ == "__main__":
    main()
