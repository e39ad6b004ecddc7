"""What goes wrong from outside, with the real thing: nothing that was saved is lost, and the run can go on."""

import resource
from contextlib import contextmanager

import pytest

import charlm
from charlm.checkpoint import RunFolder
from charlm.errors import CannotWrite
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


def epochs(folder):
    return [e.epoch for e in folder.read_card().history]


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
