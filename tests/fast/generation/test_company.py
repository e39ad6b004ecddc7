"""Those who write at the same time, with a toy for a sampler: who is served when, and who leaves."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Thread, enumerate

import numpy as np
import pytest

from charlm.generation.company import Company
from charlm.generation.row import Chunk

ROOM = 4  # rows that the toy takes in one call


class Toy:
    """Writes the numbers 0, 1, 2, .. at every temperature, and notes who was served in each call.

    A call waits for `go`, so that a test can let somebody join or leave meanwhile.
    """

    room = ROOM

    def __init__(self):
        self.calls, self.asked, self.go = [], [], Event()
        self.go.set()

    def is_prepared(self, rows):
        return rows <= ROOM

    def prepare(self, rows, weights):
        self.asked.append(rows)

    def advance(self, rows, steps, weights):
        self.calls.append([row.temperature for row in rows])
        self.go.wait()
        if any(row.temperature < 0 for row in rows):
            raise MemoryError("no room for these rows")
        return [self._write(row, steps) for row in rows]

    def _write(self, row, steps):
        reading, dice = row.plan(min(steps, 5))
        first = row.state or 0
        steps = np.arange(first - len(reading), first + len(dice))
        return row.take(len(reading), Chunk(steps, np.zeros(len(steps))), first + len(dice))

    def read(self, company, name, length=20, weights="weights", start=1, columns=1):
        """All that a reader gets, whose rows have `name` for their temperature."""
        return list(company.stream(self, weights, np.zeros(start, np.int32), [name] * columns, length, seed=1))


@contextmanager
def held(toy, company, *readers):
    """Readers in the order in which they come, while the first call lasts."""
    toy.go.clear()
    with ThreadPoolExecutor(len(readers)) as pool:
        try:
            asked = []
            for reader in readers:
                asked.append(pool.submit(reader))
                while not toy.calls or company.writing < len(asked):
                    time.sleep(0.001)
            yield asked
        finally:
            toy.go.set()


def whole(pieces):
    return Chunk.joined(pieces).ids.tolist()


def test_a_text_is_whole_however_it_comes():
    toy, company = Toy(), Company()
    assert whole(toy.read(company, 1.0, length=23, start=9)) == [list(range(23))]
    assert whole(toy.read(company, 1.0, columns=3)) == [list(range(20))] * 3


def test_who_joins_is_served_with_the_others_in_the_next_call():
    toy, company = Toy(), Company()
    with held(toy, company, *(lambda name=name: toy.read(company, name) for name in (1.0, 2.0, 3.0))) as asked:
        pass
    assert [whole(one.result()) for one in asked] == [[list(range(20))]] * 3
    first, *others = toy.calls
    assert first == [1.0]
    assert sorted(others[0]) == [1.0, 2.0, 3.0]
    assert len(others) < 3 * 4  # calls that they would need one by one


def test_a_long_text_holds_up_no_short_one():
    toy, company = Toy(), Company()
    with held(
        toy, company, lambda: toy.read(company, 1.0, length=500, columns=ROOM), lambda: toy.read(company, 2.0, length=5)
    ) as (long, short):
        pass
    assert toy.calls[1] == [2.0]  # a new one before all others
    assert whole(short.result()) == [list(range(5))]
    assert whole(long.result()) == [list(range(500))] * ROOM


def test_those_who_do_not_fit_take_turns():
    toy, company = Toy(), Company()
    names = [float(name) for name in range(1, 8)]
    with held(toy, company, *(lambda name=name: toy.read(company, name, length=50) for name in names)) as asked:
        pass
    assert all(whole(one.result()) == [list(range(50))] for one in asked)
    assert max(map(len, toy.calls)) == ROOM
    assert set(toy.calls[1] + toy.calls[2]) == set(names)
    assert 7 in toy.asked  # a larger program is compiled meanwhile


def test_models_take_turns_and_never_share_a_call():
    toy, company = Toy(), Company()
    readers = [
        lambda weights=weights, name=name: toy.read(company, name, length=30, weights=weights)
        for name, weights in ((1.0, "one"), (2.0, "one"), (3.0, "other"))
    ]
    with held(toy, company, *readers) as asked:
        pass
    assert all(whole(one.result()) == [list(range(30))] for one in asked)
    assert not any({1.0, 2.0} & set(call) and 3.0 in call for call in toy.calls)
    assert [3.0] in toy.calls[:3]


def test_who_leaves_is_not_served_again():
    toy, company = Toy(), Company()
    leaving = company.stream(toy, "weights", np.zeros(1, np.int32), [7.0], 10_000, seed=1)
    next(leaving)
    leaving.close()
    assert whole(toy.read(company, 1.0)) == [list(range(20))]
    before = len(toy.calls)
    assert whole(toy.read(company, 2.0)) == [list(range(20))]
    assert not any(7.0 in call for call in toy.calls[before:])
    assert company.writing == 0


def test_an_error_reaches_those_of_its_call_and_nobody_else():
    toy, company = Toy(), Company()
    with held(toy, company, lambda: toy.read(company, -1.0), lambda: toy.read(company, 2.0)) as (failing, other):
        pass
    with pytest.raises(MemoryError, match="no room"):
        failing.result()
    assert whole(other.result()) == [list(range(20))]
    assert whole(toy.read(company, 3.0)) == [list(range(20))]


def test_there_is_a_thread_only_while_somebody_writes():
    def writing():
        return [thread for thread in enumerate() if thread.name == "writing" and thread not in before]

    before = enumerate()
    toy, company = Toy(), Company()
    with held(toy, company, lambda: toy.read(company, 1.0), lambda: toy.read(company, 2.0)):
        (thread,) = writing()
    thread.join()
    assert not writing()
    toy.read(company, 3.0)  # and it starts again


def test_a_slow_reader_gets_all_at_once_and_holds_up_nobody():
    toy, company = Toy(), Company()
    slow = company.stream(toy, "weights", np.zeros(1, np.int32), [1.0], 100, seed=1)
    first = next(slow)
    for thread in enumerate():
        if thread.name == "writing" and isinstance(thread, Thread):
            thread.join()  # it has written everything
    rest = list(slow)
    assert len(rest) <= 1
    assert whole([first, *rest]) == [list(range(100))]


def test_with_a_pause_the_first_piece_comes_at_once_and_the_last_does_not_wait():
    toy = Toy()
    pieces = toy.read(Company(pause=3600.0), 1.0, length=100)
    assert len(pieces) <= 2
    assert whole(pieces) == [list(range(100))]
