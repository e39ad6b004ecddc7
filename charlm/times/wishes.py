"""Tries runs in the background: the usual settings after the start of the app, and those that visitors stay with."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Condition, Thread

from charlm.errors import CharlmError, TooBusy
from charlm.presets import PRESETS, preset
from charlm.settings import FIELDS, RunSettings
from charlm.times.costs import FREE, Shape
from charlm.times.estimates import Times

USUAL_TEXT, USUAL_ALPHABET = 1_000_000, 70  # characters, and how many of them are different
WAITING = 3  # wishes at a time: each takes about ten seconds
HOPELESS = 100  # runs that could not be tried, and are not tried again
LOOK_EVERY = 2.0  # seconds between two looks whether the machine is quiet


@dataclass(frozen=True)
class Wish:
    """A run that is to be tried."""

    characters: int
    vocab_size: int
    settings: RunSettings

    @property
    def asked(self) -> tuple[int, int, RunSettings]:
        """The arguments of the methods of Times."""
        return self.characters, self.vocab_size, self.settings


class Wishes:
    """Fulfils the wishes of visitors one after the other. A visitor who moves a number does not wait for this."""

    def __init__(self, times: Times) -> None:
        self._times = times
        self._waiting: deque[Wish] = deque()  # the first one is being tried
        self._hopeless: deque[Wish] = deque(maxlen=HOPELESS)
        self._changed, self._closed = Condition(), False
        self.settled = False  # were the usual settings tried?

    def begin(self) -> None:
        """Try the usual settings that were never tried on this machine, then fulfil wishes."""
        Thread(target=self._work, name="trying runs", daemon=True).start()

    def wish(self, wish: Wish) -> bool:
        """Have a run tried soon. Returns False if it will not be: it cannot be tried, or there is no time for it."""
        with self._changed:
            if wish in self._waiting:
                return True
            if wish in self._hopeless or len(self._waiting) >= WAITING or not self._times.may_try:
                return False
            self._waiting.append(wish)
            self._changed.notify()
            return True

    def close(self) -> None:
        """End the trial that is under way, and all others."""
        self._times.close()
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _work(self) -> None:
        usual = deque(wish for wish in usual_wishes() if not self._times.was_tried(*wish.asked))
        while not self._closed:
            self.settled = not usual
            if self._waiting:
                self._fulfil(self._waiting[0])
                with self._changed:
                    self._waiting.popleft()
            elif usual and self._fulfil(usual[0]):
                usual.popleft()
            else:
                with self._changed:
                    self._changed.wait_for(lambda: self._closed or self._waiting, LOOK_EVERY if usual else None)

    def _fulfil(self, wish: Wish) -> bool:
        """Try a run. Returns False if the machine is not quiet, so that it could be tried later."""
        try:
            self._times.try_out(*wish.asked)
        except TooBusy:
            return False
        except (CharlmError, OSError):  # OSError: no process can be started; this thread must live
            self._hopeless.append(wish)
        return True


def usual_wishes() -> Iterator[Wish]:
    """The presets, and one run for every choice (a cell, an optimizer ...) that no preset makes."""
    chosen: set[str] = set()
    for name in PRESETS:
        wish = Wish(USUAL_TEXT, USUAL_ALPHABET, preset(name, USUAL_TEXT))
        chosen.update(Shape.of(*wish.asked).kind)
        yield wish
    for setting in FIELDS.values():
        for option in setting.options if setting.name not in FREE else ():
            if option not in chosen:
                yield Wish(USUAL_TEXT, USUAL_ALPHABET, preset("quick", USUAL_TEXT, **{setting.name: option}))
