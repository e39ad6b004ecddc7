"""Training and generation speed beside plain Keras doing the same work: python -m benchmarks.speed

Each contestant is a process of its own, so that neither lives under the other's thread settings, and they take turns,
round by round, because a machine's speed may drift twofold within minutes. Each figure is the median of its rounds,
each ratio the median of the ratios round by round, with the quarter and three-quarter points behind it.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack

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
    parser.add_argument("--contestant", help=argparse.SUPPRESS)  # a worker's own name
    chosen = parser.parse_args()
    if chosen.contestant:
        take_turns(CONTESTANTS[chosen.contestant](chosen.units[0], chosen))
        return
    print(f"{'':36} {'plain Keras':>16} {'charlm':>16}   ratio (quartiles)")
    for units in chosen.units:
        shape = f"{chosen.batch_size} x {chosen.seq_length}"
        race(f"training, {units} units, {shape}", "keras_step", "charlm_step", units, chosen)
        race(f"generation, {units} units", "textbook_loop", "charlm_loop", units, chosen)
        race("  four temperatures at once", "textbook_loop", "charlm_four", units, chosen)


def race(title: str, theirs: str, ours: str, units: int, chosen: argparse.Namespace) -> None:
    """Let two processes take turns and print what came of it."""
    shape = f"--embedding-dim={chosen.embedding_dim} --batch-size={chosen.batch_size} --seq-length={chosen.seq_length}"
    command = [sys.executable, "-m", "benchmarks.speed", f"--units={units}", *shape.split()]
    speeds: dict[str, list[float]] = {theirs: [], ours: []}
    with ExitStack() as stack:
        workers = {}
        for name in speeds:
            worker = subprocess.Popen(
                [*command, f"--contestant={name}"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # TensorFlow's greetings, a dozen lines for each process
                text=True,
                bufsize=1,
            )
            workers[name] = stack.enter_context(worker)
            if worker.stdout.readline() != "ready\n":
                sys.exit(f"It did not start: {' '.join(command)} --contestant={name}")
        for _ in range(chosen.rounds):
            for name, worker in workers.items():
                worker.stdin.write("go\n")
                speeds[name].append(float(worker.stdout.readline()))
    ratios = [mine / its for its, mine in zip(speeds[theirs], speeds[ours], strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    its, mine = statistics.median(speeds[theirs]), statistics.median(speeds[ours])
    print(f"{title:36} {its:12,.0f} c/s {mine:12,.0f} c/s   {middle:.2f} ({low:.2f} .. {high:.2f})", flush=True)


def take_turns(work: Work) -> None:
    """The worker's side: warm up, then one round for every line that comes in, answered by its characters a second."""
    work(), work()
    print("ready", flush=True)
    for _ in sys.stdin:
        begun = time.perf_counter()
        characters = work()
        print(characters / (time.perf_counter() - begun), flush=True)


def keras_step(units: int, chosen: argparse.Namespace) -> Work:
    """One update by `train_on_batch` of a stateful Keras model, TensorFlow's settings untouched."""
    plain, ids = _plain_keras(units, chosen.embedding_dim, chosen.batch_size), _ids(chosen)

    def work() -> int:
        plain.train_on_batch(ids, ids)
        return ids.size

    return work


def textbook_loop(units: int, chosen: argparse.Namespace) -> Work:
    """A stateful model called eagerly, once a character, its answer drawn by tf.random.categorical."""
    import tensorflow as tf

    plain = _plain_keras(units, chosen.embedding_dim, 1)

    def work() -> int:
        ids = tf.constant([[1]])
        for _ in range(TEXTBOOK_CHARACTERS):
            ids = tf.random.categorical(plain(ids)[:, -1] / 0.7, 1)
        ids.numpy()
        return TEXTBOOK_CHARACTERS

    return work


def charlm_step(units: int, chosen: argparse.Namespace) -> Work:
    """One update as `charlm.train` takes it."""
    from charlm.backend import tf
    from charlm.learner import Learner, compile_step
    from charlm.settings import TrainingSettings

    training = TrainingSettings(batch_size=chosen.batch_size, seq_length=chosen.seq_length)
    learner = Learner(_charlm_network(units, chosen), training, steps=1_000)
    step, ids = compile_step(learner, training), tf.constant(_ids(chosen))

    def work() -> int:
        loss, *_, learner.state = step(ids, ids, learner.state, learner.step)
        float(loss)
        return int(tf.size(ids))

    return work


def charlm_loop(units: int, chosen: argparse.Namespace, temperatures: int = 1) -> Work:
    """The compiled loop, whole chunks at a time; counts the characters of one column."""
    import numpy as np

    from charlm.sampler import Sampler

    network = _charlm_network(units, chosen)
    sampler = Sampler(network.next_logits, network.zero_state)

    def work() -> int:
        for _ in sampler.stream(np.array([1]), [0.7] * temperatures, CHARLM_CHARACTERS, 0):
            pass
        return CHARLM_CHARACTERS

    return work


def charlm_four(units: int, chosen: argparse.Namespace) -> Work:
    """The same with four columns side by side."""
    return charlm_loop(units, chosen, temperatures=4)


def _plain_keras(units: int, embedding_dim: int, rows: int):
    import keras

    layers = keras.layers
    plain = keras.Sequential(
        [
            layers.Input(batch_shape=(rows, None)),
            layers.Embedding(VOCABULARY, embedding_dim),
            layers.LSTM(units, return_sequences=True, stateful=True),
            layers.Dense(VOCABULARY),
        ]
    )
    plain.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return plain


def _charlm_network(units: int, chosen: argparse.Namespace):
    from charlm.model import CharacterModel
    from charlm.settings import ModelSettings

    return CharacterModel(VOCABULARY, ModelSettings(rnn_units=units, embedding_dim=chosen.embedding_dim))


def _ids(chosen: argparse.Namespace):
    import numpy as np

    shape = (chosen.batch_size, chosen.seq_length)
    return np.random.default_rng(0).integers(0, VOCABULARY, shape, dtype=np.int32)


CONTESTANTS = {f.__name__: f for f in (keras_step, textbook_loop, charlm_step, charlm_loop, charlm_four)}

if __name__ == "__main__":
    main()
