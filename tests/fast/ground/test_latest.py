"""What was asked for last is kept, and made once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from charlm.latest import Latest


def test_a_thing_is_made_once():
    made = []
    latest = Latest(2)
    assert [latest.get("a", lambda: made.append("a") or "a") for _ in range(3)] == ["a"] * 3
    assert made == ["a"]


def test_the_one_not_asked_for_longest_goes_first():
    made, latest = [], Latest(2)

    def ask(key):
        return latest.get(key, lambda: made.append(key) or key)

    for key in "abacb":
        ask(key)
    assert made == ["a", "b", "c", "b"]


def test_what_could_not_be_made_is_made_the_next_time():
    latest = Latest(2)
    with pytest.raises(ZeroDivisionError):
        latest.get("a", lambda: 1 / 0)
    assert latest.get("a", lambda: 1) == 1


def test_many_who_ask_at_once_wait_for_the_one_that_is_being_made():
    made, latest, together = [], Latest(2), Barrier(8)

    def ask(_):
        together.wait()
        return latest.get("a", lambda: made.append(1) or "a")

    with ThreadPoolExecutor(8) as visitors:
        assert list(visitors.map(ask, range(8))) == ["a"] * 8
    assert made == [1]
