"""The attempt at a run: with several machines, the number in the run folder says whose turn it is to write.

    attempt              the number of the latest attempt
    attempt.lock         locked while somebody writes in the folder, or takes the number

A worker that freezes is replaced after a while, and may thaw later. It does not know that it was replaced. So a worker
takes a number that is higher than those before it, and looks at the number before each write, under a lock: the one
that was replaced finds a higher number and writes nothing more. (Such a number is called a fencing token.)
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from charlm.errors import Superseded
from charlm.languages import N_

FILES = frozenset({"attempt", "attempt.lock", "_attempt"})
PATIENCE = 60.0  # seconds to wait for somebody who writes; saving a large network to a slow disk takes some


class Attempt:
    """One attempt at a run. Attempts of different workers at one run have different numbers."""

    def __init__(self, folder: Path, number: int) -> None:
        self._folder, self._file, self.number = folder, folder / "attempt", number
        self._lock = FileLock(folder / "attempt.lock", thread_local=False)

    def begin(self) -> None:
        """Take the number. Raises Superseded if an attempt with this number, or a higher one, has begun already."""
        self._folder.mkdir(exist_ok=True)
        with self._locked():
            if latest_attempt(self._folder) >= self.number:
                raise _superseded(self._folder)
            beside = self._folder / "_attempt"
            beside.write_text(str(self.number), "ascii")
            beside.replace(self._file)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """To be held during each write. Raises Superseded if a later attempt has begun or the run was deleted."""
        with self._locked():
            if latest_attempt(self._folder) != self.number:
                raise _superseded(self._folder)
            yield

    @contextmanager
    def _locked(self) -> Iterator[None]:
        if not self._folder.exists():
            raise _superseded(self._folder)
        try:
            self._lock.acquire(timeout=PATIENCE)
        except (Timeout, FileNotFoundError) as error:
            raise _superseded(self._folder) from error
        try:
            yield
        finally:
            self._lock.release()


def latest_attempt(folder: Path) -> int:
    """The number of the latest attempt at the run in this folder, 0 before the first one."""
    try:
        return int((folder / "attempt").read_text("ascii"))
    except (OSError, ValueError):
        return 0


def _superseded(folder: Path) -> Superseded:
    return Superseded(
        N_("Another worker goes on with the run in {path}."),
        N_("Expected to be its only worker; this one was away for too long, or the run was deleted."),
        N_("There is nothing to do: the other one continues from the last save."),
        path=folder,
    )
