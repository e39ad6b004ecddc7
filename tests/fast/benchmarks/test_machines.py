"""What is computed from the times of two processes."""

import pytest

from benchmarks.machines import Times


def test_without_a_network_the_work_that_is_divided_is_done_n_times_as_fast():
    times = Times(alone=1.0, two=0.5, exchange=0.0, sent=0)
    assert [times.speed_up(n, gigabits=1) for n in (2, 4, 8)] == pytest.approx([2, 4, 8])


def test_what_was_measured_is_what_a_network_without_end_gives():
    times = Times(alone=1.0, two=0.8, exchange=0.2, sent=10**6)
    assert times.divided == pytest.approx(0.8)
    assert times.speed_up(2, gigabits=1e9) == pytest.approx(1 / 0.8)


def test_a_slow_network_costs_the_time_of_the_bytes_in_every_round():
    times = Times(alone=1.0, two=0.5, exchange=0.0, sent=125_000_000)  # a second at 1 Gb/s
    assert times.speed_up(2, gigabits=1) == pytest.approx(1 / 1.5)
    assert times.speed_up(4, gigabits=10) == pytest.approx(1 / (0.25 + 0.2))
