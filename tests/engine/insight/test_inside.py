"""The inside of a model that has learnt a rhyme."""

import numpy as np
import pytest

import charlm
from charlm.errors import InvalidSetting
from charlm.events import StepFinished, of_kind
from charlm.insight.cells import read_cells
from charlm.insight.embedding import embedding
from charlm.insight.parts import parts
from charlm.insight.reach import BACK, reach, reach_curve
from charlm.insight.shortlist import shortlist
from charlm.insight.specimen import specimen
from charlm.insight.switched_off import switch_off
from charlm.network import activations
from charlm.settings import ModelSettings, RunSettings, TrainingSettings

TEXT = "the cat sat on the hat and that was that\n" * 5


@pytest.fixture(scope="module", params=["lstm", "gru", "rnn"])
def model(request, rhyme, tmp_path_factory):
    layers = 2 if request.param == "lstm" else 1
    small = RunSettings(
        ModelSettings(cell=request.param, layers=layers, rnn_units=24, embedding_dim=8),
        TrainingSettings(epochs=3, seq_length=16, batch_size=4),
    )
    out = tmp_path_factory.mktemp("runs") / "rhyme"
    list(charlm.train(rhyme, out, small))
    return charlm.load(out)


def test_what_was_recorded_leads_to_what_the_model_predicts(model):
    seen = read_cells(model, TEXT)
    told = activations.logits(model.network, seen.output[-1])
    np.testing.assert_allclose(told[:-1], model.expecting(TEXT), atol=1e-4)
    assert seen.shown.shape == (seen.layers, len(TEXT), 24)
    assert np.abs(seen.shown).max() <= 1
    for gate in seen.gates.values():
        assert gate.shape == seen.shown.shape
        assert 0 <= gate.min() <= gate.max() <= 1
    assert seen.along(0, 3).tolist() == seen.shown[0, :, 3].tolist()


def test_a_cell_that_is_not_there_is_refused(model):
    with pytest.raises(InvalidSetting, match="There is no cell 24"):
        read_cells(model, "the cat").along(0, 24)


def test_the_shortlist_reads_the_whole_text_and_tells_how_far_it_is(model):
    *on_the_way, last = shortlist(model, TEXT * 8)
    assert [one.read for one in on_the_way] == sorted(one.read for one in on_the_way)
    assert last.finished
    assert last.r.shape[:2] == (model.card.model.layers, 24)
    assert [abs(one.r) for one in last.followers] == sorted((abs(one.r) for one in last.followers), reverse=True)


def test_the_specimen_is_held_out_given_or_written(model, rhyme):
    *_, own = specimen(model, rhyme)
    assert (own.source, own.text) == ("held out", rhyme.text[-len(own.text) :])
    *_, other = specimen(model, charlm.corpus_of("The cat ☃ sat", "other"))
    assert (other.source, other.text) == ("given", "the cat  sat")
    *_, written = specimen(model, longest=200)
    assert (written.source, len(written.text)) == ("written", 200)


def test_a_character_leans_on_those_before_it(model):
    seen = read_cells(model, TEXT)
    assert reach(model, seen, 0).norms.shape == (0,)
    assert reach(model, seen, 7).norms.shape == (7,)
    far = reach(model, seen, 150).norms
    assert far.shape == (BACK,)
    assert far[:5].mean() > far[-5:].mean()
    assert len(reach_curve(model, seen)) == BACK
    assert len(reach_curve(model, read_cells(model, "the"))) >= 1
    with pytest.raises(InvalidSetting):
        reach(model, seen, len(TEXT))


def test_a_cell_switched_off_changes_what_is_written_and_costs_something(model):
    steps = list(switch_off(model, 0, 5, TEXT, feature="after a space", start_text="the ", length=80, temperature=1.0))
    last = steps[-1]
    assert last.finished
    assert len(last.text) == len(last.without) == 80
    assert last.text == "".join(model.stream("the ", 1.0, 80, 1))  # with the cell it writes what it always writes
    assert last.cost.characters == len(TEXT) - 1
    assert last.feature_cost.characters == TEXT[:-1].count(" ")
    assert last.cost.with_cell == pytest.approx(_nats(model), rel=0.02)
    assert last.cost.without != last.cost.with_cell


def _nats(model):
    seen = charlm.surprise(model, TEXT)
    return sum(c.bits for c in seen.characters[1:]) / (len(TEXT) - 1) * np.log(2)


def test_held_at_its_mean_it_costs_less_than_at_a_value_it_never_has(model):
    mean, zero = (list(switch_off(model, 0, 5, TEXT, at=at, length=5))[-1] for at in ("mean", "zero"))
    assert zero.held == 0
    assert mean.held == pytest.approx(read_cells(model, TEXT[:200]).memory[0, :, 5].mean(), abs=0.1)


def test_the_table_before_learning_is_drawn_again(model):
    found = embedding(model)
    assert found.table.shape == (len(model.vocabulary), 8)
    assert found.before is not None
    assert not np.array_equal(found.before, found.table)


def test_the_parts_add_up_to_the_card(model):
    assert sum(part.parameters for part in parts(len(model.vocabulary), model.card.model)) == model.card.parameters


def test_every_step_tells_its_gradients_norm(rhyme, tmp_path):
    small = RunSettings(ModelSettings(rnn_units=8), TrainingSettings(epochs=1, seq_length=16, batch_size=4))
    steps = of_kind(StepFinished, charlm.train(rhyme, tmp_path / "run", small))
    assert steps
    assert all(step.gradient_norm > 0 for step in steps)
