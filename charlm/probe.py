"""How long a run will take on this machine: two seconds of the very steps that it is made of."""

import math
import time
from dataclasses import dataclass
from itertools import count

import numpy as np

from charlm.backend import tf
from charlm.learner import Learner, compile_step
from charlm.model import CharacterModel
from charlm.settings import RunSettings, TrainingSettings, fit_to_text, held_out
from charlm.windows import steps_per_epoch

PROBE_SECONDS = 2.0
SCORING = 1 / 3  # of what learning a character costs: forwards only, and backwards costs twice as much


@dataclass(frozen=True)
class Estimate:
    """What a run will take, if it is not stopped and val_loss does not turn before its last epoch."""

    seconds: float
    characters_per_second: float


def estimate(characters: int, vocab_size: int, settings: RunSettings, probe_seconds: float = PROBE_SECONDS) -> Estimate:
    """Try steps of these settings for a while and work out the whole run over a text of so many characters.

    Building and compiling come on top of `probe_seconds`. Raises TextTooShort.
    """
    training, _ = fit_to_text(settings.training, characters)
    learner = Learner(CharacterModel(vocab_size, settings.model), training, steps=1_000)
    step = compile_step(learner, training)
    shape = (training.batch_size, training.seq_length)
    ids = tf.constant(np.random.default_rng(0).integers(0, vocab_size, shape), tf.int32)
    marks = [time.perf_counter()]
    for number in count():
        loss, *_, learner.state = step(ids, ids, learner.state, number)
        float(loss)
        marks.append(time.perf_counter())
        if number and marks[-1] - marks[1] >= probe_seconds:
            break
    compiling, *steps = np.diff(marks).tolist()
    return work_out(characters, training, compiling, step_seconds=sum(steps) / len(steps))


def work_out(characters: int, training: TrainingSettings, compiling: float, step_seconds: float) -> Estimate:
    """The whole run from its first step, which compiles, and the seconds of one of the others."""
    validation = held_out(characters)
    steps = steps_per_epoch(characters - validation, training)
    speed = training.batch_size * training.seq_length / step_seconds
    seconds = compiling + training.epochs * (steps * step_seconds + SCORING * validation / speed)
    limit = math.inf if training.max_minutes is None else 60 * training.max_minutes
    return Estimate(min(seconds, limit), speed)
