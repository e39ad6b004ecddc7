"""A model that comes with charlm is named from any folder, and never stands in the way of one's own."""

import pytest

from charlm.errors import CheckpointNotFound
from charlm.storage.run_folder import RunFolder
from charlm.storage.shipped import NAMES, PLACE, find_model


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """A folder in which a person works."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_its_name_is_enough(name):
    folder = RunFolder(find_model(name))
    assert folder.read_card().parameters > 0
    assert folder.best_weights.exists()


def test_ones_own_model_of_that_name_goes_first(elsewhere):
    (elsewhere / "quijote").mkdir()
    (elsewhere / "quijote" / "card.json").write_text("damaged, perhaps, but mine")
    assert find_model("quijote").resolve() == elsewhere / "quijote"
    assert find_model("shakespeare") == PLACE / "shakespeare"


def test_a_folder_or_file_that_only_has_its_name_hides_nothing(elsewhere):
    (elsewhere / "quijote").mkdir()
    (elsewhere / "shakespeare").write_text("To be, or not to be")
    assert [find_model(name) for name in NAMES] == [PLACE / name for name in NAMES]


@pytest.mark.parametrize("name", ["./quijote", "quijote/", "nowhere", "n" * 300])
def test_a_path_is_a_path_and_a_wrong_name_hears_the_right_ones(name):
    with pytest.raises(CheckpointNotFound, match="or one of: lamplighter-film, molino-film, quijote, shakespeare"):
        find_model(name)
