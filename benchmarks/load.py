"""A school class on the page: python -m benchmarks.load

The page runs in a process of its own, with the models that come along, and learns a long text all the while.
Visitors come over HTTP: each brings a small text and looks at it, some have it learnt, all watch a run, and every few
seconds they let a model write or compare temperatures. Then all press Generate at the same moment. At last they only
watch, which tells what watching costs. The exit status is 1 if anything failed or a run was lost. For Linux.
"""

import argparse
import asyncio
import math
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx

import charlm
from benchmarks.served import Process, serve
from benchmarks.visitor import Diary, Failed, Page, open_page
from charlm.ui.languages import english as texts

STORY = (Path(charlm.__file__).parent / "text/corpora/lamplighter.txt").read_text("utf-8")
GETTING_READY = 300.0  # seconds at most
ARRIVAL = 10.0  # seconds within which they all come
PAUSE = 8.0, 15.0  # seconds between two wishes of a visitor
LAB_SHARE = 0.2  # of the wishes are for the temperature lab
TRAIN_EVERY = 3  # one visitor in so many has the text learnt
WATCHING = 20.0  # seconds in which they only watch
SETTLING = 5.0  # seconds until what was begun before is over
SOON = 2.0  # seconds within which a first character is to come
PLACE = texts.PLACE.split("{")[0]


@dataclass(frozen=True)
class Desk:
    """Where a model writes: the tab, the button, where the text appears and what is said of it, its characters."""

    tab: str
    button: str
    text: str
    state: str
    length: int


WRITE = Desk(texts.WRITE, "generate", "written", "writing", 400)
LAB = Desk(texts.LAB, "lab-run", "lab-column-1", "lab-state", 300)


@dataclass(frozen=True)
class Wish:
    """What came of one click: seconds until anything was told, until the first character, until the last."""

    told: float
    first: float
    last: float
    waited: bool  # and saw the place in the row


@dataclass
class Record:
    """What was measured."""

    diary: Diary = field(default_factory=Diary)
    wishes: dict[Desk, list[Wish]] = field(default_factory=lambda: {WRITE: [], LAB: []})
    at_once: list[Wish] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)  # ids
    lost: list[str] = field(default_factory=list)
    memory: int = 0  # bytes of the page's process at its highest
    playing: float = 0.0  # seconds of a processor it took in a second, while they played
    players: float = 0.0  # the same of those who played, since they had to share the machine
    watching: float = 0.0  # that of the page's process, while they only watched


