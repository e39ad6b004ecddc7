"""Decides whose turn it is: addresses take turns, and so do the visitors of one address.

For each visitor the oldest request comes first. So nobody waits longer because one address has many requests: each time
its turn comes, only one of them is served.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count

from charlm.runs.visitors import Asker

Served = Mapping[str, float]  # name of an address or visitor -> when it was last served; absent if never


@dataclass(frozen=True)
class Waiting:
    """A waiting request."""

    run_id: str
    asker: Asker
    submitted: float  # seconds since 1970


def in_turn(requests: Iterable[Waiting], served: Served) -> list[Waiting]:
    """The requests in the order in which they will be served if no others come."""
    rows: dict[str, dict[str, deque[Waiting]]] = {}  # by address and visitor, the oldest first
    for request in sorted(requests, key=lambda r: (r.submitted, r.run_id)):
        row = rows.setdefault(request.asker.address, {}).setdefault(request.asker.visitor, deque())
        row.append(request)
    last, now, order = dict(served), count(max(served.values(), default=0.0) + 1), []
    while rows:
        address = min(rows, key=lambda a: (last.get(a, 0.0), min(row[0].submitted for row in rows[a].values())))
        visitors = rows[address]
        visitor = min(visitors, key=lambda v: (last.get(v, 0.0), visitors[v][0].submitted))
        order.append(visitors[visitor].popleft())
        last[address] = last[visitor] = next(now)
        if not visitors[visitor]:
            del visitors[visitor]
        if not visitors:
            del rows[address]
    return order
