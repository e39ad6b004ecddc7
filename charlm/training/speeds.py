"""From the seconds of a step to those of a run; and the seconds of a step, found out in a process beside."""

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
PATIENCE = 60.0  # seconds that trying some steps may take, TensorFlow's own start included
BUSY = ("Somebody else's settings are being tried.", "Only one can be tried at a time.", "Ask again in half a minute.")
TOO_SLOW = (
    "Not even a few steps of these settings were done within a minute.",
    "Expected steps that this machine takes in seconds.",
    "Choose fewer units, or a smaller seq_length or batch_size.",
)
TOO_MUCH = (
    "These settings could not be tried on this machine.",
    "Expected some steps to run; perhaps there is too little memory for them.",
    "Choose fewer units, or a smaller seq_length or batch_size.",
)
SCORING = 1 / 3  # of what learning a character costs: forwards only, and backwards costs twice as much


@dataclass(frozen=True)
class Estimate:
    """What a run will take, if it is not stopped and val_loss does not turn before its last epoch."""

    seconds: float
    characters_per_second: float


def work_out(characters: int, training: TrainingSettings, compiling: float, step_seconds: float) -> Estimate:
    """The whole run from its first step, which compiles, and the seconds of one of the others."""
    validation = held_out(characters)
    steps = steps_per_epoch(characters - validation, training)
    speed = training.batch_size * training.seq_length / step_seconds
    seconds = compiling + training.epochs * (steps * step_seconds + SCORING * validation / speed)
    limit = math.inf if training.max_minutes is None else 60 * training.max_minutes
    return Estimate(min(seconds, limit), speed)


class Speeds:
    """How long the presets take on this machine, as soon as it is known; and any other settings, when asked."""

    def __init__(self, probe: Sequence[str] = PROBE, patience: float = PATIENCE) -> None:
        """`probe` is the command that tries, `patience` the seconds that it may take for one estimate."""
        self._probe, self._patience = probe, patience
        self._steps: dict[str, tuple[float, float]] = {}
        self.settled = False  # is this machine measured, or will it not be?
        self._trying = Lock()

    def measure(self) -> None:
        """Begin to measure: some steps of every preset, in a process of their own."""
        Thread(target=self._measure, name="measuring this machine", daemon=True).start()

    def seconds(self, name: str, characters: int) -> float | None:
        """What a run of that preset over a text of so many characters would take; None if that is not known."""
        if name not in self._steps:
            return None
        try:
            training = fit_to_text(preset(name, characters), characters).settings.training
        except TextTooShort:
            return None
        return work_out(characters, training, *self._steps[name]).seconds

    def estimate(self, characters: int, vocab_size: int, settings: RunSettings) -> Estimate:
        """What a run of exactly these settings would take, found out by trying some steps; takes some ten seconds.

        Raises TooBusy while another one is tried, and InvalidSetting for what takes too long, or too much, to be tried.
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
        if found.returncode == 0:  # otherwise nobody is told a time, and nothing else is amiss
            self._steps = {name: tuple(steps) for name, steps in json.loads(found.stdout).items()}
        self.settled = True
