"""Contestants in processes of their own, and what is made of their times. These load no library."""

import numpy as np
import pytest

from benchmarks.contestants.learners import Windows
from benchmarks.learning import Times, compare, table
from benchmarks.race import Contestant, Result, ratios, spread
from benchmarks.shape import Shape


@pytest.mark.parametrize("wait", [Contestant.get_ready, Contestant.turn])
def test_a_contestant_that_dies_shows_its_last_lines(wait):
    with Contestant("steps.keras_step", {"rooms": 3}) as contestant, pytest.raises(SystemExit) as death:
        wait(contestant)
    assert "steps.keras_step" in str(death.value)
    assert "unexpected keyword argument 'rooms'" in str(death.value)


def test_the_ratio_is_taken_within_each_round():
    """The machine was twice as slow in the second round, for both."""
    one, other = Result([1.0, 2.0], [30, 30], 0.0), Result([3.0, 6.0], [30, 30], 0.0)
    assert spread(ratios(one.speeds, other.speeds)) == "3x (3 .. 3)"
    assert spread([2.0]) == "2x"


def test_an_update_of_the_textbooks_network_is_two_hundred_thousand_million_operations():
    """6 for each weight of its matrices and each of 6,400 characters."""
    weights = 256 * 4096 + 1024 * 4096 + 1024 * 65
    assert Shape(1024, embedding_dim=256).operations == 6 * 6_400 * weights
    assert Shape(10, embedding_dim=10, layers=2).operations - Shape(10, embedding_dim=10).operations == 6 * 6_400 * 800


def test_the_windows_are_read_as_they_were_written(tmp_path):
    path = str(tmp_path / "windows.npz")
    windows = Windows(*np.random.default_rng(0).integers(0, 9, (4, 2, 3, 4)), vocabulary=9)
    windows.write(path)
    assert Windows.read(path).scored.tolist() == windows.scored.tolist()
    assert Windows.read(path).vocabulary == 9


def test_a_goal_counts_from_the_first_scoring_that_reached_it():
    ours, theirs = Times(), Times()
    ours.note(0, 4.0, [(10.0, 1.7), (20.0, 1.6), (30.0, 1.5)], goal=1.6)
    theirs.note(0, 2.0, [(40.0, 1.6)], goal=1.6)
    assert compare(theirs.learning, ours.learning) == "2x"
    assert compare(theirs.in_all, ours.in_all) == "1.75x"
    *_, row = table({1.6: {"charlm": ours, "torch": theirs}})
    assert row == "| 1.60 | 20.0 s | 40.0 s | did not take part | 2x | - | 1.75x, - |"


def test_a_goal_that_was_missed_is_told():
    times = Times()
    times.note(0, 4.0, [(10.0, 1.61)], goal=1.6)
    assert str(times) == "1 of 1 ended above, at 1.610"
    times.note(1, 4.0, [(11.0, 1.59)], goal=1.6)
    assert str(times) == "11.0 s, 1 of 2 ended above, at 1.610"
    assert compare({0: 20.0, 1: 22.0}, times.learning) == "2x"
