"""What goes wrong from outside, with the real thing: nothing that was saved is lost, and the run can go on."""

import resource
import shutil
from contextlib import contextmanager

import pytest

import charlm
from charlm.checkpoint import RunFolder
from charlm.errors import CannotResume, CannotWrite, CheckpointDamaged
from charlm.events import EpochFinished, RunFinished
from charlm.settings import RunSettings

SMALL = RunSettings().override(rnn_units=12, embedding_dim=8, seq_length=16, batch_size=4, epochs=3)


@contextmanager
def room_for(size):
    """No file may become larger, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture(scope="module")
def whole(rhyme, tmp_path_factory):
    """The folder of a run that nothing happened to."""
    out = tmp_path_factory.mktemp("runs") / "whole"
    list(charlm.train(rhyme, out, SMALL))
    return out


@pytest.fixture
def folder(whole, tmp_path):
    """A copy of it, to be broken."""
    return RunFolder(shutil.copytree(whole, tmp_path / "run"))


def epochs(folder):
    """Those that are kept, which the card and the events must agree on."""
    scored = [e.epoch for e in folder.read_card().history]
    assert scored == [e.epoch for e in folder.events() if isinstance(e, EpochFinished)]
    return scored


# --- A full disk


@pytest.mark.parametrize("room", [90, 900, 1_100, 9_000, 30_000])  # traces, text, card, network, all for going on
def test_a_full_disk_is_told_in_words_and_with_room_the_run_goes_on(rhyme, tmp_path, room):
    folder = RunFolder(tmp_path / "run")
    with pytest.raises(CannotWrite, match=r"could not be written \(File too large\)"), room_for(room):
        list(charlm.train(rhyme, folder.path, SMALL))
    begun = (folder.path / "card.json").exists()
    *_, last = charlm.resume(folder.path) if begun else charlm.train(rhyme, folder.path, SMALL)
    assert last.reason == "finished"
    assert epochs(folder) == [1, 2, 3]


# --- A damaged run folder


@pytest.mark.parametrize("left", [0, 0.5, 0.9])
def test_epochs_that_the_events_have_lost_come_back_from_the_card(folder, left):
    card, content = folder.read_card(), folder.events_file.read_bytes()
    folder.events_file.write_bytes(content[: int(left * len(content))] + b"\xff\0{[" * 9)
    *_, last = charlm.resume(folder.path, epochs=4)
    assert last.reason == "finished"
    assert epochs(folder) == [1, 2, 3, 4]
    assert folder.read_card().history[:3] == card.history
    assert folder.read_card().samples[:4] == card.samples


def test_a_run_without_its_last_weights_keeps_what_it_has(folder):
    folder.last_weights.unlink()
    best, card = folder.best_weights.read_bytes(), folder.read_card()
    with pytest.raises(CheckpointDamaged, match="is missing"):
        list(charlm.resume(folder.path, epochs=9))
    assert (folder.best_weights.read_bytes(), folder.read_card()) == (best, card)


# --- Killed


def test_killed_when_all_was_done_but_told_it_tells_it(folder):
    untold = [e for e in folder.events() if not isinstance(e, RunFinished)]
    folder.events_file.write_text("".join(e.to_json() + "\n" for e in untold))
    *_, last = charlm.resume(folder.path)
    assert (last.reason, epochs(folder)) == ("finished", [1, 2, 3])
    with pytest.raises(CannotResume, match="has finished"):
        list(charlm.resume(folder.path))
