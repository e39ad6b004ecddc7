"""Who may add a run: the limits of one visitor, of one network, of the queue and of the disk."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from charlm.errors import CannotWrite, TooBusy
from charlm.languages import N_, NN_
from charlm.runs.limits import MEGABYTE, Limits
from charlm.runs.queue.interface import Queue
from charlm.runs.visitors import Asker
from charlm.storage.run_names import visitors_runs


class Admission:
    """Refuses what this machine has no room for. `uploads` are folders whose content counts as room of the runs."""

    def __init__(self, data: Path, queue: Queue, limits: Limits, uploads: Sequence[Path]) -> None:
        self._data, self._queue, self._limits, self._uploads = data, queue, limits, uploads

    def refuse_too_many(self, asker: Asker, asked: int = 1) -> None:
        """Raises TooBusy if so many more runs exceed the limit of the visitor, of the network address or of all."""
        askers, limits = self._queue.askers(), self._limits
        own = sum(other.visitor == asker.visitor for other in askers) if asker.visitor else 0
        near = sum(other.address == asker.address for other in askers) if asker.address else 0
        waiting = len(self._queue.waiting())
        if own + asked > limits.runs:
            raise TooBusy(
                NN_("{count} of your runs waits or is under way.", "{count} of your runs wait or are under way."),
                N_("One visitor may have {most} at the same time, and you asked for {asked} more."),
                N_("Wait until one is done, or stop one."),
                count=own,
                most=limits.runs,
                asked=asked,
            )
        if near + asked > limits.runs_per_address:
            raise TooBusy(
                NN_(
                    "{count} run from your network waits or is under way.",
                    "{count} runs from your network wait or are under way.",
                ),
                N_("One network may have {most} at the same time, and you asked for {asked} more."),
                N_("Wait until one is done."),
                count=near,
                most=limits.runs_per_address,
                asked=asked,
            )
        if waiting + asked > limits.waiting:
            raise TooBusy(
                NN_("{count} run is waiting.", "{count} runs are waiting."),
                N_("There is no place left in the queue for {asked} more."),
                N_("Try again later."),
                count=waiting,
                asked=asked,
            )

    def refuse_full_disk(self) -> None:
        """Raises CannotWrite where runs, waiting texts and uploads take as much room as they may."""
        used = sum(map(_size, [*visitors_runs(self._data), self._data / ".queue", *self._uploads]))
        if used > self._limits.disk_mb * MEGABYTE:
            raise CannotWrite(
                N_("The space for runs on this machine is full."),
                N_("Expected {most:,} MB at most."),
                N_("Download and delete runs that are done, or come back later."),
                most=self._limits.disk_mb,
            )


def _size(folder: Path) -> int:
    """Bytes in a folder. A worker may replace files in it meanwhile."""
    size = 0
    for place, _, files in os.walk(folder):
        for file in files:
            with suppress(FileNotFoundError):
                size += os.stat(os.path.join(place, file)).st_size
    return size
