"""How long a run will take on this machine: at once from what is known, or after a trial of some seconds.

The page, the HTTP API, the command line and Python all ask here, and they share what was measured.
"""

import math
import time
from collections.abc import Callable
from threading import Lock

from charlm.errors import TooBusy
from charlm.languages import N_
from charlm.presets import fit_to_text
from charlm.settings import RunSettings
from charlm.times.allowance import Allowance
from charlm.times.arithmetic import Estimate, similar, work_out, worked_out
from charlm.times.costs import Costs, Shape
from charlm.times.kept import Kept, file_of_this_machine
from charlm.times.trial import IN_THE_WAY, PATIENCE, Trial

BUSY = (N_("Settings of others are being tried."), N_("One run is tried at a time."), N_("Ask again in a minute."))


def estimate(characters: int, vocab_size: int, settings: RunSettings) -> Estimate:
    """How long a run over a text with that many characters, `vocab_size` of them different, would take.

    If no such run was tried on this machine within the last day, one is tried now, which takes about ten seconds.
    Raises TextTooShort, and InvalidSetting if the trial takes too long or fails.
    """
    return Times(Kept(file_of_this_machine())).try_out(characters, vocab_size, settings)


class Times:
    """How long runs take on this machine. Many threads may ask; one run is tried at a time."""

    def __init__(
        self,
        kept: Kept,
        trial: Callable[..., Costs] | None = None,
        allowance: Allowance | None = None,
        quiet: Callable[[], bool] = lambda: True,
    ) -> None:
        """Without an allowance, visitors may have as many runs tried as they like.

        While the machine is not `quiet`, because a run is under way, nothing is tried: it would slow down the run, and
        the run would slow down what is measured. Only the very first trial takes place at any time.
        """
        self._kept, self._trial = kept, trial or Trial()
        self._allowance, self._quiet = allowance or Allowance(math.inf), quiet
        self._trying, self._closed = Lock(), False

    def estimate(self, characters: int, vocab_size: int, settings: RunSettings) -> Estimate | None:
        """The estimate from what was measured so far, at once; None if nothing was. Raises TextTooShort."""
        fitted = fit_to_text(settings, characters).settings
        shape, kept = Shape.of(characters, vocab_size, fitted), self._kept.all()
        if not kept:
            return None
        costs = worked_out(shape, {other: m.costs for other, m in kept.items()})
        measured = any(m.fresh and similar(shape, other) for other, m in kept.items())
        return work_out(characters, fitted.training, costs, measured)

    @property
    def may_try(self) -> bool:
        """May a visitor's settings be tried now?"""
        return self._quiet() and self._allowance.left > 0

    def was_tried(self, characters: int, vocab_size: int, settings: RunSettings) -> bool:
        """Was such a run ever tried on this machine? Raises TextTooShort."""
        shape = Shape.of(characters, vocab_size, fit_to_text(settings, characters).settings)
        return any(similar(shape, other) for other in self._kept.all())

    def best(self, characters: int, vocab_size: int, settings: RunSettings) -> Estimate:
        """The estimate for a visitor: after a trial if there may be one now, otherwise from what was measured so far.

        Raises TextTooShort, InvalidSetting if the trial takes too long or fails, and TooBusy only before anything was
        measured.
        """
        known = self.estimate(characters, vocab_size, settings)
        if known and (known.measured or not self.may_try):
            return known
        try:
            return self.try_out(characters, vocab_size, settings, wait=known is None)
        except TooBusy:
            if known is None:
                raise
            return known

    def try_out(self, characters: int, vocab_size: int, settings: RunSettings, *, wait: bool = True) -> Estimate:
        """The estimate after a trial, which takes about ten seconds unless these settings were just tried.

        Raises TextTooShort, InvalidSetting if the trial takes too long or fails, and TooBusy if others' settings are
        being tried (with `wait`: for more than a minute) or a run begins meanwhile.
        """
        fitted = fit_to_text(settings, characters).settings
        if not self._trying.acquire(timeout=PATIENCE if wait else 0):
            raise TooBusy(*BUSY)
        try:
            known = self.estimate(characters, vocab_size, settings)
            if known is not None and known.measured:
                return known
            costs = self._try(characters, vocab_size, fitted, first=known is None)
        finally:
            self._trying.release()
        return work_out(characters, fitted.training, costs, measured=True)

    def close(self) -> None:
        """End the trial that is under way. There will be no other."""
        self._closed = True

    def _try(self, characters: int, vocab_size: int, fitted: RunSettings, first: bool) -> Costs:
        def in_the_way() -> bool:
            return self._closed or not (first or self._quiet())

        if in_the_way():
            raise TooBusy(*IN_THE_WAY)
        begun = time.monotonic()
        try:
            costs = self._trial(characters, vocab_size, fitted, in_the_way)
        finally:
            self._allowance.use(time.monotonic() - begun)
        self._kept.keep(Shape.of(characters, vocab_size, fitted), costs)
        return costs
