"""A model as one file, out of a run folder and into another."""

import pytest

import charlm
from charlm.errors import CannotResume, CannotWrite, CheckpointDamaged, CheckpointExists
from charlm.events import EpochFinished, of_kind
from charlm.generation.shelf import Shelf
from charlm.network import weights
from charlm.network.model import CharacterModel
from charlm.presets import preset
from charlm.settings import ModelSettings
from charlm.storage.run_folder import RunFolder


@pytest.fixture(scope="module")
def mine(rhyme, tmp_path_factory):
    """The folder of a trained model."""
    folder = tmp_path_factory.mktemp("models") / "mine"
    settings = preset("quick", len(rhyme.text), cell="gru", layers=2, rnn_units=12, embedding_dim=8, epochs=2)
    for _ in charlm.train(rhyme, folder, settings, command="python -m charlm train /home/anna/rhyme.txt"):
        pass
    return folder


@pytest.fixture
def file(mine, tmp_path):
    return charlm.export_model(mine, tmp_path / "rhyme.charlm.zip")


@pytest.mark.parametrize("layers", [1, 2, 3])
@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_names_and_shapes_are_those_of_the_network(cell, layers):
    settings = ModelSettings(cell, rnn_units=5, embedding_dim=3, layers=layers)
    network, expected = CharacterModel(7, settings), weights.shapes(7, settings)
    assert [tuple(w.shape) for w in network.weights] == list(expected.values())
    assert [w.name for w in network.weights] == [name.rsplit(".")[-1] for name in expected]
    assert weights.size(expected) == 4 * network.count_params()


def test_what_comes_out_writes_what_went_in(mine, file, tmp_path):
    card = charlm.import_model(file, tmp_path / "theirs")
    before, after = charlm.load(mine), charlm.load(tmp_path / "theirs")
    assert (card.name, card.commands, after.card) == ("theirs", (), card)
    assert card.best == before.card.best
    told, known = RunFolder(tmp_path / "theirs").events(), RunFolder(mine).events()
    assert of_kind(EpochFinished, told) == of_kind(EpochFinished, known)
    assert all((a == b).all() for a, b in zip(*(m.network.get_weights() for m in (before, after)), strict=True))
    assert before.generate("the ", seed=1) == after.generate("the ", seed=1)


def test_the_shelf_takes_it_like_any_other(file, tmp_path):
    charlm.import_model(file, tmp_path / "shelf" / "theirs")
    shelf = Shelf(tmp_path / "shelf")
    assert shelf.everybodys() == ["theirs"]
    assert len(shelf.take("theirs").generate(length=9)) == 9


def test_an_empty_folder_will_do_but_no_other(mine, file, tmp_path):
    (tmp_path / "empty").mkdir()
    charlm.import_model(file, tmp_path / "empty")
    for used in (mine, tmp_path / "empty", file):
        with pytest.raises(CheckpointExists):
            charlm.import_model(file, used)


def test_what_is_refused_leaves_nothing_behind(file, tmp_path, monkeypatch):
    def run_out_of_disk(*_):
        raise OSError(28, "No space left on device")

    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(CheckpointDamaged):
        charlm.import_model(file, tmp_path / "theirs")
    file.write_bytes(file.read_bytes() + b"\0")
    monkeypatch.setattr(CharacterModel, "save_weights", run_out_of_disk)
    with pytest.raises(CannotWrite, match="No space left"):
        charlm.import_model(file, tmp_path / "theirs")
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_is_never_overwritten(mine, file):
    with pytest.raises(CheckpointExists, match="There is a file"):
        charlm.export_model(mine, file)


def test_a_damaged_model_is_not_given_away(mine, file, tmp_path):
    charlm.import_model(file, tmp_path / "theirs")
    (tmp_path / "theirs" / "best.weights.h5").write_bytes(b"half")
    with pytest.raises(CheckpointDamaged):
        charlm.export_model(tmp_path / "theirs", tmp_path / "half.zip")
    assert not (tmp_path / "half.zip").exists()


@pytest.mark.parametrize("text_given", [False, True])
def test_it_does_not_learn_on_and_stays_as_it_is(file, tmp_path, rhyme, text_given):
    card = charlm.import_model(file, tmp_path / "theirs")
    weights = (tmp_path / "theirs" / "best.weights.h5").read_bytes()
    with pytest.raises(CannotResume, match="only a finished network"):
        list(charlm.resume(tmp_path / "theirs", rhyme if text_given else None, epochs=9))
    assert (tmp_path / "theirs" / "best.weights.h5").read_bytes() == weights
    assert RunFolder(tmp_path / "theirs").read_card() == card
