"""What the first format left behind opens for ever: a stopped run, and a model as one file, as they were then."""

import shutil
from pathlib import Path

import pytest

import charlm
from charlm.events import EpochFinished, SampleWritten, of_kind
from charlm.export import onefile
from charlm.storage.card import FORMAT_VERSION
from charlm.storage.run_folder import RunFolder

HERE = Path(__file__).parent
WROTE = "the twaw h\nthanahe  aa hnhhdonahhoatten\nthha"  # what it wrote then, at temperature 0.5 with seed 1


@pytest.fixture
def folder(tmp_path):
    return RunFolder(shutil.copytree(HERE / "format_1", tmp_path / "format_1"))


def test_it_writes_what_it_wrote(folder):
    assert charlm.load(folder.path).generate("the ", 0.5, 40, 1) == WROTE


def test_its_card_tells_what_it_told(folder):
    card = folder.read_card()
    assert (card.corpus.name, card.corpus.length, card.model.rnn_units, card.training.epochs) == (
        "rhyme.txt",
        1025,
        8,
        4,
    )
    assert (card.best.epoch, card.best.val_loss) == (2.0, pytest.approx(2.21843, abs=1e-5))


@pytest.mark.parametrize("events", ["all of them", "none"])
def test_it_goes_on_and_keeps_its_history(folder, events):
    if events == "none":
        folder.events_file.unlink()
    before = of_kind(EpochFinished, folder.events())
    assert [e.epoch for e in before] == [1, 2]
    *_, last = charlm.resume(folder.path)
    assert last.reason == "finished"
    after = folder.events()
    assert of_kind(EpochFinished, after)[:2] == before
    assert [e.epoch for e in of_kind(EpochFinished, after)] == [1, 2, 3, 4]
    assert [s.epoch for s in of_kind(SampleWritten, after)] == [0, 1, 2, 3, 4]
    assert f'"format_version": {FORMAT_VERSION}' in (folder.path / "card.json").read_text()


def test_its_one_file_opens(tmp_path):
    charlm.import_model(HERE / "format_1.charlm.zip", tmp_path / "theirs")
    assert charlm.load(tmp_path / "theirs").generate("the ", 0.5, 40, 1) == WROTE
    assert [e.epoch for e in of_kind(EpochFinished, RunFolder(tmp_path / "theirs").events())] == [1, 2]
    charlm.export_model(tmp_path / "theirs", tmp_path / "again.charlm.zip")
    assert onefile.read(tmp_path / "again.charlm.zip")[1] == RunFolder(tmp_path / "theirs").events()
