"""The events of a run while it goes on. They can be read again and again: only the new lines are read each time."""

from pathlib import Path
from threading import Lock
from typing import BinaryIO

from charlm.events import Event

# The last bytes read, more than a line, show if a file is still the same. Its inode cannot: the disk reuses inodes.
RECOGNIZED = 500


class EventLog:
    """The events of one file."""

    def __init__(self, file: Path) -> None:
        self._file, self._lock = file, Lock()
        self._read, self._end, self._rest = 0, b"", b""  # bytes read, the last of them, an incomplete line
        self._events: tuple[Event, ...] = ()

    def read(self) -> tuple[Event, ...]:
        """All events so far, none if there is no file. Lines that are not events are left out.

        If the disk refuses to read the file, the events are those of the last call.
        """
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
        if file.read(len(self._end)) != self._end:  # a resumed run has replaced the file
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
