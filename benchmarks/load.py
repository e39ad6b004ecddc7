"""A school class on the page: python -m benchmarks.load

The page runs in a process of its own, with the models that come along, and learns a long text all the while.
Visitors come over HTTP: each brings a small text and looks at it, some have it learnt, all watch a run, and every few
seconds they let a model write or compare temperatures. With `--pause 1` the class is a lively one, with `--attacker`
somebody hostile is among them. A program asks the endpoints for data beside them. Then all press Generate at the same
moment. At last they only watch, which tells what watching costs. The table marks the goals that were missed; the exit
status is 1 if anything failed or a run was lost. For Linux.
"""

import argparse
import asyncio
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx

import charlm
from benchmarks.attacker import attack
from benchmarks.record import LAB, WRITE, Desk, Record, Wish, table
from benchmarks.served import Process, serve
from benchmarks.visitor import Diary, Failed, Page, open_page
from charlm.ui import texts

STORY = (Path(charlm.__file__).parent / "text/corpora/lamplighter.txt").read_text("utf-8")
GETTING_READY = 300.0  # seconds at most
ARRIVAL = 10.0  # seconds within which they all come
PAUSE = 11.0  # seconds between two wishes of a visitor, on average
LAB_SHARE = 0.2  # of the wishes are for the temperature lab
TRAIN_EVERY = 3  # every third visitor starts a run
ALONE = 20.0  # seconds in which the run's speed is measured before the class comes
WATCHING = 20.0  # seconds in which they only watch
SETTLING = 5.0  # seconds until the requests that were sent before are answered
PLACE = texts.PLACE.split("{")[0]


