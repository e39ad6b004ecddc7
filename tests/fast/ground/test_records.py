"""Records are converted and checked once: when a person makes them, or when they are read from a file."""

import math
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charlm.errors import InvalidSetting
from charlm.events import Event, SampleWritten, StepFinished
from charlm.presets import Plan
from charlm.records import from_json, settings_of, to_json
from charlm.settings import FIELDS, ModelSettings, RunSettings, SamplingSettings, TrainingSettings


@pytest.mark.parametrize("eight", [8, 8.0, np.int64(8), np.float32(8), np.array(8), np.uint8(8)])
def test_a_whole_number_is_one_however_it_is_written(eight):
    made = ModelSettings(rnn_units=eight)
    assert made.rnn_units == 8
    assert type(made.rnn_units) is int
    assert made == ModelSettings(rnn_units=8)


@pytest.mark.parametrize("half", [0.5, np.float32(0.5), np.float64(0.5), np.array(0.5)])
def test_and_so_is_any_other(half):
    assert SamplingSettings(temperature=half).temperature == 0.5
    assert type(SamplingSettings(temperature=half).temperature) is float
    assert type(SamplingSettings(temperature=1).temperature) is float


@pytest.mark.parametrize("wrong", ["8", True, None, 2.5, math.nan, math.inf, 10**400, [8], np.array([8, 8]), b"8"])
def test_what_is_no_whole_number_is_refused_by_name(wrong):
    with pytest.raises(InvalidSetting, match=r"rnn_units is .*Expected a whole number from 1 to 4,096"):
        ModelSettings(rnn_units=wrong)


def test_a_choice_is_one_of_its_options():
    with pytest.raises(InvalidSetting, match=r"cell is 'transformer'\. Expected one of: lstm, gru, rnn"):
        ModelSettings(cell="transformer")


def test_limits_are_told_in_digits():
    assert FIELDS["seed"].expected == "a whole number from 0 to 2,147,483,647"
    assert FIELDS["max_minutes"].expected == "a number from 0.001 to 100,000"
    assert FIELDS["learning_rate"].expected == "a number from 1e-08 to 100"


def test_a_form_finds_all_it_shows_of_a_setting():
    patience = settings_of(TrainingSettings)["patience"]
    assert (patience.default, patience.whole, patience.optional, patience.options) == (8, True, True, ())
    cell = FIELDS["cell"]
    assert (cell.default, cell.options, cell.meaning) == ("lstm", ("lstm", "gru", "rnn"), "kind of recurrent cell")
    assert all(setting.meaning for setting in FIELDS.values())


PLAN = Plan(RunSettings().override(epochs=3, max_minutes=1.5), ("seq_length lowered.",))


@pytest.mark.parametrize("record", [PLAN, RunSettings(), ModelSettings(), SamplingSettings(0)])
def test_a_record_comes_back_from_its_json(record):
    assert from_json(type(record), to_json(record), "it") == record


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "the line is '': invalid JSON"),
        ("[1]", r"the line is \[1\]: input should be an object"),
        ("[" * 100_000, "recursion limit"),
        ('{"event": "TeaTime", "step": 1}', "not an event"),
        ('{"event": ["a"]}', "not an event"),
        ('{"event": "SampleWritten", "step": 1, "epoch": 1.0}', "text is .*field required"),
        ('{"event": "SampleWritten", "step": 1, "epoch": 1.0, "text": 3}', "text is 3: input should be a valid string"),
        ('{"event": "SampleWritten", "step": -1, "epoch": 1.0, "text": ""}', "step is -1: input should be greater"),
        ('{"event": "SampleWritten", "step": 1.5, "epoch": 1.0, "text": ""}', "step is 1.5: input should be"),
        ('{"event": "SampleWritten", "step": true, "epoch": 1.0, "text": ""}', "step is True: input should be"),
        ('{"event": "SampleWritten", "step": 1%s, "epoch": 1.0, "text": ""}' % ("0" * 400), "step is 1.*less than"),
        ('{"event": "SampleWritten", "step": 1, "epoch": NaN, "text": ""}', "epoch is nan: input should be a finite"),
        ('{"event": "SampleWritten", "step": 1, "epoch": "1", "text": ""}', "epoch is '1': input should be a valid"),
        ('{"event": "SampleWritten", "step": 1, "epoch": 1, "text": "\\udc00"}', "surrogate"),
        ('{"event": "SampleWritten", "step": 1, "epoch": 1, "text": "", "more": 1}', "more is 1: unexpected"),
    ],
)
def test_a_line_that_is_no_event_says_where_and_why(line, told):
    with pytest.raises(ValueError, match=told):
        Event.from_json(line)


@pytest.mark.fuzz
@given(st.text())
def test_any_line_is_an_event_or_a_value_error(line):
    with suppress(ValueError):
        Event.from_json(line)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.integers(0, 2**62), st.floats(0, 1e6))
def test_an_event_comes_back_from_its_line(text, step, epoch):
    for event in (SampleWritten(step, epoch, text), StepFinished(step, epoch, 1.0, 0.5, 1e-3, 2.0, 100.0, 1.0)):
        assert Event.from_json(event.to_json()) == event
