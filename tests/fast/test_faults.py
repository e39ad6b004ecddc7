"""What goes wrong from outside: damaged files, killed processes, a full disk, a clock that jumps, two apps at once.

Whatever it is: a person is told in words and can go on, the others do not notice, and nothing that was saved is lost.
"""

from contextlib import suppress

import pytest

from charlm.checkpoint import Card, RunFolder
from charlm.corpus import from_text
from charlm.errors import CannotWrite, CharlmError, CheckpointDamaged
from charlm.events import EpochFinished, SampleWritten
from charlm.settings import RunSettings
from charlm.shelf import Shelf
from charlm.vocabulary import Vocabulary

TEXT = from_text("a rhyme that is long enough to be learnt\n" * 30, "My rhyme.txt")
EPOCH, SAMPLE = EpochFinished(10, 1.0, 2.0, 0.3, 1.9, 0.3, 5.0, True), SampleWritten(10, 1.0, "a rhyme")
DAMAGES = {
    "empty": b"",
    "cut short": b'{"format_version": 1, "na',
    "noise": bytes(range(256)) * 9,
    "zeros": bytes(4096),
    "another shape": b'{"format_version": 1, "event": "RunFinished", "submitted": "now", "words": 3}\n',
    "one line without end": b"x" * 5_000_000,
    "JSON without end": b"[" * 100_000,
    "a folder": None,
}
damaged = pytest.mark.parametrize("damage", DAMAGES)


def spoil(file, damage):
    """Put that in the place of a file."""
    file.unlink(missing_ok=True)
    file.mkdir() if DAMAGES[damage] is None else file.write_bytes(DAMAGES[damage])


def model(path):
    """A run folder with all that a model has, but weights that nobody could load."""
    folder = RunFolder(path)
    vocabulary, numbers = Vocabulary.of(TEXT.text), {"uniform_loss": 2.9, "frequency_loss": 2.6, "parameters": 42}
    about = {"corpus_name": TEXT.name, "corpus_length": len(TEXT.text), "corpus_sha256": TEXT.sha256}
    folder.create(Card(path.name, vocabulary, RunSettings(), **about, **numbers, versions={}, history=(EPOCH,)), TEXT)
    folder.append(EPOCH)
    folder.best_weights.touch()
    return folder


# --- A damaged run folder


@damaged
@pytest.mark.parametrize("name", ["card.json", "corpus.txt", "traces.json", "events.jsonl"])
def test_whatever_a_file_holds_it_is_read_or_refused_in_words(tmp_path, name, damage):
    broken, _ = model(tmp_path / "broken"), model(tmp_path / "sound")
    spoil(broken.path / name, damage)
    shelf = Shelf(tmp_path)
    for read in (broken.read_card, broken.read_corpus, broken.read_traces, broken.events):
        with suppress(CharlmError):
            read()
    assert "sound" in shelf.everybodys()
    assert shelf.has("broken") == (name != "card.json")


def test_a_text_that_was_changed_is_not_the_one_it_learnt(tmp_path):
    folder = model(tmp_path / "run")
    (folder.path / "corpus.txt").write_text("another text")
    with pytest.raises(CheckpointDamaged, match=r"not the text .* learnt is untouched"):
        folder.read_corpus()


def test_what_a_damaged_line_stood_between_is_still_told(tmp_path):
    folder = model(tmp_path / "run")
    with folder.events_file.open("ab") as file:
        file.write(b'\0\0\0\xff{"event": "SampleWri\n')
    folder.append(SAMPLE)
    assert folder.events() == [EPOCH, SAMPLE]


def test_half_a_file_does_not_keep_the_room_that_is_missing(tmp_path):
    def run_out_of_disk(path):
        with open(path, "w") as file:
            file.write("half of i")
        raise OSError(28, "No space left on device")

    folder = model(tmp_path / "run")
    with pytest.raises(CannotWrite, match="No space left"):
        folder.save_weights(folder.last_weights, run_out_of_disk)
    assert not list(folder.path.glob("_*"))
