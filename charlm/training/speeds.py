"""From the seconds of a step to those of a run; and the seconds of a step, found out in a process beside."""

import json
import math
import subprocess
import sys
from dataclasses import dataclass
from threading import Thread

from charlm.errors import TextTooShort
from charlm.presets import fit_to_text, held_out, preset, steps_per_epoch
from charlm.settings import TrainingSettings

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
    """How long the presets take on this machine, as soon as it is known; measured once, in the background."""

    def __init__(self) -> None:
        self._steps: dict[str, tuple[float, float]] = {}
        self.settled = False  # is this machine measured, or will it not be?

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

    def _measure(self) -> None:
        found = subprocess.run(  # our own module, without arguments
            [sys.executable, "-m", "charlm.training.probe"], capture_output=True, check=False
        )
        if found.returncode == 0:  # otherwise nobody is told a time, and nothing else is amiss
            self._steps = {name: tuple(steps) for name, steps in json.loads(found.stdout).items()}
        self.settled = True
