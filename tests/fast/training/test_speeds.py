"""From the seconds of a step to those of a run."""

import pytest

from charlm.settings import TrainingSettings
from charlm.training.speeds import Speeds, work_out


def test_a_run_is_its_first_step_its_epochs_and_their_scoring():
    training = TrainingSettings(epochs=3, seq_length=10, batch_size=10)
    found = work_out(1_001 * 10 // 9 + 1, training, compiling=5.0, step_seconds=0.5)  # 1,001 to learn, 112 held out
    assert found.characters_per_second == 200
    assert found.seconds == pytest.approx(5 + 3 * (10 * 0.5 + 112 / 200 / 3))


def test_a_limit_in_minutes_holds():
    training = TrainingSettings(epochs=1_000, max_minutes=2)
    assert work_out(1_000_000, training, compiling=5.0, step_seconds=0.5).seconds == 120


def test_what_was_not_measured_is_not_told():
    assert Speeds().seconds("quick", 1_000_000) is None
    assert not Speeds().settled
