"""What is told at once, when a run is tried, and that nobody can have runs tried for ever."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event as Flag

import pytest

from charlm.errors import InvalidSetting, TextTooShort, TooBusy
from charlm.times import kept as room
from charlm.times.allowance import Allowance
from charlm.times.estimates import Times
from charlm.times.kept import Kept


def test_what_was_never_measured_is_not_told(kept, trial, small):
    assert Times(kept, trial).estimate(2_000, 20, small) is None


def test_after_one_trial_every_run_is_told_and_that_one_is_measured(kept, trial, small):
    times = Times(kept, trial)
    tried = times.try_out(2_000, 20, small)
    assert tried == times.estimate(2_000, 20, small)
    assert tried.measured
    larger = times.estimate(2_000, 20, small.override(rnn_units=200))
    assert not larger.measured
    assert larger.seconds > tried.seconds
    assert len(trial.asked) == 1


def test_epochs_and_the_length_of_the_text_need_no_other_trial(kept, trial, small):
    times = Times(kept, trial)
    few = times.try_out(50_000, 20, small)
    many = times.try_out(50_000, 20, small.override(epochs=30))
    long = times.try_out(200_000, 20, small)
    assert len(trial.asked) == 1
    assert many.seconds - 10 == pytest.approx(10 * (few.seconds - 10), rel=0.01)
    assert long.seconds - 10 == pytest.approx(4 * (few.seconds - 10), rel=0.01)


def test_a_short_text_is_tried_with_the_rows_it_has(kept, trial, small):
    Times(kept, trial).try_out(400, 20, small)
    assert trial.asked[0].training.batch_size == 2
    with pytest.raises(TextTooShort):
        Times(kept, trial).try_out(20, 5, small)


def test_all_doors_tell_the_same_time(tmp_path, trial, small):
    page, command_line = (Times(Kept(tmp_path / "times.json"), trial) for _ in range(2))
    assert page.try_out(2_000, 20, small) == command_line.try_out(2_000, 20, small)
    assert page.best(2_000, 20, small) == command_line.estimate(2_000, 20, small)
    assert len(trial.asked) == 1


def test_a_measurement_of_yesterday_is_made_again(kept, trial, small, monkeypatch):
    times = Times(kept, trial)
    times.try_out(2_000, 20, small)
    with monkeypatch.context() as patch:
        patch.setattr(room, "age", lambda then: 25 * 3600)
        assert not times.estimate(2_000, 20, small).measured
        assert times.was_tried(2_000, 20, small)
        times.try_out(2_000, 20, small)
    assert len(trial.asked) == 2


def test_beside_a_run_nothing_is_tried_but_the_very_first(kept, trial, small):
    times = Times(kept, trial, quiet=lambda: False)
    assert times.best(2_000, 20, small).measured
    assert not times.best(2_000, 20, small.override(rnn_units=100)).measured
    with pytest.raises(TooBusy, match="A run has begun"):
        times.try_out(2_000, 20, small.override(rnn_units=100))
    assert len(trial.asked) == 1


def test_who_asks_for_too_much_is_told_a_rough_time(kept, trial, small):
    times = Times(kept, trial, Allowance(most=0.001, share=0))
    answers = []
    for units in range(10, 200, 20):
        answers.append(times.best(2_000, 20, small.override(rnn_units=units)).measured)
        times._allowance.use(0.001)
    assert answers == [True] + 9 * [False]


def test_one_is_tried_at_a_time_and_the_others_are_told_a_rough_time(kept, trial, small):
    begun, go_on = Flag(), Flag()

    def slow(*asked):
        begun.set()
        go_on.wait()
        return trial(*asked)

    times = Times(kept, slow)
    go_on.set()
    times.try_out(2_000, 20, small)
    begun.clear()
    go_on.clear()
    with ThreadPoolExecutor(1) as beside:
        first = beside.submit(times.try_out, 2_000, 20, small.override(rnn_units=50))
        begun.wait()
        assert not times.best(2_000, 20, small.override(rnn_units=100)).measured
        with pytest.raises(TooBusy, match="One run is tried at a time"):
            times.try_out(2_000, 20, small.override(rnn_units=100), wait=False)
        go_on.set()
        assert first.result().measured


def test_a_trial_that_fails_is_told_and_the_next_one_has_its_turn(kept, trial, small):
    def fails(characters, vocab_size, settings, in_the_way):
        if settings.model.rnn_units > 1_000:
            raise InvalidSetting("too", "much", "memory")
        return trial(characters, vocab_size, settings, in_the_way)

    times = Times(kept, fails)
    with pytest.raises(InvalidSetting):
        times.best(2_000, 20, small.override(rnn_units=2_000))
    assert times.best(2_000, 20, small).measured
