"""How long a run will take, worked out from a few of its steps."""

import pytest

from charlm.errors import TextTooShort
from charlm.probe import estimate, work_out
from charlm.settings import ModelSettings, RunSettings, TrainingSettings

SMALL = RunSettings(ModelSettings(rnn_units=8), TrainingSettings(epochs=3, seq_length=16, batch_size=4))


def test_a_run_is_its_first_step_its_epochs_and_their_scoring():
    training = TrainingSettings(epochs=3, seq_length=10, batch_size=10)
    found = work_out(1_001 * 10 // 9 + 1, training, compiling=5.0, step_seconds=0.5)  # 1,001 to learn, 112 held out
    assert found.characters_per_second == 200
    assert found.seconds == pytest.approx(5 + 3 * (10 * 0.5 + 112 / 200 / 3))


def test_a_limit_in_minutes_holds():
    training = TrainingSettings(epochs=1_000, max_minutes=2)
    assert work_out(1_000_000, training, compiling=5.0, step_seconds=0.5).seconds == 120


def test_it_tries_the_settings_on_this_machine():
    few, many = (estimate(2_000, 20, SMALL.override(epochs=e), probe_seconds=0.05) for e in (1, 100_000))
    assert 0 < few.seconds < many.seconds
    assert few.characters_per_second > 0


def test_a_text_that_cannot_be_learnt_has_no_time():
    with pytest.raises(TextTooShort):
        estimate(20, 5, SMALL)
