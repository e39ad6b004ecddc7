"""From what was measured to what was not: the costs of another shape, and the seconds of a whole run.

The costs of a shape are counted as operations first, in the seconds of one certain machine. The true costs of a
machine differ from that by a factor, which changes slowly from shape to shape. So the factors of the shapes that were
measured are averaged, those of similar shapes with the greatest weight. A measured shape gets back what was measured.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from statistics import fmean

from charlm.cores import CORES
from charlm.presets import held_out, steps_per_epoch
from charlm.runs.saving import SAVING_SHARE
from charlm.settings import TrainingSettings
from charlm.times.costs import WINDOW, Costs, Shape, streams

BETWEEN_EPOCHS = 0.02  # seconds to set up an epoch
SIMILAR = math.log(1.1)  # shapes whose numbers differ by no more than a tenth count as the same
KIND = 1.0  # another choice (a cell, an optimizer) makes shapes as different as numbers that differ by a factor of e
NEAR = 0.01  # added to squared distances, so that a measured shape outweighs all others and nothing is divided by zero

GATES = {"lstm": 4, "gru": 3, "rnn": 1}
SMALL_PRODUCTS = 5  # of square matrices, with which Muon makes an update orthogonal: see training/muon.py
FEWEST_ROWS = 8  # that a core gets of a batch: see network/rows.py
# Seconds on one core with AVX-512.
PRODUCT = 2.4e-11  # a multiplication and an addition within a product of matrices
VALUE = 6e-9  # a value of a gate or a logit, on its way forwards and back
WEIGHT = 4e-9  # one weight of the network, in an update
CALL = 0.002  # calling a compiled function
FORWARDS = 0.35  # of the time to learn a character: backwards takes about twice as long
COMPILING, COMPILING_A_LAYER = 4.0, 1.0
FILES, STORED_WEIGHT = 0.12, 1.4e-7  # opening and closing the files of a save; five copies of a weight, and a sample


@dataclass(frozen=True)
class Estimate:
    """How long a run will take if nobody stops it and it does not run out of `patience` before its last epoch."""

    seconds: float  # from its start, without the time that it waits for other runs
    characters_per_second: float
    measured: bool  # were these settings tried on this machine, or is it worked out from others?


def work_out(characters: int, training: TrainingSettings, costs: Costs, measured: bool) -> Estimate:
    """The estimate of a run over a text with that many characters, with settings that fit it."""
    validation = held_out(characters)
    steps = steps_per_epoch(characters - validation, training)
    windows = math.ceil(validation / streams(characters) / WINDOW) + 1  # one is read before the first that is scored
    epoch = steps * costs.update + windows * costs.scoring + BETWEEN_EPOCHS
    apart = max(1, math.ceil(costs.saving * (1 / SAVING_SHARE - 1) / epoch))  # epochs from one save to the next
    saves = (training.epochs - 1) // apart + 2  # the first epoch is saved, and the end
    seconds = training.epochs * epoch + saves * costs.saving
    limit = math.inf if training.max_minutes is None else 60 * training.max_minutes
    speed = training.batch_size * training.seq_length / costs.update
    return Estimate(costs.start + costs.setup + min(seconds, limit), speed, measured)


def similar(shape: Shape, other: Shape) -> bool:
    """Are the shapes of one kind, with numbers so close that one measurement holds for both?"""
    numbers = zip(shape.numbers, other.numbers, strict=True)
    return shape.kind == other.kind and all(abs(math.log(a / b)) <= SIMILAR for a, b in numbers)


def worked_out(shape: Shape, measured: Mapping[Shape, Costs]) -> Costs:
    """The costs of a shape, from those of at least one that was measured."""
    if shape in measured:
        return measured[shape]
    weights = [1 / (_distance(shape, other) + NEAR) ** 2 for other in measured]

    def one(part: str) -> float:
        """Of each measured shape the logarithm of the factor; of these the average."""
        factors = [math.log(getattr(c, part) / getattr(_counted(other), part)) for other, c in measured.items()]
        return float(getattr(_counted(shape), part) * math.exp(fmean(factors, weights)))

    return Costs(**{part.name: one(part.name) for part in fields(Costs)})


def _distance(shape: Shape, other: Shape) -> float:
    """The square of how different two shapes are."""
    numbers = zip(shape.numbers, other.numbers, strict=True)
    here, there = set(shape.kind), set(other.kind)
    choices = max(len(here - there), len(there - here))
    return KIND * choices + sum(math.log(a / b) ** 2 for a, b in numbers)


@lru_cache(maxsize=1_000)
def _counted(shape: Shape) -> Costs:
    """The costs, by counting operations. Their ratios from shape to shape matter, not their sizes."""
    learnt, scored = _characters(shape.batch_size, shape.seq_length), _characters(shape.streams, WINDOW)
    weights = _weights(shape)
    return Costs(
        start=1.0,
        setup=COMPILING + COMPILING_A_LAYER * shape.layers + FILES + STORED_WEIGHT * weights,
        update=_reading(shape, learnt) + PRODUCT * _orthogonal(shape) + WEIGHT * weights + CALL,
        scoring=FORWARDS * _reading(shape, scored) + CALL,
        saving=FILES + STORED_WEIGHT * weights,
    )


def _characters(rows: int, time: int) -> float:
    """How many characters of a window each core gets."""
    return rows * time / max(1, min(CORES, rows // FEWEST_ROWS))


def _reading(shape: Shape, characters: float) -> float:
    """Seconds for so many characters on a core, forwards and back. Backwards takes two products for each one."""
    units, gates, alphabet = shape.rnn_units, _gates(shape), shape.vocab_size
    recurrent = (2 * shape.layers - 1) * gates * units**2 + units * alphabet
    products = characters * recurrent + min(alphabet, characters) * shape.embedding_dim * gates * units
    values = characters * (gates * units * shape.layers + alphabet)
    return 3 * PRODUCT * products + VALUE * values


def _weights(shape: Shape) -> float:
    """Weights of the network, about."""
    inputs = shape.embedding_dim + (2 * shape.layers - 1) * shape.rnn_units
    return _gates(shape) * shape.rnn_units * inputs + shape.vocab_size * (shape.embedding_dim + shape.rnn_units)


def _orthogonal(shape: Shape) -> float:
    """Multiplications of each core with which Muon makes the update of each kernel orthogonal."""
    if "muon" not in shape.kind:
        return 0.0
    long = _gates(shape) * shape.rnn_units
    sides = [min(shape.embedding_dim, long), *[min(shape.rnn_units, long)] * (2 * shape.layers - 1)]
    return sum(2 * short**2 * long + SMALL_PRODUCTS * short**3 for short in sides) / CORES


def _gates(shape: Shape) -> int:
    return next((GATES[choice] for choice in shape.kind if choice in GATES), max(GATES.values()))
