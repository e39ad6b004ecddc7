"""Starts the probe in a process of its own, and ends it if it takes too long or is in the way."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence

from charlm.errors import InvalidSetting, TooBusy
from charlm.languages import N_
from charlm.records import from_json, to_json
from charlm.settings import RunSettings
from charlm.times.costs import Asked, Costs

PROBE = (sys.executable, "-m", "charlm.times.probe")
PATIENCE = 60.0  # seconds for a probe, including the start of TensorFlow
LOOK_EVERY = 0.2  # seconds between two looks whether it is in the way
TOO_SLOW = (
    N_("Not even a few steps of these settings were done within a minute."),
    N_("Expected steps that take a few seconds on this machine."),
    N_("Choose fewer units, or a smaller seq_length or batch_size."),
)
TOO_MUCH = (
    N_("These settings could not be tried on this machine."),
    N_("Expected some steps to run; perhaps there is too little memory for them."),
    N_("Choose fewer units, or a smaller seq_length or batch_size."),
)
IN_THE_WAY = (
    N_("A run has begun, or the app is closing, so the settings were not tried."),
    N_("Settings are tried only while no run is under way."),
    N_("Ask again later."),
)


class Trial:
    """Measures costs in another process."""

    def __init__(self, probe: Sequence[str] = PROBE, patience: float = PATIENCE) -> None:
        """`probe` is the command that measures. It gets an empty folder and an Asked, and prints Costs, as JSON."""
        self._probe, self._patience = probe, patience

    def __call__(
        self, characters: int, vocab_size: int, settings: RunSettings, in_the_way: Callable[[], bool]
    ) -> Costs:
        """The costs of a run with settings that fit its text.

        As soon as the probe is `in_the_way`, it is ended, and TooBusy is raised. Raises InvalidSetting if the probe
        takes too long or fails.
        """
        asked = Asked(time.monotonic(), characters, vocab_size, settings)
        # The folder belongs to this process, so that it is deleted even if the probe is killed.
        with tempfile.TemporaryDirectory(prefix="charlm-probe-", ignore_cleanup_errors=True) as place:
            process = subprocess.Popen(  # noqa: S603  # our own module
                [*self._probe, place, to_json(asked)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                start_new_session=True,  # Ctrl-C in the terminal reaches only the app
            )
            with process:
                try:
                    answer = self._answer(process, asked.at, in_the_way)
                finally:
                    process.kill()
        try:
            return from_json(Costs, answer, "the answer of the probe")
        except ValueError as error:  # it died before it answered
            raise InvalidSetting(*TOO_MUCH) from error

    def _answer(self, process: subprocess.Popen, begun: float, in_the_way: Callable[[], bool]) -> str:
        while True:
            try:
                return str(process.communicate(timeout=LOOK_EVERY)[0])
            except subprocess.TimeoutExpired as error:
                if in_the_way():
                    raise TooBusy(*IN_THE_WAY) from error
                if time.monotonic() - begun > self._patience:
                    raise InvalidSetting(*TOO_SLOW) from error
