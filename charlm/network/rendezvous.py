"""The machines of a run find each other, before TensorFlow connects them: its own wait has no end and hears no Ctrl-C.

Each listens at its address and greets all others until they answer. Who has been greeted and answered by all is ready.
"""

import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from charlm.cluster import PATIENCE, Cluster
from charlm.errors import InvalidSetting, MachineLost
from charlm.languages import N_

LOOK_EVERY = 0.2  # seconds between two rounds of greetings
ANSWER_WITHIN = 2.0  # seconds
LONGEST = 100  # bytes of a greeting


def meet(cluster: Cluster, seconds: float) -> None:
    """Wait until all machines have called this and reach each other.

    Raises MachineLost if that takes longer than so many seconds, and InvalidSetting if another program listens at the
    address of this machine.
    """
    others = set(range(cluster.size)) - {cluster.rank}
    reached, heard, deadline = set[int](), set[int](), time.monotonic() + seconds
    with _answering(cluster, heard):
        while not reached == heard == others:
            reached |= {rank for rank in others - reached if _greet(cluster, rank)}
            if time.monotonic() > deadline:
                _give_up(cluster, others - (reached & heard), seconds)
            time.sleep(LOOK_EVERY)


@contextmanager
def _answering(cluster: Cluster, heard: set[int]) -> Iterator[None]:
    """Listen at the address of this machine, and note who has come. Then the address is free for TensorFlow."""
    enough = threading.Event()
    with _door(cluster) as door:
        door.settimeout(LOOK_EVERY)
        answering = threading.Thread(target=_answer, args=(door, cluster, heard, enough))
        answering.start()
        try:
            yield
        finally:
            enough.set()
            answering.join()  # a door that somebody still waits at stays open


def _door(cluster: Cluster) -> socket.socket:
    _, port = _split(cluster.addresses[cluster.rank])
    both = socket.has_dualstack_ipv6()  # IPv4 and IPv6
    try:
        return socket.create_server(
            ("", port), family=socket.AF_INET6 if both else socket.AF_INET, dualstack_ipv6=both, backlog=cluster.size
        )
    except (OSError, OverflowError) as error:
        raise InvalidSetting(
            N_("{address}, the address of this machine, cannot be used ({why})."),
            N_("Expected a port that no other program uses."),
            N_("Choose another port for this machine, the same on all machines."),
            address=cluster.addresses[cluster.rank],
            why=getattr(error, "strerror", None) or error,
        ) from error


def _answer(door: socket.socket, cluster: Cluster, heard: set[int], enough: threading.Event) -> None:
    """Answer every greeting. Whoever says something else is not a machine of this run."""
    greetings = {_greeting(cluster, rank): rank for rank in range(cluster.size)}
    while not enough.is_set():
        with suppress(OSError):
            visitor, _ = door.accept()
            with visitor:
                visitor.settimeout(ANSWER_WITHIN)
                rank = greetings.get(visitor.recv(LONGEST))
                if rank is not None:
                    visitor.sendall(_greeting(cluster, cluster.rank))
                    heard.add(rank)


def _greet(cluster: Cluster, rank: int) -> bool:
    with (
        suppress(OSError, OverflowError),
        socket.create_connection(_split(cluster.addresses[rank]), ANSWER_WITHIN) as there,
    ):
        there.sendall(_greeting(cluster, cluster.rank))
        return there.recv(LONGEST) == _greeting(cluster, rank)
    return False


def _greeting(cluster: Cluster, rank: int) -> bytes:
    return f"charlm {hashlib.sha256(repr(cluster.addresses).encode()).hexdigest()} {rank}\n".encode()


def _split(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    return host.strip("[]"), int(port)


def _give_up(cluster: Cluster, missing: set[int], seconds: float) -> None:
    raise MachineLost(
        N_("Of the {count} machines of this run these have not come within {seconds:g} seconds: {missing}."),
        N_("Expected the same command on all machines, which reach each other at these addresses."),
        N_("Look whether it runs there; {variable} is how many seconds they wait for each other."),
        count=cluster.size,
        seconds=seconds,
        missing=tuple(cluster.addresses[rank] for rank in sorted(missing)),
        variable=PATIENCE,
    )
