"""Ids in a file without a name: as an array they are read where they are needed, and take no memory otherwise."""

import mmap
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from charlm.errors import CannotWrite
from charlm.languages import N_

BLOCK = 2**22  # ids that are looked at together


def mapped(parts: Iterable[np.ndarray], dtype: np.dtype, folder: Path) -> np.ndarray:
    """Write arrays one after the other to a nameless file in `folder`, and map it: (length,), read-only.

    The file is gone when the array is, also if the process is killed. Raises CannotWrite.
    """
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            for part in parts:
                file.write(part.astype(dtype).data)
            file.flush()
            return np.memmap(file, dtype, "r")
    except OSError as error:
        raise CannotWrite(
            N_("The text could not be kept in {folder} while it is learnt ({why})."),
            N_("Expected a disk with room for one byte or two for each character, and permission to write there."),
            N_("Make room or choose another place."),
            folder=folder,
            why=error.strerror or error,
        ) from error


def blocks(ids: np.ndarray) -> Iterator[np.ndarray]:
    """The ids in parts that fit into memory, one after the other."""
    for start in range(0, len(ids), BLOCK):
        yield ids[start : start + BLOCK]
        let_go(ids)


def let_go(ids: np.ndarray) -> None:
    """Let go of what was read of a mapped file: until then it counts as memory of this process.

    The array stays as it is. One that is not mapped keeps its memory.
    """
    base: object = ids
    while isinstance(base, np.ndarray):
        base = base.base
    if isinstance(base, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        base.madvise(mmap.MADV_DONTNEED)
