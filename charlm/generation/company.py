"""Those who write at the same time: the texts of one model go through its network together, row by row in one call.

Texts join and leave between two calls (continuous batching, as language-model servers do it). Each keeps its own start,
temperatures and dice, and is the text that it would be alone: `sampler.py` makes sure of that. The text that was served
longest ago comes next, a new one before all others, and with it as many texts of the same model as fit into one call.
So a long text holds up no short one, and a model that many write with holds up no other model.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from threading import Condition, Lock, Thread
from typing import TYPE_CHECKING

import numpy as np

from charlm.generation.row import Chunk, Row

if TYPE_CHECKING:
    from charlm.generation.sampler import Sampler, Weights

SLICE = 512  # characters written per call, by all rows together: a text that joins waits until the call is done


class Company:
    """Writes texts for many readers, on one core. It has a thread only while somebody writes."""

    def __init__(self, pause: float = 0.0, before_call: Callable[[], None] = lambda: None) -> None:
        """A reader gets the first characters at once, and then a piece every `pause` seconds.

        `before_call` is called before each call: somebody waits for its characters.
        """
        self._pause, self._before_call, self._lock = pause, before_call, Lock()
        self._waiting: list[_Text] = []
        self._writing = self._calls = 0  # texts that are written now, and calls so far
        self._working = self._compiling = False  # is there a thread that writes, and one that compiles?

    def stream(
        self, sampler: "Sampler", weights: "Weights",
        start_ids: np.ndarray, temperatures: Sequence[float], length: int, seed: int,
    ) -> Iterator[Chunk]:  # fmt: skip
        """Like `Sampler.stream`, together with all others whose `weights` are the same tuple.

        The text leaves when the iterator is closed. Raises what the sampler raises.
        """
        sampler.prepare(1, weights)
        text = _Text(sampler, weights, [Row(start_ids, heat, length, seed) for heat in temperatures])
        self._join(text)
        try:
            yield from text.pieces(self._pause)
        finally:
            self._leave(text)

    @property
    def writing(self) -> int:
        """How many texts are written now."""
        return self._writing

    def _join(self, text: "_Text") -> None:
        with self._lock:
            if not self._working:  # if no thread can be started, the reader is told, and nobody joins
                Thread(target=self._work, name="writing", daemon=True).start()
                self._working = True
            self._waiting.append(text)
            self._writing += 1

    def _leave(self, text: "_Text") -> None:
        with self._lock:
            text.left = True
            self._writing -= 1

    def _work(self) -> None:
        """Advance texts until none waits."""
        while texts := self._next():
            try:
                self._before_call()
                _advance(texts)
            except Exception as error:  # no memory, for example: those who wait for this call are told
                for text in texts:
                    text.fail(error)
            with self._lock:
                self._waiting += [text for text in texts if not text.complete]

    def _next(self) -> list["_Text"]:
        """Take the texts of the next call out of the row; if there are none, the thread ends."""
        with self._lock:
            self._calls += 1
            self._waiting = sorted((text for text in self._waiting if not text.left), key=lambda text: text.served)
            if not self._waiting:
                self._working = False
                return []
            first = self._waiting[0]
            fellows = [text for text in self._waiting if text.weights is first.weights]
            self._grow(first, sum(len(text.rows) for text in fellows))
            taken = _that_fit(fellows, first.sampler.room)
            for text in taken:
                text.served = self._calls
            self._waiting = [text for text in self._waiting if text not in taken]
            return taken

    def _grow(self, text: "_Text", rows: int) -> None:
        """Compile a larger program in the background if more rows want to write. Until then they take turns."""
        if self._compiling or text.sampler.is_prepared(rows):
            return

        def compile_it() -> None:
            self._compiling = True
            try:
                text.sampler.prepare(rows, text.weights)
            finally:
                self._compiling = False

        with suppress(RuntimeError):  # no thread can be started now: the next call tries again
            Thread(target=compile_it, name="compiling", daemon=True).start()


class _Text:
    """What one reader asked for: a text at one or several temperatures, written in step."""

    def __init__(self, sampler: "Sampler", weights: "Weights", rows: list[Row]) -> None:
        self.sampler, self.weights, self.rows = sampler, weights, rows
        self.served = 0  # the number of the latest call that it was in
        self.left = self.complete = False
        self._written: list[Chunk] = []  # what the reader has not taken yet, (temperatures, characters) each
        self._error: Exception | None = None
        self._news = Condition()

    def add(self, written: list[Chunk]) -> None:
        """Take in what the rows wrote in a call, which is nothing while they read their start."""
        with self._news:
            self._written.append(Chunk.of_rows(written))
            self.complete = not self.rows[0].steps_left
            self._news.notify()

    def fail(self, error: Exception) -> None:
        """End the text with an error, which reaches its reader."""
        with self._news:
            self._error, self.complete = error, True
            self._news.notify()

    def pieces(self, pause: float) -> Iterator[Chunk]:
        """What is written, piece by piece: the first one as soon as it is there, the next ones `pause` seconds apart.

        The last piece does not wait. Raises the error that ended the text.
        """
        patience = 0.0
        while True:
            with self._news:
                self._news.wait_for(lambda: self.complete, patience)
                self._news.wait_for(lambda: self.complete or any(chunk.ids.size for chunk in self._written))
                if self._error:
                    raise self._error
                written, self._written, complete = self._written, [], self.complete
            if written:
                yield Chunk.joined(written)
            if complete:
                return
            patience = pause


def _advance(texts: list[_Text]) -> None:
    """Advance texts of one model by some characters, in one call if they fit."""
    rows = [row for text in texts for row in text.rows]
    written = iter(texts[0].sampler.advance(rows, max(1, SLICE // len(rows)), texts[0].weights))
    for text in texts:
        text.add([next(written) for _ in text.rows])


def _that_fit(texts: list[_Text], room: int) -> list[_Text]:
    """The first text, and of the others as many as have room for their rows in one call."""
    taken, rows = texts[:1], len(texts[0].rows)
    for text in texts[1:]:
        if rows + len(text.rows) <= room:
            taken.append(text)
            rows += len(text.rows)
    return taken
