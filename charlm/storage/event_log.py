"""The events of a run as they come, for whoever looks again and again: only what was added is read."""

from pathlib import Path
from threading import Lock
from typing import BinaryIO

from charlm.events import Event

RECOGNIZED = 500  # bytes, more than a line, by which a file is known again: numbers of files are used again by the disk


class EventLog:
    """The events of one file."""

    def __init__(self, file: Path) -> None:
        self._file, self._lock = file, Lock()
        self._read, self._end, self._rest = 0, b"", b""  # bytes read, the last of them, and a line half written
        self._events: tuple[Event, ...] = ()

    def read(self) -> tuple[Event, ...]:
        """All events there are by now; what cannot be read tells nothing new."""
        with self._lock:
            try:
                with self._file.open("rb") as file:
                    self._take_in(file)
            except FileNotFoundError:
                self._events = ()
            except OSError:
                pass
            return self._events

    def _take_in(self, file: BinaryIO) -> None:
        file.seek(self._read - len(self._end))
        if file.read(len(self._end)) != self._end:  # replaced by one that forgets what a resumed run does again
            self._read, self._end, self._rest, self._events = 0, b"", b"", ()
            file.seek(0)
        if not (new := file.read()):
            return
        self._read += len(new)
        self._end = (self._end + new)[-RECOGNIZED:]
        *lines, self._rest = (self._rest + new).split(b"\n")
        events = []
        for line in lines:
            try:
                events.append(Event.from_json(line.decode("utf-8", errors="replace")))
            except ValueError:
                continue
        self._events += tuple(events)
