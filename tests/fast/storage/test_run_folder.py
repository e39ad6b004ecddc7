"""The run folder: readable at any moment, and clear about what is wrong with it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charlm.errors import CannotWrite, CheckpointDamaged, CheckpointExists, CheckpointNotFound
from charlm.events import EpochFinished, RunFinished
from charlm.generation.shelf import Shelf
from charlm.settings import ModelSettings, TrainingSettings
from charlm.storage.card import FORMAT_VERSION, Card, CorpusFacts
from charlm.storage.run_folder import RunFolder
from charlm.storage.run_names import VISITORS, shared_name
from charlm.text import long_corpus
from charlm.text.corpus import Corpus, from_text
from charlm.text.long_corpus import LongCorpus
from charlm.text.vocabulary import Vocabulary

CORPUS = from_text("abc\n" * 30, "abc.txt")
CORPUS_AS_KEPT = Corpus("abc.txt", CORPUS.text, "utf-8")
EPOCHS = (
    EpochFinished(10, 1.0, loss=2.0, accuracy=0.3, val_loss=1.9, val_accuracy=0.3, seconds=5.0, best=True),
    EpochFinished(20, 2.0, loss=1.5, accuracy=0.4, val_loss=2.1, val_accuracy=0.3, seconds=9.0, best=False),
)
CARD = Card(
    name="mine",
    corpus=CorpusFacts(CORPUS.name, len(CORPUS.text), CORPUS.sha256),
    model=ModelSettings(),
    training=TrainingSettings(),
    vocabulary=Vocabulary.of(CORPUS.text),
    uniform_loss=1.386,
    frequency_loss=1.2,
    parameters=42,
    versions={"python": "3.12"},
    best=EPOCHS[0],
    commands=("python -m charlm train añb\u2028c",),
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@pytest.fixture
def folder(tmp_path):
    folder = RunFolder(tmp_path / "mine")
    folder.create(CARD, CORPUS)
    return folder


def test_a_card_comes_back_as_it_was_written(folder):
    assert folder.read_card() == CARD
    assert folder.read_card().best.epoch == 1.0
    assert folder.read_corpus().text == CORPUS.text


def test_a_run_never_overwrites_another(folder):
    with pytest.raises(CheckpointExists, match="--resume"):
        folder.create(CARD, CORPUS)


def test_nor_anything_else(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(CheckpointExists, match="other files"):
        RunFolder(tmp_path).create(CARD, CORPUS)


def test_a_start_that_was_killed_before_its_card_can_start_again(tmp_path):
    for name in ("corpus.txt", "_corpus.txt", "_card.json"):
        (tmp_path / name).write_text("half a te")
    RunFolder(tmp_path).create(CARD, CORPUS)
    assert RunFolder(tmp_path).read_card() == CARD


def test_no_folder_and_half_a_folder_are_told_apart(tmp_path):
    with pytest.raises(CheckpointNotFound):
        RunFolder(tmp_path / "nowhere").read_card()
    with pytest.raises(CheckpointDamaged, match=r"no card\.json"):
        RunFolder(tmp_path).read_card()


@pytest.mark.parametrize("damage", ["", "{", "[]", "{}", '{"format_version": 1, "name": 3}', "null"])
def test_a_damaged_card_is_a_kind_error(folder, damage):
    (folder.path / "card.json").write_text(damage)
    with pytest.raises(CheckpointDamaged, match="cannot be read"):
        folder.read_card()


def test_a_card_that_is_no_text_is_one_too(folder):
    (folder.path / "card.json").write_bytes(b"\xff\xfe\xfd")
    with pytest.raises(CheckpointDamaged, match="cannot be read"):
        folder.read_card()


def test_settings_out_of_their_limits_are_damage_too():
    values = json.loads(CARD.to_json())
    values["model"]["rnn_units"] = 10**9
    with pytest.raises(CheckpointDamaged, match="rnn_units"):
        Card.from_json(json.dumps(values))


def test_a_newer_format_says_so():
    with pytest.raises(CheckpointDamaged, match="newer charlm"):
        Card.from_json(json.dumps(json.loads(CARD.to_json()) | {"format_version": FORMAT_VERSION + 1}))


def test_what_an_older_card_does_not_know_was_not_used():
    values = json.loads(CARD.to_json()) | {"format_version": 2}
    for name in ("optimizer", "momentum", "adam_lr_ratio"):
        del values["training"][name]
    del values["model"]["weight_drop"]
    card = Card.from_json(json.dumps(values))
    assert (card.training.optimizer, card.model.weight_drop, card.format_version) == ("adam", 0.0, FORMAT_VERSION)
    assert (card.training.momentum, card.training.adam_lr_ratio) == (0.9, 2.0)


@pytest.mark.fuzz
@given(st.text())
def test_any_text_as_a_card_is_a_kind_error(text):
    with pytest.raises(CheckpointDamaged):
        Card.from_json(text)


@pytest.mark.fuzz
@given(st.data(), JSON)
def test_a_card_with_any_value_anywhere_is_a_kind_error_or_a_card(data, value):
    values = json.loads(CARD.to_json())
    inside = values
    while True:
        key = data.draw(st.sampled_from(list(inside) if isinstance(inside, dict) else range(len(inside))))
        if not inside[key] or not isinstance(inside[key], dict | list) or data.draw(st.booleans()):
            break
        inside = inside[key]
    inside[key] = value
    try:
        card = Card.from_json(json.dumps(values))
    except CheckpointDamaged:
        return
    assert Card.from_json(card.to_json()) == card


def test_a_line_cut_short_by_a_kill_is_left_out(folder):
    folder.append(EPOCHS[0])
    with folder.events_file.open("a") as file:
        file.write('{"event": "EpochFin')
    assert folder.events() == [EPOCHS[0]]


def test_events_that_no_weights_remember_are_forgotten(folder):
    for event in (*EPOCHS, RunFinished(20, "stopped", 2.0, 1.0, 1.9, 9.0)):
        folder.append(event)
    folder.forget_after(10)
    assert folder.events() == [EPOCHS[0]]


def test_a_failed_write_leaves_the_old_file(folder):
    def run_out_of_disk(path):
        Path(path).write_text("go")
        raise OSError(28, "No space left on device")

    folder.save_weights(folder.best_weights, lambda path: Path(path).write_text("good"))
    with pytest.raises(CannotWrite, match="No space left"):
        folder.save_weights(folder.best_weights, run_out_of_disk)
    assert folder.best_weights.read_text() == "good"
    assert not [p for p in folder.path.iterdir() if p.name.startswith("_")]


def test_the_shelf_shows_everybody_what_no_visitor_made(folder, tmp_path):
    shelf = Shelf(tmp_path)
    assert shelf.everybodys() == []
    assert not shelf.has("mine")  # it has no weights yet
    folder.best_weights.touch()
    assert shelf.has("mine")
    assert shelf.everybodys() == ["mine"]
    folder.path.rename(tmp_path / "mine-0123456789abcdef")  # a visitor's own: found by its id alone
    assert shelf.has("mine-0123456789abcdef")
    assert shelf.everybodys() == []
    assert not shelf.has("../mine/../../etc")


def test_a_long_text_stays_on_the_disk(folder, monkeypatch):
    assert folder.open_corpus() == CORPUS_AS_KEPT
    monkeypatch.setattr(long_corpus, "LONG", 10)
    there = {path.name for path in folder.path.iterdir()}
    corpus = folder.open_corpus()
    assert isinstance(corpus, LongCorpus)
    assert ("".join(corpus.pieces()), corpus.sha256) == (CORPUS.text, CORPUS.sha256)
    assert {path.name for path in folder.path.iterdir()} == there  # its ids have no name
    (folder.path / "corpus.txt").unlink()
    assert folder.open_corpus() is None


@pytest.mark.parametrize("change", [b"abc\n" * 29, b"abd\n" * 30, b"ab\xff\n" * 30])
def test_a_long_text_that_was_changed_is_a_kind_error(folder, monkeypatch, change):
    monkeypatch.setattr(long_corpus, "LONG", 10)
    (folder.path / "corpus.txt").write_bytes(change)
    with pytest.raises(CheckpointDamaged, match="not the text that this model learns"):
        folder.open_corpus()


def test_a_long_text_is_written_as_a_short_one_is(tmp_path, monkeypatch):
    monkeypatch.setattr(long_corpus, "LONG", 10)
    (tmp_path / "abc.txt").write_text(CORPUS.text)
    corpus = long_corpus.open_corpus(tmp_path / "abc.txt", tmp_path)
    for name, text in (("short", CORPUS), ("long", corpus)):
        RunFolder(tmp_path / name).create(CARD, text)
    for file in ("corpus.txt", "card.json"):
        assert (tmp_path / "long" / file).read_bytes() == (tmp_path / "short" / file).read_bytes()
    assert "abc" in RunFolder(tmp_path / "long").read_traces().words  # of a sample


def test_the_folder_keeps_the_traces_of_its_text(folder):
    assert "abc" in folder.read_traces().words
    (folder.path / "traces.json").unlink()
    assert not folder.read_traces().words


def test_a_shared_name_gives_the_model_and_not_the_run(folder, tmp_path):
    run = "mine-0123456789abcdef"
    folder.best_weights.touch()
    folder.path.rename(tmp_path / run)
    shelf, shared = Shelf(tmp_path), shared_name(run)
    assert shelf.has(shared)
    assert shelf.copy_finder(run) is not None
    assert shelf.copy_finder(shared) is None  # the text stays the visitor's own
    assert run not in shared
    assert not VISITORS.fullmatch(shared)
    assert not shelf.has(shared[:-1] + ("0" if shared[-1] != "0" else "1"))
    assert shared_name("shakespeare") == "shakespeare"
