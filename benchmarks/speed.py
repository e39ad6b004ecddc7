"""Compares training and generation with plain Keras and PyTorch, which do the same work: python -m benchmarks.speed

Each contestant runs in its own process, so that it has its own thread settings. The contestants take turns, round by
round, because the speed of a machine may change by a factor of two within minutes. Each ratio is the median of the
ratios of all rounds, followed by the quartiles. PyTorch takes part if it is installed; `--torch` names an interpreter
that has it. `--write README.md` puts the tables between the two marks in that file.
"""

import argparse
import json
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

VOCABULARY = 65  # tiny-shakespeare's
TEXTBOOK_CHARACTERS = 40  # characters that the textbook's loop writes in a round; it is slow
CHARLM_CHARACTERS = 2_000
MARKS = "<!-- speed: begin -->", "<!-- speed: end -->"

Work = Callable[[], int]  # does one round and returns how many characters it trained on or wrote


@dataclass(frozen=True)
class Shape:
    """The sizes of a network and of the windows it learns from."""

    units: int
    batch_size: int = 64
    seq_length: int = 100
    cell: str = "lstm"
    embedding_dim: int = 64


TRAINING = (
    *(Shape(units) for units in (128, 256, 512, 1024)),
    *(Shape(units, 32, 64) for units in (128, 256)),
    *(Shape(256, cell=cell) for cell in ("gru", "rnn")),
)
GENERATION = tuple(Shape(units) for units in (128, 256, 512, 1024))


@dataclass(frozen=True)
class Result:
    """The measurements of one contestant."""

    speeds: list[float]  # characters per second, one number for each round
    megabytes: float  # peak memory
    remark: float  # milliseconds until the first characters, for `charlm_loop`; else 0

    def against(self, other: "Result") -> str:
        """The ratio of the speeds to those of another contestant: the median and the quartiles of the rounds."""
        ratios = [mine / its for mine, its in zip(self.speeds, other.speeds, strict=True)]
        low, middle, high = statistics.quantiles(ratios, n=4)
        return f"{middle:.3g}x ({low:.3g} .. {high:.3g})"

    @property
    def speed(self) -> str:
        """The median speed of the rounds."""
        return f"{statistics.median(self.speeds):,.0f}/s"


def main() -> None:
    """Run every race and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--torch", default=sys.executable, help="an interpreter that has PyTorch")
    parser.add_argument("--write", type=Path, help="the file that receives the tables between its marks")
    parser.add_argument("--contestant", help=argparse.SUPPRESS)  # in a worker process: which contestant it is ...
    parser.add_argument("--shape", help=argparse.SUPPRESS)  # ... and its sizes, as JSON
    chosen = parser.parse_args()
    if chosen.contestant:
        take_turns(*CONTESTANTS[chosen.contestant](Shape(**json.loads(chosen.shape))))
        return
    has_torch = subprocess.run([chosen.torch, "-c", "import torch"], capture_output=True, check=False).returncode == 0
    tables = "\n".join([*training_table(chosen, has_torch), "", *generation_table(chosen)])
    if chosen.write:
        text = chosen.write.read_text("utf-8")
        place = re.compile(f"(?<={MARKS[0]}\n).*(?={MARKS[1]})", re.DOTALL)
        chosen.write.write_text(place.sub(lambda _: f"\n{tables}\n\n", text), "utf-8")


def training_table(chosen: argparse.Namespace, has_torch: bool) -> list[str]:
    """One row for every shape of training."""
    lines = [
        say("| one update, characters a second | plain Keras | PyTorch | charlm | peak memory: Keras, charlm |"),
        say("|---|---|---|---|---|"),
    ]
    for shape in TRAINING:
        racers = {"keras_step": sys.executable, "charlm_step": sys.executable}
        if has_torch:
            racers["torch_step"] = chosen.torch
        result = race(shape, racers, chosen.rounds)
        keras, charlm = result["keras_step"], result["charlm_step"]
        torch = result["torch_step"].against(keras) if has_torch else "not installed"
        title = f"{shape.cell}, {shape.units} units, {shape.batch_size} x {shape.seq_length}"
        memory = f"{keras.megabytes:,.0f}, {charlm.megabytes:,.0f} MB"
        lines.append(say(f"| {title} | {keras.speed} | {torch} | {charlm.against(keras)} | {memory} |"))
    return lines


def generation_table(chosen: argparse.Namespace) -> list[str]:
    """One row for every size of network that writes."""
    lines = [
        say("| writing, characters a second | textbook's loop | charlm | four temperatures, beside one | first ones |"),
        say("|---|---|---|---|---|"),
    ]
    for shape in GENERATION:
        racers = dict.fromkeys(("textbook_loop", "charlm_loop", "charlm_four"), sys.executable)
        textbook, one, four = race(shape, racers, chosen.rounds).values()
        ratio, at_once = one.against(textbook), four.against(one)
        row = f"| {shape.units} units | {textbook.speed} | {one.speed}, {ratio} | {at_once} | {one.remark:.0f} ms |"
        lines.append(say(row))
    return lines


def say(line: str) -> str:
    """Print a line of a table as soon as it is measured, and return it."""
    print(line, flush=True)
    return line


def race(shape: Shape, racers: dict[str, str], rounds: int) -> dict[str, Result]:
    """Let the processes take turns. `racers` maps each contestant to the interpreter that runs it."""
    speeds: dict[str, list[float]] = {name: [] for name in racers}
    with ExitStack() as stack:
        workers = {}
        for name, interpreter in racers.items():
            worker = subprocess.Popen(
                [interpreter, "-m", "benchmarks.speed", f"--contestant={name}", f"--shape={json.dumps(asdict(shape))}"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # TensorFlow prints a dozen lines in each process when it starts
                text=True,
                bufsize=1,
            )
            workers[name] = stack.enter_context(worker)
            if worker.stdout.readline() != "ready\n":
                sys.exit(f"It did not start: {name} with {interpreter}, {shape}")
        for _ in range(rounds):
            for name, worker in workers.items():
                worker.stdin.write("go\n")
                speeds[name].append(float(worker.stdout.readline()))
        results = {}
        for name, worker in workers.items():
            worker.stdin.close()
            results[name] = Result(speeds[name], *json.loads(worker.stdout.readline()))
    return results


def take_turns(work: Work, remark: float = 0.0) -> None:
    """The worker's side: warm up, then do one round for each line of input and print its characters per second."""
    work(), work()
    print("ready", flush=True)
    for _ in sys.stdin:
        begun = time.perf_counter()
        characters = work()
        print(characters / (time.perf_counter() - begun), flush=True)
    print(json.dumps([resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, remark]), flush=True)


