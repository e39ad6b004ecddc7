"""The probe in a process of its own: what it answers, and when it is ended."""

import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from charlm.errors import InvalidSetting, TooBusy
from charlm.times.trial import Trial

# In place of the probe: an update takes as many seconds as the network has units.
PRETENDING = """import json, sys
units = json.loads(sys.argv[2])["settings"]["model"]["rnn_units"]
print(json.dumps({"start": 1, "setup": 1, "update": units, "scoring": 1, "saving": 1}))
"""
BROKEN = ["raise MemoryError", "", "print('{}')", "print('[1, 2]')", PRETENDING.replace("1,", "-1,")]
WAITS = "import pathlib, sys, time; pathlib.Path(sys.argv[1], 'begun').touch(); time.sleep(60)"


@pytest.fixture(autouse=True)
def temporary(monkeypatch, tmp_path):
    """The folder in which probes work, which is left empty."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield tmp_path
    assert list(tmp_path.iterdir()) == []


def quiet():
    return False


def trial(program, **patience):
    return Trial([sys.executable, "-c", program], **patience)


def test_the_probe_is_asked_for_exactly_these_settings(small):
    assert trial(PRETENDING)(1_000, 20, small, quiet).update == 8
    assert trial(PRETENDING)(1_000, 20, small.override(rnn_units=9), quiet).update == 9


def test_a_probe_that_takes_too_long_is_ended(small):
    with pytest.raises(InvalidSetting, match="within a minute"):
        trial(WAITS, patience=0.3)(1_000, 20, small, quiet)


def test_a_probe_that_is_in_the_way_is_ended(small, temporary):
    begun = time.monotonic()
    with ThreadPoolExecutor(1) as beside:
        asked = beside.submit(trial(WAITS), 1_000, 20, small, lambda: any(temporary.rglob("begun")))
        with pytest.raises(TooBusy, match="A run has begun"):
            asked.result()
    assert time.monotonic() - begun < 50
    assert not Path(temporary, "begun").exists()


@pytest.mark.parametrize("program", BROKEN)
def test_a_probe_without_an_answer_is_told(small, program):
    with pytest.raises(InvalidSetting, match="too little memory"):
        trial(program)(1_000, 20, small, quiet)
