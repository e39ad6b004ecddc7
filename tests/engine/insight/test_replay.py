"""Back in time with real networks."""

import pytest

import charlm
from charlm.generation.company import Company
from charlm.generation.epochs import EpochLoader
from charlm.generation.programs import programs
from charlm.insight.replay import replay
from charlm.settings import RunSettings
from charlm.storage.run_folder import RunFolder

SMALL = RunSettings().override(
    rnn_units=12, embedding_dim=8, seq_length=16, batch_size=4, epochs=4, learning_rate=0.03, cell="gru"
)


@pytest.fixture(scope="module")
def run(rhyme, tmp_path_factory):
    out = tmp_path_factory.mktemp("film") / "run"
    list(charlm.train(rhyme, out, SMALL))
    return RunFolder(out)


def test_it_begins_before_learning_and_ends_with_what_the_run_can_write(run):
    frames = list(replay(run, "the ", 0.5, 40, seed=3))
    assert [f.epoch for f in frames] == [0, 1, 2, 3, 4]
    assert run.read_card().best.epoch == 4
    assert "the " + frames[-1].text == charlm.load(run.path).generate("the ", 0.5, 40, 3)
    before, after = ({c.character: c.probability for c in frames[i].characters} for i in (0, -1))
    assert after["c"] + after["h"] > 0.5 > before["c"] + before["h"]  # "the cat", "the hat"


def test_in_company_every_text_is_the_same(run):
    alone, in_company = replay(run, "the "), replay(run, "the ", load=EpochLoader(run.read_card(), Company()))
    assert list(alone) == list(in_company)


def test_all_epochs_share_the_programs_of_their_shape(run):
    card = run.read_card()
    loader = EpochLoader(card)
    read = programs(len(card.vocabulary), card.model).read
    list(replay(run, "the ", load=loader))
    compiled = read.experimental_get_tracing_count()
    list(replay(run, "the cat ", seed=9, load=EpochLoader(card)))
    assert read.experimental_get_tracing_count() == compiled


def test_damaged_weights_are_refused(run, tmp_path):
    (tmp_path / "epoch-0001.00.weights.h5").write_bytes(b"no weights")
    with pytest.raises(charlm.CharlmError, match="cannot be read"):
        EpochLoader(run.read_card())(tmp_path / "epoch-0001.00.weights.h5")


def test_the_film_is_there_from_python(run):
    assert next(charlm.replay(run.path, length=5)).epoch == 0