def keras_step(shape: Shape) -> tuple[Work]:
    """One update by `train_on_batch` of a stateful Keras model, with TensorFlow's default settings."""
    plain, ids = _plain_keras(shape, shape.batch_size), _ids(shape)

    def work() -> int:
        plain.train_on_batch(ids, ids)
        return ids.size

    return (work,)


def torch_step(shape: Shape) -> tuple[Work]:
    """One update of PyTorch's own layers, with PyTorch's default settings."""
    import torch

    cell = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn": torch.nn.RNN}[shape.cell]
    embedding = torch.nn.Embedding(VOCABULARY, shape.embedding_dim)
    recurrent = cell(shape.embedding_dim, shape.units, batch_first=True)
    dense = torch.nn.Linear(shape.units, VOCABULARY)
    adam = torch.optim.Adam([*embedding.parameters(), *recurrent.parameters(), *dense.parameters()])
    ids = torch.from_numpy(_ids(shape)).long()

    def work() -> int:
        adam.zero_grad()
        logits = dense(recurrent(embedding(ids))[0])
        loss = torch.nn.functional.cross_entropy(logits.reshape(-1, VOCABULARY), ids.reshape(-1))
        loss.backward()
        adam.step()
        loss.item()
        return ids.numel()

    return (work,)


def charlm_step(shape: Shape) -> tuple[Work]:
    """One update as in `charlm.train`, with AdamW and clipping."""
    from charlm.network.backend import tf
    from charlm.settings import TrainingSettings
    from charlm.training.learner import Learner, compile_step

    training = TrainingSettings(batch_size=shape.batch_size, seq_length=shape.seq_length)
    learner = Learner(_charlm_network(shape), training, steps=1_000)
    step, ids = compile_step(learner, training), tf.constant(_ids(shape))

    def work() -> int:
        loss, *_, learner.state = step(ids, ids, learner.state, learner.step)
        float(loss)
        return int(tf.size(ids))

    return (work,)


def textbook_loop(shape: Shape) -> tuple[Work]:
    """The loop of a textbook: for each character, one eager call of a stateful model and one draw by TensorFlow."""
    import tensorflow as tf

    plain, characters = _plain_keras(shape, 1), [chr(32 + i) for i in range(VOCABULARY)]

    def work() -> int:
        inputs, written = tf.expand_dims([1], 0), []
        for _ in range(TEXTBOOK_CHARACTERS):
            logits = tf.squeeze(plain(inputs), 0)
            id = tf.random.categorical(logits / 0.7, num_samples=1)[-1, 0].numpy()
            inputs = tf.expand_dims([id], 0)
            written.append(characters[id])
        return len("".join(written))

    return (work,)


def charlm_loop(shape: Shape, temperatures: int = 1) -> tuple[Work, float]:
    """charlm's compiled loop, which writes whole chunks. Counts the characters of one column.

    The second value is how many milliseconds a model needs for its first characters after the warm-up.
    """
    import numpy as np

    from charlm.generation.sampler import Sampler

    network = _charlm_network(shape)
    sampler = Sampler(lambda _, ids, state: network.next_logits(ids, state), network.zero_state)  # its own weights
    sampler.prepare(temperatures)

    def write():
        return sampler.stream(np.array([1]), [0.7] * temperatures, CHARLM_CHARACTERS, 0)

    def work() -> int:
        for _ in write():
            pass
        return CHARLM_CHARACTERS

    begun = time.perf_counter()
    next(write())
    return work, 1000 * (time.perf_counter() - begun)


def charlm_four(shape: Shape) -> tuple[Work, float]:
    """The same with four columns side by side."""
    return charlm_loop(shape, temperatures=4)


def _plain_keras(shape: Shape, rows: int):
    import keras

    layers = keras.layers
    cell = {"lstm": layers.LSTM, "gru": layers.GRU, "rnn": layers.SimpleRNN}[shape.cell]
    plain = keras.Sequential(
        [
            layers.Input(batch_shape=(rows, None)),
            layers.Embedding(VOCABULARY, shape.embedding_dim),
            cell(shape.units, return_sequences=True, stateful=True),
            layers.Dense(VOCABULARY),
        ]
    )
    plain.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return plain


def _charlm_network(shape: Shape):
    from charlm.network.model import CharacterModel
    from charlm.settings import ModelSettings

    settings = ModelSettings(cell=shape.cell, rnn_units=shape.units, embedding_dim=shape.embedding_dim)
    return CharacterModel(VOCABULARY, settings)


def _ids(shape: Shape):
    import numpy as np

    return np.random.default_rng(0).integers(0, VOCABULARY, (shape.batch_size, shape.seq_length), dtype=np.int32)


CONTESTANTS = {f.__name__: f for f in (keras_step, torch_step, charlm_step, textbook_loop, charlm_loop, charlm_four)}

if __name__ == "__main__":
    main()
