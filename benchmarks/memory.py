"""Measures how much memory `charlm train` takes on long texts: python -m benchmarks.memory [--megabytes 1000]

Each text is a story written again and again with changes. A small network begins to learn it, scores the held-out
part when its time is up, goes on with --resume, and is interrupted as by Ctrl-C. The highest memory of each process is
printed twice: as the system counts it, with what is read of mapped files, and without that. A text of 1,000 MB needs
4 GB of disk, and the three of them take half an hour on two cores.
"""

import argparse
import json
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Thread

import numpy as np

from benchmarks.processes import most_memory
from charlm.text.corpus import read_corpus
from charlm.text.long_corpus import LONG

LOOK_EVERY = 0.05  # seconds between two looks at the memory
NETWORK = ["--rnn-units", "32", "--batch-size", "256", "--seq-length", "64", "--patience", "100000"]


@dataclass(frozen=True)
class Kind:
    """A kind of text."""

    name: str
    encoding: str
    signs: str  # that stand among the lines, so that they belong to the alphabet


KINDS = (
    Kind("Spanish, “curly” quotes, UTF-8", "utf-8", "“”—"),
    Kind("Spanish, Latin-1", "iso-8859-1", ""),
    Kind("Spanish with 300 Chinese characters, UTF-8", "utf-8", "".join(map(chr, range(0x4E00, 0x4E00 + 300)))),
)


def main() -> None:
    """Print a row for every process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=1_000, help="of each text")
    parser.add_argument("--minutes", type=float, default=0.5, help="of learning before the held-out part is scored")
    parser.add_argument("--kinds", type=int, default=len(KINDS), help="how many texts")
    parser.add_argument("--place", help="a folder on a disk with room")
    parser.add_argument("--smallest", action="store_true", help="one text, as short as a long one can be")
    chosen = parser.parse_args()
    if chosen.smallest:
        chosen.megabytes, chosen.minutes, chosen.kinds = LONG // 10**6 + 2, 0.02, 1
    print("| text | process | memory | without mapped files | first update | in all |\n|---|---|---|---|---|---|")
    for kind in KINDS[: chosen.kinds]:
        with tempfile.TemporaryDirectory(dir=chosen.place) as folder:
            text, out = Path(folder) / "text.txt", str(Path(folder) / "run")
            write_text(kind, chosen.megabytes, text)
            time_is_up, again = ["--max-minutes", str(chosen.minutes)], ["--resume", "--out", out]
            row(kind, "begins, scores", measure([str(text), "--out", out, *NETWORK, *time_is_up]))
            row(kind, "goes on, scores", measure([*again, *time_is_up]))
            row(kind, "goes on, Ctrl-C", measure(again, updates=50))


def write_text(kind: Kind, megabytes: int, file: Path) -> None:
    """Write a story again and again, each time with its lines in another order, until the file is long enough."""
    lines = read_corpus("molino").text.replace("«", "“").replace("»", "”").splitlines()
    lines += [f"{sign} {lines[number % len(lines)]}" for number, sign in enumerate(kind.signs)]
    rng, size = np.random.default_rng(0), megabytes * 10**6
    with file.open("wb") as written:
        for chapter in count(1):
            lines = [lines[place] for place in rng.permutation(len(lines))]
            text = f"Capítulo {chapter}\n\n" + "\n".join(lines) + "\n\n"
            written.write(text.encode(kind.encoding, "ignore"))
            if written.tell() >= size:
                return


@dataclass
class Memory:
    """The highest memory of a process, in bytes, and when it made its first update, in seconds."""

    in_all: int = 0
    anonymous: int = 0
    first_update: float = 0.0
    seconds: float = 0.0

    def look(self, process: int) -> None:
        """Look at the memory now."""
        self.in_all = max(self.in_all, most_memory(process))
        self.anonymous = max(self.anonymous, _anonymous(process))


def measure(arguments: list[str], updates: int | None = None) -> Memory:
    """Run `charlm train` with these arguments to its end, or interrupt it after so many updates."""
    memory, begun = Memory(), time.monotonic()
    command = [sys.executable, "-m", "charlm", "train", *arguments, "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        watcher = Thread(target=_watch, args=(process, memory))
        watcher.start()
        for number, _ in enumerate(_updates(process), 1):
            memory.first_update = memory.first_update or time.monotonic() - begun
            if number == updates:
                process.send_signal(signal.SIGINT)
    watcher.join()
    memory.seconds = time.monotonic() - begun
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return memory


def row(kind: Kind, process: str, memory: Memory) -> None:
    """Print what was measured of one process."""
    print(
        f"| {kind.name} | {process} | {memory.in_all / 1e9:.2f} GB | {memory.anonymous / 1e9:.2f} GB "
        f"| {memory.first_update:.0f} s | {memory.seconds:.0f} s |",
        flush=True,
    )


def _updates(process: subprocess.Popen) -> Iterator[dict]:
    for line in process.stdout or ():
        event = json.loads(line)
        if event["event"] == "StepFinished":
            yield event


def _watch(process: subprocess.Popen, memory: Memory) -> None:
    while process.poll() is None:
        memory.look(process.pid)
        time.sleep(LOOK_EVERY)


def _anonymous(process: int) -> int:
    """Bytes of the process with that id that no file has; 0 where it has just ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
        return 1024 * int(re.search(r"RssAnon:\s+(\d+)", status)[1])
    except (OSError, TypeError):
        return 0


if __name__ == "__main__":
    main()
