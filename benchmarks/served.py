"""Runs the page in its own process, and reads from Linux's /proc how much time and memory that process takes."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks.processes import most_memory

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Process:
    """The process of the page. The process that trains is another one."""

    id: int

    def seconds(self) -> float:
        """The processor time so far, in seconds."""
        user, system = Path(f"/proc/{self.id}/stat").read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def most_memory(self) -> int:
        """Bytes at its highest, so far."""
        return most_memory(self.id)

    def workers_memory(self) -> int:
        """Bytes at its highest, so far, of the process that trains now; 0 where none does."""
        children = Path(f"/proc/{self.id}/task").glob("*/children")
        return max((most_memory(int(child)) for file in children for child in file.read_text().split()), default=0)


@contextmanager
def serve(folder: Path) -> Iterator[tuple[Process, str, Path]]:
    """Run the page with the models that come with charlm; it keeps its runs in `folder`.

    Yields the process, the address of the page, and the file with everything that the page prints.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address, log = f"http://127.0.0.1:{port}", folder / "app.log"
    with log.open("w") as out:
        app = subprocess.Popen(
            [sys.executable, ROOT / "app.py", f"--port={port}"],
            env={**os.environ, "CHARLM_DATA": str(folder / "runs"), "TMPDIR": str(folder)},
            stdout=out,
            stderr=out,
        )
        try:
            while app.poll() is None and not _is_up(address):
                time.sleep(0.2)
            if app.poll() is not None:
                sys.exit(f"The app did not start:\n{log.read_text('utf-8')}")
            yield Process(app.pid), address, log
        finally:
            app.terminate()
            app.wait()


def _is_up(address: str) -> bool:
    try:
        return httpx.get(address, trust_env=False).is_success
    except httpx.HTTPError:
        return False
