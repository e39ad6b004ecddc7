"""From measured costs to those of other runs, and to the seconds of a whole run."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charlm.settings import ModelSettings, RunSettings, TrainingSettings
from charlm.times.arithmetic import BETWEEN_EPOCHS, similar, work_out, worked_out
from charlm.times.costs import Costs, Shape

COSTS = Costs(start=4.0, setup=6.0, update=0.5, scoring=0.25, saving=0.15)
QUICK = Shape(("lstm", "contiguous"), 128, 64, 1, 32, 64, 70, 32)


def test_a_run_is_what_is_done_once_its_epochs_and_their_saves():
    training = TrainingSettings(epochs=3, seq_length=10, batch_size=10)
    found = work_out(1_001 * 10 // 9 + 1, training, COSTS, measured=True)  # 1,001 to learn, 112 held out
    assert found.characters_per_second == 200
    epoch = 10 * 0.5 + 2 * 0.25 + BETWEEN_EPOCHS  # the held-out part is one window, and one is read before it
    assert found.seconds == pytest.approx(4 + 6 + 3 * epoch + 4 * 0.15)


def test_short_epochs_are_not_all_saved():
    training = TrainingSettings(epochs=1_000, seq_length=10, batch_size=10)
    fast = replace(COSTS, update=0.001, scoring=0.001)
    found = work_out(1_113, training, fast, measured=True)
    epoch = 10 * 0.001 + 2 * 0.001 + BETWEEN_EPOCHS
    assert found.seconds == pytest.approx(10 + 1_000 * epoch, rel=0.26)  # saving takes a fifth of the time


def test_a_limit_in_minutes_holds_from_the_first_step():
    training = TrainingSettings(epochs=1_000, max_minutes=2)
    assert work_out(1_000_000, training, COSTS, measured=True).seconds == 4 + 6 + 120


def test_a_measured_run_costs_what_was_measured():
    others = {replace(QUICK, rnn_units=units): replace(COSTS, update=9.0) for units in (64, 127, 129, 256)}
    assert worked_out(QUICK, others | {QUICK: COSTS}) == COSTS


SIZES = st.tuples(*[st.integers(1, most) for most in (1_024, 1_024, 3, 512, 512, 4_000, 32)])
LARGER = st.sampled_from(["rnn_units", "layers", "batch_size", "seq_length", "vocab_size"])


@given(SIZES, LARGER)
def test_more_of_anything_takes_longer(sizes, number):
    shape = Shape(("lstm", "contiguous"), *sizes)
    larger = replace(shape, **{number: 16 * getattr(shape, number)})
    few, many = (worked_out(s, {QUICK: COSTS}) for s in (shape, larger))
    assert 0 < few.update < many.update


@given(st.floats(0.01, 100))
def test_a_slower_machine_is_slower_everywhere(factor):
    shape = replace(QUICK, rnn_units=512)
    slow = Costs(*(factor * part for part in vars(COSTS).values()))
    one, other = worked_out(shape, {QUICK: COSTS}), worked_out(shape, {QUICK: slow})
    assert other.update == pytest.approx(factor * one.update)
    assert other.saving == pytest.approx(factor * one.saving)


def test_the_nearest_measurement_counts_most():
    large = replace(QUICK, rnn_units=1_024)
    right, wrong = worked_out(large, {QUICK: COSTS}), {QUICK: replace(COSTS, update=100 * COSTS.update)}
    near = replace(large, rnn_units=900)
    found = worked_out(large, wrong | {near: worked_out(near, {QUICK: COSTS})})
    assert found.update == pytest.approx(right.update, rel=0.1)


def test_a_kind_that_nobody_knows_is_worked_out_from_the_others():
    unknown = replace(QUICK, kind=("transformer", "contiguous"))
    assert 0 < worked_out(unknown, {QUICK: COSTS}).update < 10 * COSTS.update
    assert not similar(unknown, QUICK)
    assert worked_out(replace(QUICK, kind=("lstm", "contiguous", "muon")), {QUICK: COSTS}).update > COSTS.update


def test_a_tenth_more_or_less_is_the_same_run():
    assert similar(QUICK, replace(QUICK, vocab_size=75, streams=3))
    assert not similar(QUICK, replace(QUICK, vocab_size=90))


def test_what_costs_no_time_makes_no_other_shape():
    one = RunSettings(ModelSettings(), TrainingSettings())
    for same in ({"learning_rate": 1e-3}, {"schedule": "constant"}, {"epochs": 99}, {"seed": 7}):
        assert Shape.of(100_000, 70, one.override(**same)) == Shape.of(100_000, 70, one)
    for other in ({"cell": "gru"}, {"order": "shuffled"}, {"dropout": 0.1}, {"batch_size": 64}):
        assert Shape.of(100_000, 70, one.override(**other)) != Shape.of(100_000, 70, one)
