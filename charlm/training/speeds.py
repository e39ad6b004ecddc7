"""From the seconds of a step to the seconds of a run. The steps are measured in another process."""

import json
import math
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock, Thread

from charlm.errors import InvalidSetting, TextTooShort, TooBusy
from charlm.presets import fit_to_text, held_out, preset, steps_per_epoch
from charlm.settings import RunSettings, TrainingSettings

PROBE = [sys.executable, "-m", "charlm.training.probe"]
PATIENCE = 60.0  # seconds for trying some steps, including the start of TensorFlow
BUSY = (
    "The settings of another visitor are being tried.",
    "Only one visitor's settings can be tried at a time.",
    "Ask again in half a minute.",
)
TOO_SLOW = (
    "Not even a few steps of these settings were done within a minute.",
    "Expected steps that take a few seconds on this machine.",
    "Choose fewer units, or a smaller seq_length or batch_size.",
)
TOO_MUCH = (
    "These settings could not be tried on this machine.",
    "Expected some steps to run; perhaps there is too little memory for them.",
    "Choose fewer units, or a smaller seq_length or batch_size.",
)
BETWEEN_EPOCHS = 0.02  # seconds to set up an epoch and save a little: half the time of a run of a thousand tiny epochs
SCORING = 1 / 3  # of the time to learn a character: scoring only goes forwards, and backwards takes twice as long


@dataclass(frozen=True)
class Estimate:
    """How long a run will take if nobody stops it and it does not run out of `patience` before its last epoch."""

    seconds: float
    characters_per_second: float


def work_out(characters: int, training: TrainingSettings, compiling: float, step_seconds: float) -> Estimate:
    """Estimate the whole run. The first step takes `compiling` seconds, every other step `step_seconds`."""
    validation = held_out(characters)
    steps = steps_per_epoch(characters - validation, training)
    speed = training.batch_size * training.seq_length / step_seconds
    scoring = SCORING * validation / speed
    seconds = compiling + training.epochs * (steps * step_seconds + scoring + BETWEEN_EPOCHS)
    limit = math.inf if training.max_minutes is None else 60 * training.max_minutes
    return Estimate(min(seconds, limit), speed)


class Speeds:
    """How long each preset takes on this machine, once it is measured. Measures other settings when it is asked."""

    def __init__(self, probe: Sequence[str] = PROBE, patience: float = PATIENCE) -> None:
        """`probe` is the command that tries steps. It may take `patience` seconds for one estimate."""
        self._probe, self._patience = probe, patience
        self._steps: dict[str, tuple[float, float]] = {}
        self.settled = False  # True when `measure` is done, even if it failed
        self._trying = Lock()

    def measure(self) -> None:
        """Start to measure some steps of every preset, in another process."""
        Thread(target=self._measure, name="measuring this machine", daemon=True).start()

    def seconds(self, name: str, characters: int) -> float | None:
        """The seconds of a run of that preset over a text with that many characters; None if they are not known."""
        if name not in self._steps:
            return None
        try:
            training = fit_to_text(preset(name, characters), characters).settings.training
        except TextTooShort:
            return None
        return work_out(characters, training, *self._steps[name]).seconds

    def estimate(self, characters: int, vocab_size: int, settings: RunSettings) -> Estimate:
        """How long a run with exactly these settings would take. It tries some steps, which takes about ten seconds.

        Raises TooBusy while other settings are tried, and InvalidSetting if the steps take too long or fail.
        """
        asked = {"characters": characters, "vocab_size": vocab_size} | {
            "model": settings.model.as_dict(), "training": settings.training.as_dict(),
        }  # fmt: skip
        if not self._trying.acquire(blocking=False):
            raise TooBusy(*BUSY)
        try:
            tried = subprocess.run(  # noqa: S603  # our own module
                [*self._probe, "-"],
                input=json.dumps(asked),
                text=True,
                capture_output=True,
                timeout=self._patience,
                check=True,
            )
            return Estimate(**json.loads(tried.stdout))
        except subprocess.TimeoutExpired as error:
            raise InvalidSetting(*TOO_SLOW) from error
        except subprocess.CalledProcessError as error:
            raise InvalidSetting(*TOO_MUCH) from error
        finally:
            self._trying.release()

    def _measure(self) -> None:
        found = subprocess.run(self._probe, capture_output=True, check=False)  # noqa: S603  # our own module
        if found.returncode == 0:  # otherwise no times are shown, and all else works
            self._steps = {name: tuple(steps) for name, steps in json.loads(found.stdout).items()}
        self.settled = True
