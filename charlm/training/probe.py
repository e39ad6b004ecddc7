"""How long a run will take on this machine: its own steps are tried for two seconds."""

import json
import sys
import time
from dataclasses import asdict
from itertools import count

import numpy as np

from charlm.network.backend import tf
from charlm.network.model import CharacterModel
from charlm.presets import PRESETS, fit_to_text
from charlm.settings import ModelSettings, RunSettings, TrainingSettings
from charlm.training.learner import Learner, compile_step
from charlm.training.speeds import Estimate, work_out

PROBE_SECONDS = 2.0
USUAL_ALPHABET = 70


def estimate(characters: int, vocab_size: int, settings: RunSettings, probe_seconds: float = PROBE_SECONDS) -> Estimate:
    """Try steps with these settings for a while and estimate the whole run over a text with that many characters.

    Building and compiling take their time before `probe_seconds` begin. Raises TextTooShort.
    """
    fitted = fit_to_text(settings, characters).settings
    compiling, step_seconds = try_steps(vocab_size, fitted, probe_seconds)
    return work_out(characters, fitted.training, compiling, step_seconds)


def try_steps(vocab_size: int, settings: RunSettings, probe_seconds: float = PROBE_SECONDS) -> tuple[float, float]:
    """Try steps. Returns the seconds of the first one, which compiles, and the mean seconds of the others."""
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
    """Print times as JSON, for a process that does not import TensorFlow.

    Without arguments: the result of `try_steps` for every preset. With "-": the estimate for the settings on standard
    input, a JSON object with characters, vocab_size, model and training.
    """
    if sys.argv[1:] == ["-"]:
        asked = json.load(sys.stdin)
        settings = RunSettings(ModelSettings(**asked["model"]), TrainingSettings(**asked["training"]))
        print(json.dumps(asdict(estimate(asked["characters"], asked["vocab_size"], settings))))
    else:
        print(json.dumps({name: try_steps(USUAL_ALPHABET, chosen.settings) for name, chosen in PRESETS.items()}))


if __name__ == "__main__":
    main()
