"""Many runs on several machines: python -m benchmarks.district

Measured: visitors put runs into a queue on PostgreSQL, workers on this machine's cores do them, and pages look on.
How long does it take to put a run in, is any run lost or done twice, how do the finished runs grow, and how much work
is all this for the database and for the shared folder?

Computed: from what was measured, how long a thousand visitors wait who each have three short runs in an hour, with 1,
10 and 100 workers; and at how many workers the database, or the shared folder, would be the limit.

PostgreSQL must be installed (Debian's package postgresql); the benchmark starts a server of its own. For Linux.
"""

import argparse
import heapq
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks.database import BINARIES, Server
from charlm.events import EpochFinished, RunFinished
from charlm.presets import preset
from charlm.runs.background import Runs
from charlm.runs.limits import Limits
from charlm.runs.queue.choice import VARIABLE
from charlm.runs.queue.jobs import prepare
from charlm.runs.turns import Waiting, in_turn
from charlm.runs.visitors import Asker
from charlm.text.corpus import read_corpus

HOUR, VISITORS, EACH, PAUSE = 3_600, 1_000, 3, 300.0  # seconds; runs of a visitor; seconds between two of them
SMALL = {"epochs": 1, "rnn_units": 16, "embedding_dim": 16}
GIGABIT = 100e6  # bytes a second that a shared disk behind a network of 1 Gb/s takes


@dataclass(frozen=True)
class Measured:
    """What the runs took."""

    run: float  # seconds of a worker for one run of the preset quick
    database: float  # seconds of the database's processor for one run, from putting it in to its end
    look: float  # the same for one look of a page at the queue
    idle: float  # the same for one worker that waits, for a second
    written: float  # bytes in the shared folder for one run of the preset quick


