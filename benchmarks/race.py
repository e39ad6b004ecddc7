"""Lets contestants take turns, each in its own process, so that each has its own libraries and thread settings.

They take turns because the speed of a machine may change by a factor of two within minutes: a ratio of two contestants
is taken within each round, and the median of these ratios is told. For Linux.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from benchmarks.processes import most_memory

ROOT = Path(__file__).parents[1]
WARM_UP = 2  # turns that do not count: the first one compiles
LAST_LINES = 15  # of what a contestant said before it died


class Contestant:
    """A process that does its work once in each turn. See `benchmarks/contestants`."""

    def __init__(self, name: str, sizes: dict[str, Any], interpreter: str = sys.executable) -> None:
        """`name` is a function in that folder, such as "steps.keras_step"; `sizes` are its arguments."""
        self._name, self._sizes, self._interpreter = name, sizes, interpreter

    def __enter__(self) -> Self:
        self._said = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")
        self._process = subprocess.Popen(
            [self._interpreter, "-m", "benchmarks.contestants", self._name, json.dumps(self._sizes)],
            cwd=ROOT,
            env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
            bufsize=1,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()
        self._said.close()

    def get_ready(self) -> None:
        """Wait until its libraries are loaded and it is built. Exits with its last lines if it dies."""
        self._answer()

    def turn(self) -> tuple[float, Any]:
        """Let it work once: the seconds that took, and what the work gave. Exits with its last lines if it dies."""
        try:
            self._process.stdin.write("go\n")
        except BrokenPipeError:
            self._tell_its_death()
        return tuple(self._answer())

    @property
    def megabytes(self) -> float:
        """Its memory at its highest, so far."""
        return most_memory(self._process.pid) / 1e6

    def _answer(self) -> Any:
        line = self._process.stdout.readline()
        return json.loads(line) if line else self._tell_its_death()

    def _tell_its_death(self) -> None:
        self._process.wait()
        self._said.seek(0)
        last = "".join(self._said.readlines()[-LAST_LINES:])
        sys.exit(f"{self._name} died with {self._interpreter} and {self._sizes}. Its last lines:\n{last}")


def has_torch(interpreter: str) -> bool:
    """Does that Python have PyTorch?"""
    return subprocess.run([interpreter, "-c", "import torch"], capture_output=True, check=False).returncode == 0


@dataclass(frozen=True)
class Result:
    """The measurements of one contestant, a number for each round."""

    seconds: list[float]
    amounts: list[float]  # of what it worked on: characters, operations
    megabytes: float  # of memory at its highest

    @property
    def speeds(self) -> list[float]:
        """Amounts in a second."""
        return [amount / seconds for amount, seconds in zip(self.amounts, self.seconds, strict=True)]

    @property
    def speed(self) -> float:
        """The median of the speeds."""
        return statistics.median(self.speeds)


def race(contestants: dict[str, Contestant], rounds: int, seconds: float) -> dict[str, Result]:
    """Let them take turns, for at least so many rounds and so many seconds."""
    turns: dict[str, list[tuple[float, float]]] = {name: [] for name in contestants}
    with ExitStack() as stack:
        for contestant in contestants.values():
            stack.enter_context(contestant)  # all load their libraries at the same time
        for contestant in contestants.values():
            contestant.get_ready()
        for contestant in contestants.values():
            for _ in range(WARM_UP):
                contestant.turn()
        begun, done = time.monotonic(), 0
        while done < rounds or time.monotonic() - begun < seconds:
            for name, contestant in contestants.items():
                turns[name].append(contestant.turn())
            done += 1
        return {
            name: Result(*map(list, zip(*turns[name], strict=True)), c.megabytes) for name, c in contestants.items()
        }


def ratios(above: list[float], below: list[float]) -> list[float]:
    """The ratio of two contestants in each round."""
    return [a / b for a, b in zip(above, below, strict=True)]


def spread(numbers: list[float]) -> str:
    """The median of the rounds, and the quartiles behind it if there are several."""
    if len(numbers) == 1:
        return f"{numbers[0]:.3g}x"
    low, middle, high = statistics.quantiles(numbers, n=4, method="inclusive")
    return f"{middle:.3g}x ({low:.3g} .. {high:.3g})"
