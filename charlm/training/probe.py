"""How long a run will take on this machine: two seconds of the very steps that it is made of."""

import json
import time
from itertools import count

import numpy as np

from charlm.network.backend import tf
from charlm.network.model import CharacterModel
from charlm.presets import PRESETS, fit_to_text
from charlm.settings import RunSettings
from charlm.training.learner import Learner, compile_step
from charlm.training.speeds import Estimate, work_out

PROBE_SECONDS = 2.0
USUAL_ALPHABET = 70


def estimate(characters: int, vocab_size: int, settings: RunSettings, probe_seconds: float = PROBE_SECONDS) -> Estimate:
    """Try steps of these settings for a while and work out the whole run over a text of so many characters.

    Building and compiling come on top of `probe_seconds`. Raises TextTooShort.
    """
    fitted = fit_to_text(settings, characters).settings
    compiling, step_seconds = try_steps(vocab_size, fitted, probe_seconds)
    return work_out(characters, fitted.training, compiling, step_seconds)


def try_steps(vocab_size: int, settings: RunSettings, probe_seconds: float = PROBE_SECONDS) -> tuple[float, float]:
    """The seconds of the first step, which compiles, and of the others on the average."""
    training = settings.training
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
    return compiling, sum(steps) / len(steps)


def main() -> None:
    """Print what a step of every preset takes here, as JSON: for whoever must not import TensorFlow to know it."""
    found = {name: try_steps(USUAL_ALPHABET, chosen.settings) for name, chosen in PRESETS.items()}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