def main() -> None:
    """Play the class and print the measurements beside their goals."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--attacker", action="store_true", help="with a hostile visitor beside the class")
    parser.add_argument("--pause", type=float, default=PAUSE, help="seconds between two clicks of a visitor")
    parser.add_argument("--smallest", action="store_true", help="eight visitors for fifteen seconds")
    chosen = parser.parse_args()
    if chosen.smallest:
        chosen.visitors, chosen.seconds = 8, 15.0
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as (process, address, log):
        record = asyncio.run(play(process, address, chosen))
        said = log.read_text("utf-8")
    errors = record.diary.errors + ["a traceback of the app"] * said.count("Traceback")
    print(f"{chosen.visitors} visitors for {chosen.seconds:g} seconds, on {os.cpu_count()} processors:\n")
    print("\n".join(table(record, len(errors))))
    for refused, count in record.refused.most_common():
        print(f"The attacker was refused {count} x {refused}")
    for error, count in Counter(errors).most_common():
        print(f"{count} x {error}", file=sys.stderr)
    if errors:
        print(said, file=sys.stderr)
    sys.exit(bool(errors or record.lost))


async def play(process: Process, address: str, chosen: argparse.Namespace) -> Record:
    """The whole lesson."""
    record, visitors, seconds, pause = Record(), chosen.visitors, chosen.seconds, chosen.pause
    async with open_page(address, record.diary) as teacher:
        async with asyncio.timeout(GETTING_READY):
            long_run = await begin(teacher)
        record.alone = await steps_per_second(teacher, long_run, ALONE)
        record.diary.looks.clear()
        begun, used, own = time.monotonic(), process.seconds(), time.process_time()
        async with asyncio.TaskGroup() as school_class:
            for number in range(visitors):
                school_class.create_task(visit(number, address, long_run, begun + seconds, pause, record))
            school_class.create_task(ask_for_data(address, long_run, begun + seconds, record))
            if chosen.attacker:
                school_class.create_task(attack(address, long_run, begun + seconds, record.refused))
            await asyncio.sleep(min(ARRIVAL, seconds / 2))
            record.beside = await steps_per_second(teacher, long_run, begun + seconds - time.monotonic())
            lasted = time.monotonic() - begun
            record.worker = process.workers_memory()
            record.playing, record.players = (process.seconds() - used) / lasted, (time.process_time() - own) / lasted
        record.places = [(await teacher.ask("status", run=run))["place"] for run in record.runs]
        record.lost = [run for run in record.runs if await state(teacher, run) not in ("waiting", "running", "ended")]
    record.watching = await watch(process, address, long_run, visitors, record.diary.errors)
    async with open_page(address, record.diary) as teacher:
        if await state(teacher, long_run) != "running":
            record.diary.errors.append("the long run did not last")
    record.memory = process.most_memory()
    return record


async def begin(teacher: Page) -> str:
    """Wait until a model writes and the presets are timed, then start a run longer than the lesson. Returns its id."""
    await press(teacher, WRITE)
    while teacher.ticking:
        await asyncio.sleep(1)
    await bring(teacher, "long.txt", 10 * STORY)
    await teacher.set("preset", "balanced")
    await teacher.set("epochs", 1_000)
    await teacher.do("start")
    run = teacher.value("run-id")
    while not (await teacher.ask("status", run=run))["step"]:
        await asyncio.sleep(1)
    return run


async def steps_per_second(page: Page, run: str, seconds: float) -> float:
    """How many steps of a run are taken in a second, measured for that long."""
    before, begun = (await page.ask("status", run=run))["step"], time.monotonic()
    await asyncio.sleep(seconds)
    return ((await page.ask("status", run=run))["step"] - before) / (time.monotonic() - begun)


async def visit(number: int, address: str, long_run: str, end: float, pause: float, record: Record) -> None:
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
                await sleep_until(min(time.monotonic() + dice.uniform(0.7, 1.3) * pause, end))
            await sleep_until(end + SETTLING)
            with record.diary.noting("all at once"):
                record.at_once.append(await press(page, WRITE))


async def ask_for_data(address: str, run: str, end: float, record: Record) -> None:
    """Ask one endpoint after another, like a program, as long as the lesson lasts."""
    wishes: list[tuple[str, dict[str, Any]]] = [
        ("models", {}),
        ("status", {"run": run, "history": True}),
        ("check_up", {"pasted": STORY[:10_000]}),
        ("next_characters", {"start_text": "The ", "count": 10}),
        ("surprise", {"text": STORY[:200]}),
        ("generate", {"start_text": "The ", "length": 200, "seed": 1}),
        ("compare", {"start_text": "The ", "length": 100}),
    ]
    async with open_page(address, record.diary) as page:
        while time.monotonic() < end:
            for endpoint, sent in wishes:
                begun = time.monotonic()
                with record.diary.noting(f"/{endpoint}"):
                    await page.ask(endpoint, **sent)
                    record.answers.append(time.monotonic() - begun)
                await asyncio.sleep(1)


async def bring(page: Page, name: str, text: str) -> None:
    """Upload a text and wait for its check-up."""
    await page.set("where", "file")
    await page.set("files", [await page.upload(name, text)])


async def press(page: Page, desk: Desk) -> Wish:
    """Let a model write until its text is complete. Raises Failed and httpx.HTTPError."""
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
        raise Failed("The text is not complete.")
    return Wish(told, first, passed, waited)


def shown(page: Page, desk: Desk) -> str:
    """The text on a desk, without the HTML around it."""
    return re.sub("<[^>]*>", "", page.value(desk.text) or "")


async def state(page: Page, run: str) -> str:
    """The state of a run, "unknown" if the page does not tell it."""
    try:
        return (await page.ask("status", run=run))["state"]
    except (Failed, httpx.HTTPError):
        return "unknown"


async def watch(process: Process, address: str, run: str, visitors: int, errors: list[str]) -> float:
    """The processor seconds per second that the page's process takes while visitors only watch a run."""
    diary = Diary(errors=errors)
    async with AsyncExitStack() as pages:
        for _ in range(visitors):
            await pages.enter_async_context(open_page(address, diary, run))
        await asyncio.sleep(SETTLING)
        begun, used = time.monotonic(), process.seconds()
        await asyncio.sleep(WATCHING)
        return (process.seconds() - used) / (time.monotonic() - begun)


async def sleep_until(moment: float) -> None:
    """Sleep until `time.monotonic()` reaches `moment`."""
    await asyncio.sleep(max(0.0, moment - time.monotonic()))


if __name__ == "__main__":
    main()
