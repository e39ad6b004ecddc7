"""One run on several machines: TF_CONFIG names them, or `--machines` starts them as processes of this computer."""

import argparse
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import IO

from rich.console import Console

from charlm.cluster import VARIABLE, Cluster, read_cluster, read_patience
from charlm.command_line.terminal import tell
from charlm.cores import CORES, PARTS
from charlm.errors import InvalidSetting
from charlm.languages import N_, say

PORTS = range(20_000, 32_000)
MOST = 64  # processes on one computer
GRACE = 10.0  # seconds: who has not noticed by then that another one is gone still waits for it to come
LOOK_EVERY = 0.1  # seconds
STOPS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


def add_machines(parser: argparse.ArgumentParser) -> None:
    """Add the option that tries several machines on one computer."""
    told = N_("train with that many processes of this computer, as if they were machines named by {variable}")
    parser.add_argument("--machines", type=int, metavar="N", help=say(told, variable=VARIABLE))


def read_machines(wanted: int | None) -> Cluster:
    """The machines that TF_CONFIG names. Raises InvalidSetting if it cannot be read or `--machines` does not fit it."""
    cluster = read_cluster()
    fits = (cluster.size,) if cluster.size > 1 else range(1, MOST + 1)
    if wanted is not None and wanted not in fits:
        raise InvalidSetting(
            N_("--machines is {wanted}."),
            N_("Expected a whole number from {low} to {high}; where {variable} is set, as many as it names."),
            N_("Leave the option out, or correct it."),
            wanted=wanted,
            low=min(fits),
            high=max(fits),
            variable=VARIABLE,
        )
    return cluster


def join(cluster: Cluster, console: Console) -> None:
    """Wait for the other machines. To be called before handlers of signals are set. Raises MachineLost."""
    from charlm.network import machines  # imported late, because TensorFlow takes seconds to start

    if not cluster.rank:
        tell(console, say(N_("This run has {count} machines; waiting for all of them."), count=cluster.size))
    with machines.losses_told():
        machines.join(cluster, read_patience())
    # TensorFlow has set a handler of its own, behind Python's back.
    signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGTERM))


def follow(stop: Callable[[], bool]) -> None:
    """Train with the first machine, which keeps the run and has the screen."""
    from charlm.runs.companions import follow

    for _ in follow(stop):
        pass


@contextmanager
def losses_told(cluster: Cluster) -> Iterator[None]:
    """Turn what TensorFlow says when another machine is gone into MachineLost."""
    if cluster.size == 1:
        yield
        return
    from charlm.network import machines

    with machines.losses_told():
        yield


def start(count: int, arguments: Sequence[str]) -> int:
    """Run the command as that many processes of this computer, which share its cores. Returns the exit status.

    The first one has the screen. What the others say is shown only if the first one could not say anything itself.
    """
    addresses = free_addresses(count)
    with ExitStack() as stack:
        said = stack.enter_context(tempfile.TemporaryFile())
        processes = [_process(Cluster(addresses, rank), arguments, said if rank else None) for rank in range(count)]
        stack.callback(_end, processes)
        stack.enter_context(_passed_on(processes))
        _wait(processes)
        _end(processes)
        status = processes[0].returncode
        if status < 0:  # killed by a signal
            said.seek(0)
            shutil.copyfileobj(said, sys.stderr.buffer)
        return status if status >= 0 else 1


def _process(cluster: Cluster, arguments: Sequence[str], said: IO[bytes] | None) -> subprocess.Popen[bytes]:
    task = {"type": "worker", "index": cluster.rank}
    environment = {
        **os.environ,
        VARIABLE: json.dumps({"cluster": {"worker": cluster.addresses}, "task": task}),
        "CPU_CORES": str(max(1, CORES // cluster.size)),
        "CHARLM_PARTS": str(PARTS),  # so the run is the one that this computer trains without --machines
    }
    command = [sys.executable, "-m", "charlm", *arguments]
    # In a session of its own, Ctrl-C reaches it only through this process: once, not twice.
    return subprocess.Popen(command, env=environment, stdout=said, stderr=said, start_new_session=True)  # noqa: S603


def free_addresses(count: int) -> tuple[str, ...]:
    """So many addresses of this computer that nobody uses. Their ports are none that a system gives to a connection."""
    found = list[str]()
    for port in random.SystemRandom().sample(PORTS, len(PORTS)):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            found.append(f"127.0.0.1:{port}")
        if len(found) == count:
            break
    return tuple(found)


@contextmanager
def _passed_on(processes: Sequence[subprocess.Popen[bytes]]) -> Iterator[None]:
    """Send the signals that would stop this process to all the others instead."""

    def pass_on(number: int, _: object) -> None:
        for process in processes:
            process.send_signal(number)

    before = {number: signal.signal(number, pass_on) for number in STOPS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _wait(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Wait until all have ended. If one fails, the others get some time to end by themselves."""
    failed = None
    while None in (statuses := [process.poll() for process in processes]):  # each is asked, to learn its status
        if failed is None and any(statuses):
            failed = time.monotonic()
        if failed is not None and time.monotonic() - failed > GRACE:
            return
        time.sleep(LOOK_EVERY)


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.kill()
        process.wait()
