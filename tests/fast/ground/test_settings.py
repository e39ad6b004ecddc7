"""Settings are checked when they are made, and give way to a short text."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charlm.errors import InvalidSetting, TextTooShort
from charlm.presets import PRESETS, RATES, fit_to_text, held_out, preset
from charlm.settings import ModelSettings, RunSettings, SamplingSettings, TrainingSettings


@pytest.mark.parametrize("bad", [0, -1, 5000, 1.5, math.nan, math.inf, "256", None, True])
def test_a_number_out_of_its_limits_is_refused_with_the_limits(bad):
    with pytest.raises(InvalidSetting, match=r"rnn_units is .* from 1 to 4,096"):
        ModelSettings(rnn_units=bad)


def test_a_choice_names_its_options():
    with pytest.raises(InvalidSetting, match="lstm, gru, rnn"):
        ModelSettings(cell="transformer")


def test_what_may_be_left_open_may_be_none():
    assert TrainingSettings(max_minutes=None, clip_norm=None).clip_norm is None


@pytest.mark.parametrize("temperature", [0, 0.01, 10])
def test_extreme_temperatures_are_welcome(temperature):
    assert SamplingSettings(temperature).temperature == temperature


def test_book_is_the_textbook():
    book = preset("book", 203_251)
    assert (book.model.embedding_dim, book.model.rnn_units, book.model.cell, book.model.layers) == (
        256,
        1024,
        "lstm",
        1,
    )
    t = book.training
    assert (t.seq_length, t.batch_size, t.epochs, t.order, t.learning_rate) == (100, 64, 50, "shuffled", 1e-3)
    assert (t.schedule, t.clip_norm, t.weight_decay, t.beta_2) == ("constant", None, 0, 0.999)


@pytest.mark.parametrize("name", PRESETS)
def test_every_number_of_a_preset_can_be_overridden(name):
    settings = preset(name, 1_000_000, epochs=3, rnn_units=7, cell="gru", max_minutes=1.5)
    assert (settings.training.epochs, settings.model.rnn_units, settings.model.cell) == (3, 7, "gru")
    assert settings.training.max_minutes == 1.5


def test_a_preset_reads_a_short_text_more_often():
    assert preset("quick", 30_000).training.epochs > preset("quick", 1_000_000).training.epochs >= 1


def test_a_text_that_is_read_more_often_gets_more_dropout():
    dropouts = [preset("quick", characters).model.dropout for characters in (10_000_000, 1_100_000, 300_000, 20_000)]
    assert dropouts[:2] == [0, 0]
    assert 0 < dropouts[2] < dropouts[3] < 0.5
    assert preset("balanced", 10_000_000).model.dropout == 0.3
    assert preset("book", 20_000).model.dropout == 0


def test_another_optimizer_gets_a_learning_rate_that_suits_it():
    assert preset("quick", 1_000_000).training.optimizer == "muon"
    assert preset("quick", 1_000_000, optimizer="adam").training.learning_rate == RATES["adam"]
    assert preset("quick", 1_000_000, optimizer="adam", learning_rate=0.3).training.learning_rate == 0.3
    assert preset("quick", 1_000_000, epochs=1).training.learning_rate == RATES["muon"]


def test_unknown_names_are_refused():
    with pytest.raises(InvalidSetting, match="no preset called 'turbo'"):
        preset("turbo", 1000)
    with pytest.raises(InvalidSetting, match="no setting called hidden_size"):
        RunSettings().override(hidden_size=3)


def test_the_split_is_the_fields_own():
    assert held_out(1_115_394) == 111_540


def test_a_text_of_300_characters_lowers_the_numbers_and_says_so():
    plan = fit_to_text(RunSettings().override(seq_length=100, batch_size=64), 300)
    assert plan.settings.training.seq_length == 29
    assert plan.settings.training.batch_size == 1
    assert len(plan.lowered) == 2
    assert "seq_length lowered from 100 to 29" in plan.lowered[0]


@pytest.mark.parametrize("characters", [1, 10, 40])
def test_a_text_without_two_windows_is_too_short(characters):
    with pytest.raises(TextTooShort, match="at least 41 characters"):
        fit_to_text(RunSettings(), characters)


def test_the_shortest_text_that_is_promised_is_enough():
    assert fit_to_text(RunSettings(), 41).settings.training.seq_length == 4


@given(st.integers(1, 10**7), st.integers(1, 4096), st.integers(1, 4096))
def test_what_is_fitted_always_gives_a_batch(characters, seq_length, batch_size):
    try:
        plan = fit_to_text(RunSettings().override(seq_length=seq_length, batch_size=batch_size), characters)
    except TextTooShort:
        assert characters <= 40
        return
    fitted, told = plan.settings.training, plan.lowered
    assert fit_to_text(plan.settings, characters) == replace(plan, lowered=())  # what fits is left as it is
    train = characters - held_out(characters)
    assert fitted.batch_size * (fitted.seq_length + 1) <= train
    assert fitted.seq_length < held_out(characters)
    assert len(told) == (fitted.seq_length < seq_length) + (fitted.batch_size < batch_size)