def main() -> None:
    """Play the class and print what was measured beside the goals."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=120)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as (process, address, log):
        record = asyncio.run(play(process, address, chosen.visitors, chosen.seconds))
        said = log.read_text("utf-8")
    errors = record.diary.errors + ["a traceback of the app"] * said.count("Traceback")
    print(f"{chosen.visitors} visitors for {chosen.seconds:g} seconds, on {os.cpu_count()} processors:\n")
    print("\n".join(table(record, len(errors))))
    for error, count in Counter(errors).most_common():
        print(f"{count} x {error}", file=sys.stderr)
    if errors:
        print(said, file=sys.stderr)
    sys.exit(bool(errors or record.lost))


async def play(process: Process, address: str, visitors: int, seconds: float) -> Record:
    """The whole lesson."""
    record = Record()
    async with open_page(address, record.diary) as teacher:
        async with asyncio.timeout(GETTING_READY):
            long_run = await begin(teacher)
        record.diary.looks.clear()
        begun, used, own = time.monotonic(), process.seconds(), time.process_time()
        async with asyncio.TaskGroup() as school_class:
            for number in range(visitors):
                school_class.create_task(visit(number, address, long_run, begun + seconds, record))
            await asyncio.sleep(seconds)
            lasted = time.monotonic() - begun
            record.playing, record.players = (process.seconds() - used) / lasted, (time.process_time() - own) / lasted
        record.lost = [run for run in record.runs if await state(teacher, run) not in ("waiting", "running", "ended")]
    record.watching = await watch(process, address, long_run, visitors, record.diary.errors)
    async with open_page(address, record.diary) as teacher:
        if await state(teacher, long_run) != "running":
            record.diary.errors.append("the long run did not last")
    record.memory = process.most_memory()
    return record


async def begin(teacher: Page) -> str:
    """Wait until a model writes and the presets are timed, then start a run that outlasts the lesson; its id."""
    await press(teacher, WRITE)
    while teacher.ticking:
        await asyncio.sleep(1)
    await bring(teacher, "long.txt", 10 * STORY)
    await teacher.set("preset", "balanced")
    await teacher.set("epochs", 1_000)
    await teacher.do("start")
    run = teacher.value("run-id")
    while not (await teacher.ask("status", run))["step"]:
        await asyncio.sleep(1)
    return run


async def visit(number: int, address: str, long_run: str, end: float, record: Record) -> None:
    """One visitor from the first look at the page until all press Generate at once."""
    dice, trains = random.Random(number), number % TRAIN_EVERY == 0  # noqa: S311
    await asyncio.sleep(dice.uniform(0, ARRIVAL))
    with record.diary.noting("a visit"):
        async with open_page(address, record.diary, run="" if trains else long_run) as page:
            await bring(page, f"visitor-{number}.txt", STORY[500 * number % 30_000 :][:10_000])
            if trains:
                await page.do("start")
                record.runs.append(page.value("run-id"))
            while time.monotonic() < end:
                desk = LAB if dice.random() < LAB_SHARE else WRITE
                with record.diary.noting(desk.tab):
                    await page.do(desk.tab, "select")
                    record.wishes[desk].append(await press(page, desk))
                await sleep_until(min(time.monotonic() + dice.uniform(*PAUSE), end))
            await sleep_until(end + SETTLING)
            with record.diary.noting("all at once"):
                record.at_once.append(await press(page, WRITE))


async def bring(page: Page, name: str, text: str) -> None:
    """Upload a text and look at what the page says of it."""
    await page.set("where", texts.FILES)
    await page.set(texts.YOUR_FILES, [await page.upload(name, text)])


async def press(page: Page, desk: Desk) -> Wish:
    """Let a model write to the end. Raises Failed and httpx.HTTPError."""
    begun, before = time.monotonic(), shown(page, desk)
    told = first = None
    waited = False
    async for _ in page.press(desk.button):
        passed = time.monotonic() - begun
        if PLACE in page.value(desk.state):
            told, waited = told or passed, True
        elif first is None and shown(page, desk) not in ("", before):
            told, first = told or passed, passed
    if first is None or len(shown(page, desk)) < desk.length:
        raise Failed("The text is not whole.")
    return Wish(told, first, passed, waited)


def shown(page: Page, desk: Desk) -> str:
    """The text on a desk, without the HTML around it."""
    return re.sub("<[^>]*>", "", page.value(desk.text) or "")


async def state(page: Page, run: str) -> str:
    """Where a run stands, for one who asks by its id."""
    try:
        return (await page.ask("status", run))["state"]
    except (Failed, httpx.HTTPError):
        return "unknown"


async def watch(process: Process, address: str, run: str, visitors: int, errors: list[str]) -> float:
    """The seconds of a processor that the page's process takes in a second when visitors only watch a run."""
    diary = Diary(errors=errors)
    async with AsyncExitStack() as pages:
        for _ in range(visitors):
            await pages.enter_async_context(open_page(address, diary, run))
        await asyncio.sleep(SETTLING)
        begun, used = time.monotonic(), process.seconds()
        await asyncio.sleep(WATCHING)
        return (process.seconds() - used) / (time.monotonic() - begun)


async def sleep_until(moment: float) -> None:
    """Sleep until `time.monotonic()` says so."""
    await asyncio.sleep(max(0.0, moment - time.monotonic()))


def table(record: Record, errors: int) -> list[str]:
    """What was measured, a row each, with its goal beside it."""
    wishes = [wish for desk in (WRITE, LAB) for wish in record.wishes[desk]]
    soon = sum(wish.first <= SOON for wish in wishes) / max(1, len(wishes))
    waits = [wish.first for wish in (*wishes, *record.at_once) if wish.waited]
    rows = [
        ("errors", "0", f"{errors} in {len(wishes) + len(record.at_once)} clicks, {len(record.diary.looks):,} looks"),
        ("lost runs", "0", f"{len(record.lost)} of {len(record.runs)}"),
        (f"first characters within {SOON:g} s", "95 %", f"{soon:.1%} of {len(wishes)}"),
        ("first character: Generate", "", times(wish.first for wish in record.wishes[WRITE])),
        ("first character: temperatures", "", times(wish.first for wish in record.wishes[LAB])),
        ("all 400 characters", "", times(wish.last for wish in record.wishes[WRITE])),
        ("all 4 x 300 characters", "", times(wish.last for wish in record.wishes[LAB])),
        ("all press at once: told anything", "", times(wish.told for wish in record.at_once)),
        ("all press at once: first character", "", times(wish.first for wish in record.at_once)),
        ("saw their place in the row", "", f"{len(waits)}, the longest for {max(waits, default=0):.1f} s"),
        ("a look at a run", "", times(record.diary.looks)),
        ("memory of the page", "< 2 GB", f"{record.memory / 1e9:.2f} GB"),
        ("processor: only looks", "< 0.33", f"{record.watching:.2f}"),
        ("processor: all", "", f"{record.playing:.2f}, beside {record.players:.2f} of the visitors"),
    ]
    return ["| | goal | measured |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]


def times(seconds: Iterator[float] | Sequence[float]) -> str:
    """Median, 95th percentile and worst."""
    ordered = sorted(seconds)
    if not ordered:
        return "none"
    middle, high = statistics.median(ordered), ordered[math.ceil(0.95 * len(ordered)) - 1]
    return f"{middle:.2f} s, 95 % within {high:.2f} s, worst {ordered[-1]:.2f} s"


if __name__ == "__main__":
    main()
