"""Whose turn it is to write: a few visitors write at a time, the others wait in a row and see their place in it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from charlm.errors import TooBusy
from charlm.ui import texts

LOOK_EVERY = 0.05  # seconds between two looks at the row


class Turns:
    """A row of visitors, served in the order they came."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._at_once, self._room = at_once, at_once + waiting
        self._row: list[object] = []
        self._lock = Lock()

    @contextmanager
    def take(self) -> Iterator[Iterator[int]]:
        """Take a place in the row. It is given back when the block ends, also after an error.

        The block gets an iterator. It yields the visitor's place whenever the place changes (1 is next), and it ends
        when it is the visitor's turn. Raises TooBusy if the row is full.
        """
        mine = object()
        with self._lock:
            if len(self._row) >= self._room:
                raise TooBusy(*texts.NO_ROOM)
            self._row.append(mine)
        try:
            yield self._wait(mine)
        finally:
            with self._lock:
                self._row.remove(mine)

    def _wait(self, mine: object) -> Iterator[int]:
        told = 0
        while (place := self._row.index(mine) - self._at_once + 1) > 0:
            if place != told:
                yield place
                told = place
            time.sleep(LOOK_EVERY)