def main() -> None:
    """Print what was measured and what is computed from it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, default=30)
    parser.add_argument("--runs", type=int, default=60)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--smallest", action="store_true", help="three runs, one worker, and a short simulation")
    chosen = parser.parse_args()
    if not BINARIES:
        sys.exit("PostgreSQL is not installed: Debian's package postgresql has it.")
    if chosen.smallest:
        chosen.visitors, chosen.runs, chosen.workers = 2, 3, 1
    with database() as (server, address), tempfile.TemporaryDirectory() as data:
        os.environ[VARIABLE] = address
        measured = measure(server, address, Path(data), chosen.visitors, chosen.runs, chosen.workers)
    compute(measured, [1, 10] if chosen.smallest else [1, 10, 100])


@contextmanager
def database() -> Iterator[tuple[Server, str]]:
    """A server with a prepared database."""
    place = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path must be short
    place.chmod(0o755)
    server = Server(place / "server", durable=True)
    try:
        address = server.new_database()
        prepare(address)
        yield server, address
    finally:
        server.stop()
        shutil.rmtree(place)


@contextmanager
def workers(data: Path, count: int) -> Iterator[None]:
    """So many workers, each pinned to one core."""
    cores = sorted(os.sched_getaffinity(0))
    started = []
    for number in range(count):
        core = {cores[number % len(cores)]}
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "charlm", "worker", "--data", str(data)],
                preexec_fn=lambda core=core: os.sched_setaffinity(0, core),
                stdout=subprocess.DEVNULL,
            )
        )
    try:
        yield
    finally:
        for worker in started:
            worker.terminate()
        for worker in started:
            worker.wait()


def measure(server: Server, address: str, data: Path, visitors: int, count: int, crew: int) -> Measured:
    """Have the runs done, and print what was seen."""
    text = read_corpus("molino")
    small = preset("quick", len(text.text)).override(**SMALL)
    page = Runs(data, limits=Limits(runs=count, waiting=count))
    began, putting, run_ids = server.seconds(), [], []
    for number in range(count):
        then = time.perf_counter()
        run_ids.append(page.submit(text, small, Asker(f"visitor {number % visitors}", "school")))
        putting.append(time.perf_counter() - then)
    before = time.monotonic()
    with workers(data, crew):
        ended: dict[str, float] = {}
        while len(ended) < count:
            for run_id in run_ids:
                if run_id not in ended and page.status(run_id).state in ("ended", "failed", "interrupted"):
                    ended[run_id] = time.monotonic() - before
            time.sleep(0.5)
        database_seconds = server.seconds() - began
        quick = preset("quick", len(text.text))
        one, quick_began = page.submit(text, quick), time.monotonic()
        while page.status(one).state != "ended":
            time.sleep(0.1)
        run = time.monotonic() - quick_began
        idle = _idle(server)
    looks = _looks(server, page, run_ids[0])
    whole = [page.status(run_id) for run_id in run_ids]
    done_once = [
        status.state == "ended"
        and sum(isinstance(e, RunFinished) for e in status.events) == 1
        and sum(isinstance(e, EpochFinished) for e in status.events) == 1
        for status in whole
    ]
    with psycopg.connect(address) as connection:
        (left,) = connection.execute("SELECT count(*) FROM procrastinate_jobs").fetchone()
    written = sum(file.stat().st_size for file in (data / one).rglob("*") if file.is_file())
    page.close()
    times = sorted(ended.values())
    print(f"{count} runs of {visitors} visitors, {crew} workers on {len(os.sched_getaffinity(0))} cores:\n")
    print("| | goal | measured |\n|---|---|---|")
    print(f"| to put a run into the queue | < 50 ms | median {1e3 * statistics.median(putting):.0f} ms, "
          f"worst {1e3 * max(putting):.0f} ms |")  # fmt: skip
    print(f"| lost, or done twice | 0 | {done_once.count(False)} of {count}; {left} jobs left |")
    grown = ", ".join(f"{_at(times, share):.0f}" for share in (0.25, 0.5, 0.75, 1))
    print(f"| finished: a quarter, half, three quarters, all | | {grown} s |")
    print(f"| the database's processor for a run | | {1e3 * database_seconds / count:.0f} ms |")
    print(f"| for a look of a page at the queue | | {1e3 * looks:.2f} ms |")
    print(f"| for a waiting worker, in a second | | {1e3 * idle:.2f} ms |")
    print(f"| a run of the preset quick: a worker's time, what it writes | | {run:.0f} s, {written / 1e6:.1f} MB |\n")
    if not all(done_once):
        sys.exit("A run was lost or done twice.")
    return Measured(run, database_seconds / count, looks, idle, written)


def _at(times: Sequence[float], share: float) -> float:
    return times[max(0, round(share * len(times)) - 1)]


def _idle(server: Server, seconds: float = 5.0) -> float:
    before = server.seconds()
    time.sleep(seconds)
    return max(0.0, server.seconds() - before) / seconds


def _looks(server: Server, page: Runs, run_id: str, count: int = 200) -> float:
    before = server.seconds()
    for _ in range(count):
        page._queue.look_again()
        page.status(run_id)
    return (server.seconds() - before) / count


def compute(measured: Measured, crews: Sequence[int]) -> None:
    """Print how long visitors would wait, and what would be the limit."""
    print(f"Computed: {VISITORS:,} visitors come within an hour, each with {EACH} runs of {measured.run:.0f} s "
          f"and {PAUSE / 60:.0f} minutes between them:\n")  # fmt: skip
    print("| workers | wait before a run begins, median | 95 % | all done after |\n|---|---|---|---|")
    for crew in crews:
        waits, end = simulate(measured.run, crew)
        print(
            f"| {crew} | {_spoken(statistics.median(waits))} | {_spoken(_at(sorted(waits), 0.95))} | {_spoken(end)} |"
        )
    print("\n| what would be the limit | at so many workers that are always busy |\n|---|---|")
    busy = measured.database / measured.run + measured.idle
    print(f"| one core of the database | {0.8 / busy:,.0f} |")
    disk = GIGABIT * measured.run / measured.written
    print(f"| a shared disk that takes {GIGABIT / 1e6:.0f} MB a second | {disk:,.0f} |")
    connections = 4 + 1  # the pool and the connection that listens
    print(f"| 100 connections, PostgreSQL's default, with two pages | {(100 - 3 - 2 * 4) // (connections - 1)} |")


def simulate(seconds: float, crew: int, seed: int = 0) -> tuple[list[float], float]:
    """How long each run waits, and when the last one ends: visitors take turns, as in the real queue."""
    dice = random.Random(seed)  # noqa: S311
    come = [(dice.uniform(0, HOUR), visitor, 0) for visitor in range(VISITORS)]
    heapq.heapify(come)
    free = [0.0] * crew  # when each worker is free again
    waiting: list[tuple[float, int, int]] = []
    served: dict[str, float] = {}
    waits: list[float] = []
    end = 0.0
    while come or waiting:
        now = max(free[0], waiting[0][0] if waiting else come[0][0])
        while come and come[0][0] <= now:
            waiting.append(heapq.heappop(come))
        if not waiting:
            continue
        asked = [Waiting(str(v), Asker(str(v), str(v % 50)), then) for then, v, _ in waiting]
        chosen = next_in_turn(asked, served)
        place = next(i for i, (_, v, _) in enumerate(waiting) if str(v) == chosen.run_id)
        then, visitor, done = waiting.pop(place)
        began = max(now, then)
        served |= {chosen.asker.visitor: began + 1, chosen.asker.address: began + 1}
        waits.append(began - then)
        end = began + seconds
        heapq.heapreplace(free, end)
        if done + 1 < EACH:
            heapq.heappush(come, (end + PAUSE, visitor, done + 1))
    return waits, max(end, *free)


def next_in_turn(asked: Sequence[Waiting], served: dict[str, float]) -> Waiting:
    """The first in turn. One run of each visitor waits at most, so it is enough to order one for each address."""
    first = {}
    for one in sorted(asked, key=lambda one: (served.get(one.asker.visitor, 0.0), one.submitted)):
        first.setdefault(one.asker.address, one)
    return in_turn(first.values(), served)[0]


def _spoken(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"


if __name__ == "__main__":
    main()
