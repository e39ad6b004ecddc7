"""Measures one run on two processes with a core each, beside one process: python -m benchmarks.machines

Then it computes how many times as fast n such machines are in a network: what is divided among the machines takes an
n-th of its time, the rest of an update takes what it takes, and each round of the sum over all machines takes what it
took here plus the time of its bytes in the network. For Linux, with two cores or more. `--write README.md` puts the
tables between the two marks in that file.
"""

import argparse
import math
import re
import statistics
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from benchmarks.race import Contestant, race, ratios, spread
from benchmarks.shape import Shape
from benchmarks.speed import of_preset, say
from charlm.command_line.together import free_addresses

SIZES = (128, 256, 512, 1024)
MACHINES, GIGABITS = (2, 4, 8), (1, 10, 100)
MARKS = "<!-- machines: begin -->", "<!-- machines: end -->"


@dataclass(frozen=True)
class Times:
    """What an update of one size took, in seconds, and how many bytes each machine sent in it."""

    alone: float
    two: float
    exchange: float  # of this, the sum over two machines
    sent: float

    @property
    def divided(self) -> float:
        """The seconds of one process that several machines share among them."""
        return min(self.alone, 2 * max(0.0, self.alone - self.two + self.exchange))

    def speed_up(self, machines: int, gigabits: float) -> float:
        """How many times as fast so many machines are; their number is a power of two."""
        rounds = math.log2(machines)
        network = 8 * self.sent / (gigabits * 1e9)
        step = self.alone - self.divided + self.divided / machines + rounds * (self.exchange + network)
        return self.alone / step


class Together:
    """Several contestants that work at the same time, as one: a turn takes as long as the slowest of them."""

    def __init__(self, name: str, count: int, sizes: dict[str, Any]) -> None:
        addresses = free_addresses(count)
        self._all = [Contestant(name, {**sizes, "rank": rank, "addresses": addresses}) for rank in range(count)]

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._pool = stack.enter_context(ThreadPoolExecutor(len(self._all)))
            for each in self._all:
                stack.enter_context(each)
            self._ending = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.close()

    def get_ready(self) -> None:
        """Wait until all have joined."""
        for each in self._all:
            each.get_ready()

    def turn(self) -> tuple[float, Any]:
        """Let all work once: the seconds of the slowest, and what the first gave."""
        turns = list(self._pool.map(Contestant.turn, self._all))
        return max(seconds for seconds, _ in turns), turns[0][1]

    @property
    def megabytes(self) -> float:
        """The memory of all, each at its highest."""
        return sum(each.megabytes for each in self._all)


def main() -> None:
    """Measure every size and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15, help="at least so many for each size")
    parser.add_argument("--seconds", type=float, default=30.0, help="and for each size at least so long")
    parser.add_argument("--smallest", action="store_true", help="one round of the smallest size")
    parser.add_argument("--write", type=Path, help="the file that receives the tables between its marks")
    chosen = parser.parse_args()
    if chosen.write and chosen.smallest:
        parser.error("--write needs all sizes")
    if chosen.smallest:
        chosen.rounds, chosen.seconds = 1, 0.0
    measured: dict[int, Times] = {}
    lines = list(map(say, measured_table(chosen, measured)))
    lines += [say(""), *map(say, computed_table(measured))]
    if chosen.write:
        text = chosen.write.read_text("utf-8")
        place = re.compile(f"(?<={MARKS[0]}\n).*(?={MARKS[1]})", re.DOTALL)
        chosen.write.write_text(place.sub(lambda _: "\n{}\n".format("".join(lines)), text), "utf-8")


def measured_table(chosen: argparse.Namespace, measured: dict[int, Times]) -> Iterator[str]:
    """One row for every size; puts its times into `measured`."""
    yield "| one update, measured | one process | two processes | speed-up | the sum over both, alone | each sends |"
    yield "|---|---|---|---|---|---|"
    for units in SIZES[:1] if chosen.smallest else SIZES:
        shape = Shape(units, of_preset("balanced").batch_size, of_preset("balanced").seq_length)
        sizes = asdict(shape)
        found = race(
            {
                "alone": Together("together.step", 1, sizes),
                "two": Together("together.step", 2, sizes),
                "exchange": Together("together.exchange", 2, sizes),
            },
            chosen.rounds,
            chosen.seconds,
        )
        alone, two, exchange = (found[name] for name in ("alone", "two", "exchange"))
        times = [statistics.median(each.seconds) for each in (alone, two, exchange)]
        measured[units] = Times(*times, sent=exchange.amounts[0])
        in_words = [f"{1000 * seconds:.3g} ms" for seconds in times]
        yield (
            f"| {shape.title} | {in_words[0]} | {in_words[1]} | {spread(ratios(two.speeds, alone.speeds))} "
            f"| {in_words[2]} | {exchange.amounts[0] / 1e6:.3g} MB |"
        )


def computed_table(measured: dict[int, Times]) -> Iterator[str]:
    """One row for every size: the speed-up in networks of different speed."""
    yield f"| computed speed-up of machines with one core | {' | '.join(f'{g} Gb/s' for g in GIGABITS)} |"
    yield f"|---|{'---|' * len(GIGABITS)}"
    for units, times in measured.items():
        cells = [" / ".join(f"{times.speed_up(n, g):.2g}" for n in MACHINES) for g in GIGABITS]
        yield f"| {units} units on {' / '.join(map(str, MACHINES))} machines | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
