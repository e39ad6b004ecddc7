"""What one visitor may ask of a machine, set by whoever hosts it."""

import time
from dataclasses import fields

import pytest

from charlm.errors import InvalidSetting, TextTooLong
from charlm.runs import clock
from charlm.runs.limits import Limits, variable_of
from charlm.settings import RunSettings
from charlm.ui.choices import check


def test_the_environment_sets_them():
    assert Limits.from_environment({}) == Limits()
    set_up = {"CHARLM_MAX_EPOCHS": "7", "CHARLM_MAX_MINUTES": "1.5", "CHARLM_KEEP_HOURS": "24", "CHARLM_MAX_UNITS": ""}
    limits = Limits.from_environment(set_up)
    assert (limits.epochs, limits.minutes, limits.keep_hours, limits.units) == (7, 1.5, 24, Limits().units)


@pytest.mark.parametrize("name", [f.name for f in fields(Limits)])
@pytest.mark.parametrize("value", ["many", "-1", "nan", "inf", "9" * 400, "1e99"])
def test_a_wrong_variable_is_named(name, value):
    with pytest.raises(InvalidSetting, match=rf"{variable_of(name)} is .* Expected a (whole )?number from"):
        Limits.from_environment({variable_of(name): value})


def test_a_run_gets_the_minutes_there_are():
    limits = Limits(minutes=5)
    assert limits.allow(RunSettings()).training.max_minutes == 5
    assert limits.allow(RunSettings().override(max_minutes=2.0)).training.max_minutes == 2
    assert limits.allow(RunSettings().override(max_minutes=60.0)).training.max_minutes == 5


def test_files_and_outputs_have_a_size():
    with pytest.raises(TextTooLong, match=r"6\.0 MB"):
        Limits(upload_mb=5).check_size(6 * 2**20)
    with pytest.raises(InvalidSetting, match="length is 10,000"):
        Limits().check_length(10_000)


@pytest.mark.parametrize("jump", [-3e7, 3e7])
def test_a_clock_that_is_set_makes_nothing_older(monkeypatch, jump):
    monkeypatch.setattr(time, "time", lambda true=time.time: true() + jump)
    written = time.time()  # after the jump
    assert clock.age(written) < 60
    assert abs(clock.now() - (time.time() - jump)) < 60


def test_one_setting_is_judged_by_itself():
    strict = Limits(units=32)  # less than any preset has
    strict.check_setting("epochs", 5)
    strict.check_setting("cell", "lstm")
    with pytest.raises(InvalidSetting, match="rnn_units is 33"):
        strict.check_setting("rnn_units", 33)
    assert check("epochs", 5.0, strict)["is_valid"]
