"""How long a run will take, worked out from a few of its steps."""

import pytest

from charlm.errors import TextTooShort
from charlm.settings import ModelSettings, RunSettings, TrainingSettings
from charlm.training.probe import estimate
from charlm.training.speeds import Speeds

SMALL = RunSettings(ModelSettings(rnn_units=8), TrainingSettings(epochs=3, seq_length=16, batch_size=4))


def test_it_tries_the_settings_on_this_machine():
    few, many = (estimate(2_000, 20, SMALL.override(epochs=e), probe_seconds=0.05) for e in (1, 100_000))
    assert 0 < few.seconds < many.seconds
    assert few.characters_per_second > 0


def test_a_text_that_cannot_be_learnt_has_no_time():
    with pytest.raises(TextTooShort):
        estimate(20, 5, SMALL)


def test_a_process_beside_answers_for_the_settings_it_is_sent():
    assert 0 < Speeds().estimate(2_000, 20, SMALL).seconds < 60
