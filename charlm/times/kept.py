"""Keeps what was measured on this machine, so that the page, the command line and Python tell the same time."""

import hashlib
import os
import platform
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from charlm.cores import CORES
from charlm.records import STRICT, from_json, to_json
from charlm.runs.clock import age, now
from charlm.times.costs import Costs, Shape

MOST = 200  # measured shapes; the oldest make room for new ones
FRESH = 24 * 3600.0  # seconds for which a measurement holds: the machine may have been busy, or others may have left it
WHAT_COMPUTES = ("network", "training", "generation", "runs")  # folders whose code decides how long a run takes


@dataclass(frozen=True)
class Measured:
    """The costs of one shape, and when they were measured: seconds since 1970."""

    __pydantic_config__ = STRICT
    shape: Shape
    costs: Costs
    at: float

    @property
    def fresh(self) -> bool:
        """Does it still hold? If not, it is still good enough to work out other costs from it."""
        return age(self.at) < FRESH


@dataclass(frozen=True)
class _File:
    __pydantic_config__ = STRICT
    measured: tuple[Measured, ...]


class Kept:
    """The measured costs by their shapes. All processes of this user on this machine share them through a file."""

    def __init__(self, file: Path | None) -> None:
        """With None, or if the file cannot be written, the costs are kept in memory."""
        self._file, self._read_at, self._lock = file, 0, Lock()
        self._measured: dict[Shape, Measured] = {}

    def all(self) -> Mapping[Shape, Measured]:
        """All that is kept, the oldest first."""
        with self._lock:
            self._take_up()
            return dict(self._measured)

    def keep(self, shape: Shape, costs: Costs) -> None:
        """Keep the costs of a shape, in place of older ones."""
        with self._lock:
            self._take_up()
            self._measured.pop(shape, None)
            self._measured[shape] = Measured(shape, costs, now())
            while len(self._measured) > MOST:
                del self._measured[next(iter(self._measured))]
            self._write()

    def _take_up(self) -> None:
        """Read the file if another process has written it. A file that cannot be read counts as empty."""
        if self._file is None:
            return
        with suppress(OSError, ValueError):
            changed = self._file.stat().st_mtime_ns
            if changed != self._read_at:
                self._read_at = changed
                read = from_json(_File, self._file.read_bytes(), self._file.name)
                self._measured |= {m.shape: m for m in read.measured}

    def _write(self) -> None:
        if self._file is None:
            return
        beside = self._file.with_name(f"_{os.getpid()}-{self._file.name}")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(to_json(_File(tuple(self._measured.values()))), "utf-8")
            os.replace(beside, self._file)
            self._read_at = self._file.stat().st_mtime_ns


def file_of_this_machine() -> Path:
    """The file in the user's cache. It has another name on another machine, and after a change of what computes."""
    import pooch  # takes a third of a second

    return Path(pooch.os_cache("charlm")) / f"times-{_fingerprint()}.json"


def _fingerprint() -> str:
    packages = [version(name) for name in ("tensorflow", "keras", "numpy")]
    digest = hashlib.sha256(repr((platform.node(), CORES, packages)).encode())
    for folder in WHAT_COMPUTES:
        for room in sorted((Path(__file__).parents[1] / folder).glob("*.py")):
            digest.update(room.read_bytes())
    return digest.hexdigest()[:16]
