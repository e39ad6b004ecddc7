"""The kept epochs of a run: the network before learning (epoch 0) and after single epochs, each in a file of its own.

Not every epoch of a long run can be kept. The early ones stay close together, because most is learnt there: the last
epochs go first where they stand side by side.
"""

import math
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

BUDGET = 200 * 2**20  # bytes that the kept epochs of a run may take together
MOST = 60  # kept epochs of a run: nobody steps through more
NAME = re.compile(r"epoch-(\d{4,}\.\d\d)\.weights\.h5")


class KeptEpoch(NamedTuple):
    """An epoch whose network is on disk."""

    epoch: float  # 0 is before learning; 2.54 is a little more than half of the third
    file: Path


class Epochs:
    """The kept epochs of one run folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def file(self, epoch: float) -> Path:
        """The weights file of the network after that epoch."""
        return self._path / f"epoch-{epoch:07.2f}.weights.h5"

    def kept(self) -> list[KeptEpoch]:
        """All kept epochs in order. There are none in an old, a shipped or an imported model without them."""
        found = [(NAME.fullmatch(file.name), file) for file in self._path.glob("epoch-*.weights.h5")]
        return sorted(KeptEpoch(float(name[1]), file) for name, file in found if name)

    def thin(self, budget: int = BUDGET, most: int = MOST) -> None:
        """Delete kept epochs until the others fit into `budget` bytes and are not more than `most`.

        The first and the last epoch always stay.
        """
        kept = self.kept()
        sizes = {one: one.file.stat().st_size for one in kept}

        def fits(some: Sequence[KeptEpoch]) -> bool:
            return len(some) <= most and sum(sizes[one] for one in some) <= budget

        for gone in set(kept) - set(_thinned(kept, fits)):
            gone.file.unlink()

    def forget_after(self, epoch: float) -> None:
        """Delete the kept epochs after that one, because a resumed run learns them again."""
        for one in self.kept():
            if one.epoch > round(epoch, 2):
                with suppress(FileNotFoundError):
                    one.file.unlink()


def spread(kept: Sequence[KeptEpoch], most: int) -> list[KeptEpoch]:
    """At most `most` of the kept epochs, at least two: dense at the beginning, with the first and the last one."""
    return _thinned(kept, lambda some: len(some) <= most)


def _thinned(kept: Sequence[KeptEpoch], fits: Callable[[Sequence[KeptEpoch]], bool]) -> list[KeptEpoch]:
    """Leave out epochs until the others fit, always the one with the closest neighbours, as a factor of time.

    So from epoch 1 to 2 is as far as from 50 to 100.
    """
    some = list(kept)
    while len(some) > 2 and not fits(some):
        gaps = [
            math.log1p(after.epoch) - math.log1p(before.epoch) for before, after in zip(some, some[2:], strict=False)
        ]
        some.pop(1 + gaps.index(min(gaps)))
    return some
