"""A run gives way while somebody waits, and keeps half its speed."""

import pytest

from charlm.runs.courtesy import LOOK_EVERY, SLOWER, Courtesy
from charlm.runs.queue.marks import WAIT, Marks


class Time:
    """A clock that goes on only while somebody sleeps or takes a step."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now

    def pass_by(self, seconds):
        self.now += seconds


def steps(courtesy, clock, *seconds):
    """How long each step took with the rest after it."""
    courtesy.rest()
    took = []
    for step in seconds:
        before = clock.now
        clock.pass_by(step)
        courtesy.rest()
        took.append(clock.now - before)
    return took


def test_nobody_waits_and_nobody_rests():
    clock = Time()
    courtesy = Courtesy(lambda: False, clock, clock.pass_by)
    assert steps(courtesy, clock, 1.0, 1.0) == pytest.approx([1.0, 1.0])


def test_while_somebody_waits_it_keeps_half_its_speed():
    clock, waits = Time(), []
    courtesy = Courtesy(lambda: bool(waits), clock, clock.pass_by)
    steps(courtesy, clock, 9.0, 0.1)  # the first one compiles
    waits.append("somebody")
    quick, slowed, slow = steps(courtesy, clock, 0.1, 0.12, 0.3)
    assert quick == pytest.approx(0.1 * SLOWER, abs=2 * LOOK_EVERY)
    assert slowed == pytest.approx(0.1 * SLOWER, abs=2 * LOOK_EVERY)
    assert SLOWER < 2
    assert slow == pytest.approx(0.3)  # others slow it down already


def test_it_goes_on_as_soon_as_nobody_waits():
    clock = Time()
    looks = iter([True, True, False])
    courtesy = Courtesy(lambda: next(looks), clock, clock.pass_by)
    assert steps(courtesy, clock, 1.0) == pytest.approx([1 + 2 * LOOK_EVERY])


def test_the_page_tells_the_worker_through_the_folder(tmp_path, monkeypatch):
    page, worker = Marks(tmp_path), Marks(tmp_path)
    assert not worker.somebody_waits()
    page.tell_wait()
    assert worker.somebody_waits()
    later = worker._wait.stat().st_mtime + WAIT
    monkeypatch.setattr("charlm.runs.queue.marks.time.time", lambda: later)
    assert not worker.somebody_waits()  # also if the page was killed meanwhile
