"""From the seconds of a step to those of a run."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from charlm.errors import InvalidSetting, TooBusy
from charlm.settings import ModelSettings, RunSettings, TrainingSettings
from charlm.training.speeds import BETWEEN_EPOCHS, Estimate, Speeds, work_out


def test_a_run_is_its_first_step_its_epochs_and_their_scoring():
    training = TrainingSettings(epochs=3, seq_length=10, batch_size=10)
    found = work_out(1_001 * 10 // 9 + 1, training, compiling=5.0, step_seconds=0.5)  # 1,001 to learn, 112 held out
    assert found.characters_per_second == 200
    assert found.seconds == pytest.approx(5 + 3 * (10 * 0.5 + 112 / 200 / 3 + BETWEEN_EPOCHS))


def test_a_limit_in_minutes_holds():
    training = TrainingSettings(epochs=1_000, max_minutes=2)
    assert work_out(1_000_000, training, compiling=5.0, step_seconds=0.5).seconds == 120


def test_what_was_not_measured_is_not_told():
    assert Speeds().seconds("quick", 1_000_000) is None
    assert not Speeds().settled


SMALL = RunSettings(ModelSettings(rnn_units=8), TrainingSettings(epochs=3))
# In place of the probe: it says that a run takes as many seconds as epochs, and a second for each unit.
PRETENDING = """import json, sys
asked = json.load(sys.stdin)
print(json.dumps({"seconds": asked["training"]["epochs"], "characters_per_second": asked["model"]["rnn_units"]}))"""


def test_any_settings_are_tried_in_a_process_beside():
    speeds = Speeds([sys.executable, "-c", PRETENDING])
    assert speeds.estimate(1_000, 20, SMALL) == Estimate(3, 8)
    assert speeds.estimate(1_000, 20, SMALL.override(epochs=5)) == Estimate(5, 8)


def test_one_is_tried_at_a_time(tmp_path):
    waits = f"import pathlib, time\npathlib.Path({str(tmp_path / 'begun')!r}).touch()\ntime.sleep(60)"
    speeds = Speeds([sys.executable, "-c", waits], patience=2)
    with ThreadPoolExecutor(1) as beside:
        first = beside.submit(speeds.estimate, 1_000, 20, SMALL)
        while not (tmp_path / "begun").exists():
            time.sleep(0.01)
        with pytest.raises(TooBusy, match="can be tried at a time"):
            speeds.estimate(1_000, 20, SMALL)
        with pytest.raises(InvalidSetting, match="within a minute"):
            first.result()
    with pytest.raises(InvalidSetting, match="within a minute"):  # the next one's turn has come
        speeds.estimate(1_000, 20, SMALL)


def test_what_cannot_be_tried_is_told():
    with pytest.raises(InvalidSetting, match="too little memory"):
        Speeds([sys.executable, "-c", "raise MemoryError"]).estimate(1_000, 20, SMALL)
