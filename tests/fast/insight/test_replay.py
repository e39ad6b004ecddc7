"""Back in time: every kept epoch answers the same question."""

import pytest

from charlm.errors import CheckpointDamaged, InvalidSetting, NoEpochs, UnknownCharacter
from charlm.events import EpochFinished
from charlm.insight.next_characters import next_characters
from charlm.insight.replay import OFFERED, replay
from charlm.settings import ModelSettings, TrainingSettings
from charlm.storage.card import Card, CorpusFacts
from charlm.storage.run_folder import RunFolder
from charlm.text.copies import CopyFinder
from charlm.text.corpus import from_text

TEXTS = {0.0: "\n hcte", 1.0: "\nthe tte hhe", 2.0: "\nthe cat\nthe hat"}  # what the network knows after each epoch


def scored(epoch, val_loss):
    return EpochFinished(round(10 * epoch), epoch, 1.0, 0.5, val_loss, 0.5, 1.0, best=True)


@pytest.fixture
def run(tmp_path, toy):
    """A run folder whose weights files hold the text that a toy has learnt by then."""
    corpus, folder = from_text("\nthe cat\nthe hat", "hats"), RunFolder(tmp_path / "run")
    facts = CorpusFacts(corpus.name, len(corpus.text), corpus.sha256)
    folder.create(Card("run", facts, ModelSettings(), TrainingSettings(), 1, toy.vocabulary, 3.0, 2.5, {}), corpus)
    (folder.path / "epochs").mkdir()
    for epoch, text in TEXTS.items():
        folder.epochs.file(epoch).write_text(text)
    folder.write_events([scored(1.0, 2.0), scored(2.0, 1.5)])
    return folder


@pytest.fixture
def load(toy_of):
    return lambda file: toy_of("".join(sorted(set("\nthe cat\nthe hat"))) + file.read_text())


def test_every_epoch_writes_from_the_same_start_with_the_same_dice(run, load):
    frames = list(replay(run, "the ", 0.5, 20, seed=3, load=load))
    assert [(f.epoch, f.val_loss) for f in frames] == [(0.0, None), (1.0, 2.0), (2.0, 1.5)]
    assert [f.start_text for f in frames] == ["the "] * 3
    for frame in frames:
        toy = load(run.epochs.file(frame.epoch))
        assert frame.text == "".join(piece for (piece,) in toy.compare("the ", [0.5], 20, 3))
        assert frame.characters == next_characters(toy, "the ", 0.5, count=OFFERED)


def test_it_is_told_how_much_of_a_frame_stands_word_for_word_in_the_text(run, load):
    finder = CopyFinder("".join(piece for (piece,) in load(run.epochs.file(2.0)).compare("the ", [0.5], 40, 3)))
    frames = list(replay(run, "the ", 0.5, 40, seed=3, load=load, finder=finder))
    assert [frame.copied for frame in frames] == [0.0, 0.0, 1.0]
    assert [frame.copied for frame in replay(run, "the ", load=load)] == [None] * 3


def test_they_come_one_at_a_time(run, load):
    loaded = []
    frames = replay(run, "the ", load=lambda file: loaded.append(file) or load(file))
    next(frames)
    assert loaded == [run.epochs.file(0)]


def test_an_epoch_that_is_thinned_away_meanwhile_is_left_out(run, load):
    def load_while_it_goes(file):
        if file == run.epochs.file(1):  # it was there a moment ago
            file.unlink()
            raise CheckpointDamaged("It is missing.", "", "")
        return load(file)

    frames = replay(run, "the ", load=load_while_it_goes)
    next(frames)
    assert [frame.epoch for frame in frames] == [2.0]


def test_damaged_weights_are_told(run, load):
    def refuse(file):
        raise CheckpointDamaged(f"{file.name} cannot be read.", "", "")

    with pytest.raises(CheckpointDamaged, match="cannot be read"):
        next(replay(run, "the ", load=refuse))


def test_what_was_answered_before_need_not_be_asked_again(run, load):
    kept = {}

    def remember(key, ask):
        if key not in kept:
            kept[key] = ask()
        return kept[key]

    def refuse(file):
        raise AssertionError(f"{file} was loaded again")

    first = list(replay(run, "the ", load=load, remember=remember))
    assert list(replay(run, "the ", load=refuse, remember=remember)) == first
    assert list(replay(run, "the ", seed=2, load=load, remember=remember)) != first  # another question
    assert len(kept) == 6


def test_a_model_without_epochs_says_why(run):
    for one in run.epochs.kept():
        one.file.unlink()
    with pytest.raises(NoEpochs, match="only one network"):
        next(replay(run, "the "))


@pytest.mark.parametrize(
    ("asked", "error"), [({"start_text": "THE"}, UnknownCharacter), ({"temperature": -1.0}, InvalidSetting)]
)
def test_what_cannot_be_is_refused_before_anything_is_loaded(run, asked, error):
    with pytest.raises(error):
        next(replay(run, **asked, load=lambda file: pytest.fail("a network was loaded")))
