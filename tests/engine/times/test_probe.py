"""The probe begins a run for real."""

from dataclasses import asdict

import pytest

from charlm.network.rows import FEWEST_ROWS
from charlm.presets import held_out
from charlm.settings import ModelSettings, RunSettings, TrainingSettings
from charlm.times import arithmetic
from charlm.times.costs import STREAMS, WINDOW, Shape
from charlm.times.estimates import Times
from charlm.times.kept import Kept
from charlm.times.probe import try_run
from charlm.training import evaluation

SMALL = RunSettings(ModelSettings(rnn_units=8), TrainingSettings(epochs=3, seq_length=16, batch_size=4))


OTHER_KINDS = [
    {},
    {"cell": "gru", "layers": 2},
    {"order": "shuffled", "schedule": "constant"},
    {"dropout": 0.5},
    {"optimizer": "muon"},
]


@pytest.mark.parametrize("changes", OTHER_KINDS)
def test_every_kind_of_run_has_its_costs(tmp_path, changes):
    costs = try_run(tmp_path, 2_000, 20, SMALL.override(**changes), start=1.0, seconds=0.05)
    assert all(seconds > 0 for seconds in asdict(costs).values())
    assert costs.setup > costs.update  # it compiles
    assert costs.update < 1


def test_a_large_alphabet_and_a_short_text_are_tried_as_they_are(tmp_path):
    tiny = SMALL.override(seq_length=4, batch_size=1, epochs=1)
    costs = try_run(tmp_path, 60, 4_000, tiny, start=1.0, seconds=0.01)
    assert costs.update > 0


def test_a_process_answers_and_what_it_measured_is_kept(tmp_path):
    times = Times(Kept(tmp_path / "times.json"))
    tried = times.try_out(2_000, 20, SMALL)
    assert tried.measured
    assert 0 < tried.seconds < 60
    assert Times(Kept(tmp_path / "times.json")).estimate(2_000, 20, SMALL) == tried
    assert times.estimate(2_000, 20, SMALL.override(epochs=100_000)).seconds > tried.seconds


def test_the_arithmetic_knows_how_a_text_is_scored_and_cut():
    assert (STREAMS, WINDOW, arithmetic.FEWEST_ROWS) == (evaluation.STREAMS, evaluation.WINDOW, FEWEST_ROWS)
    for characters in (100, 5_000, 40_000, 10**6):
        rows = max(1, min(evaluation.STREAMS, held_out(characters) // evaluation.WINDOW))
        assert Shape.of(characters, 20, SMALL).streams == rows
