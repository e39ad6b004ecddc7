"""A run and its folder: what is learnt is kept, and what is interrupted goes on as if nothing had happened."""

import itertools
import os
import shutil
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

import charlm
from charlm.errors import CannotResume, CheckpointDamaged, TextTooShort, TrainingDiverged, UnknownCharacter
from charlm.events import EpochFinished, Event, RunFinished, RunStarted, SampleWritten, StepFinished, of_kind
from charlm.runs import recorder
from charlm.settings import RunSettings
from charlm.storage import run_folder
from charlm.storage.card import CorpusFacts
from charlm.storage.run_folder import RunFolder
from charlm.text import long_corpus
from charlm.text.corpus import from_text
from charlm.text.ngrams import five_gram_loss

SMALL = RunSettings().override(
    rnn_units=12, embedding_dim=8, seq_length=16, batch_size=4, epochs=4, learning_rate=0.01, dropout=0.2
)


@pytest.fixture(scope="module")
def whole(rhyme, tmp_path_factory):
    """An uninterrupted run: its folder and its events."""
    out = tmp_path_factory.mktemp("runs") / "whole"
    return RunFolder(out), list(charlm.train(rhyme, out, SMALL))


def curve(folder: RunFolder) -> list[tuple[float, ...]]:
    return [(e.epoch, e.step, e.loss, e.val_loss) for e in of_kind(EpochFinished, folder.events())]


def scored_epochs(folder: RunFolder) -> list[float]:
    return [e.epoch for e in of_kind(EpochFinished, folder.events())]


def test_the_folder_holds_all_of_it(whole, rhyme):
    folder, events = whole
    card = folder.read_card()
    told = folder.events()
    assert scored_epochs(folder) == [1, 2, 3, 4]
    assert [s.epoch for s in of_kind(SampleWritten, told)] == [0, 1, 2, 3, 4]
    assert card.best == min(of_kind(EpochFinished, told), key=lambda e: e.val_loss)
    assert card.corpus == CorpusFacts("rhyme", 1025, rhyme.sha256)
    assert folder.read_corpus().text == rhyme.text
    assert [one.epoch for one in folder.epochs.kept()] == [0, 1, 2, 3, 4]
    assert card.five_gram_loss == events[0].five_gram_loss == five_gram_loss(rhyme.text)
    assert isinstance(events[0], RunStarted)
    assert events[-2] == of_kind(SampleWritten, told)[-1] or isinstance(events[-2], EpochFinished)


def test_it_has_learnt_something(whole):
    card = whole[0].read_card()
    assert card.best.val_loss < card.frequency_loss < card.uniform_loss


def test_the_best_epoch_is_what_is_loaded(whole, rhyme):
    folder, _ = whole
    scored = charlm.evaluate(charlm.load(folder.path), rhyme)
    assert scored.val_loss == pytest.approx(folder.read_card().best.val_loss, rel=1e-4)


def test_a_model_works_after_its_text_was_deleted_and_its_folder_renamed(whole, tmp_path):
    moved = tmp_path / "moved"
    shutil.copytree(whole[0].path, moved, ignore=shutil.ignore_patterns("corpus.txt", "epochs", "events*"))
    assert charlm.load(moved).generate("the ", length=20, seed=1) == charlm.load(whole[0].path).generate(
        "the ", length=20, seed=1
    )
    with pytest.raises(CannotResume, match="The text of this run is gone"):
        list(charlm.resume(moved, epochs=9))


def test_a_finished_network_alone_does_not_learn_on_and_is_not_overwritten(whole, tmp_path, rhyme):
    moved = tmp_path / "moved"
    shutil.copytree(whole[0].path, moved, ignore=shutil.ignore_patterns("corpus.txt", "last*", "epochs", "events*"))
    weights = (moved / "best.weights.h5").read_bytes()
    for text in (None, rhyme):
        with pytest.raises(CannotResume, match="only a finished network"):
            list(charlm.resume(moved, text, epochs=9))
    assert (moved / "best.weights.h5").read_bytes() == weights


def stop_after(steps: int):
    answers = itertools.count()
    return lambda: next(answers) >= steps


def assert_same_curve(folder: RunFolder, whole: RunFolder) -> None:
    """Equal but for the rounding of sums that threads share out anew in every process."""
    np.testing.assert_allclose(curve(folder), curve(whole), rtol=1e-3)
    assert len(of_kind(SampleWritten, folder.events())) == len(of_kind(SampleWritten, whole.events()))


@pytest.mark.parametrize("steps", [0, 5, 14, 20])  # at once, mid-epoch, at the very end of an epoch, later
def test_a_stopped_run_goes_on_as_if_nothing_had_happened(whole, rhyme, tmp_path, steps):
    *_, last = charlm.train(rhyme, tmp_path / "run", SMALL, stop=stop_after(steps))
    assert (type(last), last.reason) == (RunFinished, "stopped")
    charlm.load(tmp_path / "run").generate(length=5)
    first, *_ = charlm.resume(tmp_path / "run")
    assert first.step == steps
    assert_same_curve(RunFolder(tmp_path / "run"), whole[0])


def test_with_muon_it_goes_on_too(rhyme, tmp_path):
    muon = SMALL.override(optimizer="muon")
    list(charlm.train(rhyme, tmp_path / "whole", muon))
    list(charlm.train(rhyme, tmp_path / "run", muon, stop=stop_after(5)))
    list(charlm.resume(tmp_path / "run"))
    assert_same_curve(RunFolder(tmp_path / "run"), RunFolder(tmp_path / "whole"))
    assert RunFolder(tmp_path / "run").read_card().training.optimizer == "muon"


@pytest.mark.parametrize("order", ["contiguous", "shuffled"])
def test_a_long_text_is_learnt_like_a_short_one_and_goes_on(rhyme, tmp_path, monkeypatch, order):
    settings = SMALL.override(order=order)
    list(charlm.train(rhyme, tmp_path / "whole", settings))
    monkeypatch.setattr(long_corpus, "LONG", 10)
    (tmp_path / "rhyme").write_text(rhyme.text)
    corpus = long_corpus.open_corpus(tmp_path / "rhyme", tmp_path, piece=50)
    assert isinstance(corpus, long_corpus.LongCorpus)
    list(charlm.train(corpus, tmp_path / "run", settings, stop=stop_after(20)))
    list(charlm.resume(tmp_path / "run"))
    assert_same_curve(RunFolder(tmp_path / "run"), RunFolder(tmp_path / "whole"))
    with pytest.raises(CannotResume, match="has finished"):
        list(charlm.resume(tmp_path / "run", corpus))
    long, short = (RunFolder(tmp_path / name).read_card() for name in ("run", "whole"))
    assert (long.corpus, long.vocabulary, long.uniform_loss) == (short.corpus, short.vocabulary, short.uniform_loss)
    assert long.frequency_loss == pytest.approx(short.frequency_loss, rel=0.05)  # of a sample


class Killed(BaseException):
    """What no handler in the house catches, as none catches kill -9."""


@pytest.mark.parametrize("moment", range(2, 19, 2))
def test_killed_between_any_two_writes_it_loads_and_goes_on(whole, rhyme, tmp_path, monkeypatch, moment):
    writes = itertools.count(1)

    def replace_until_killed(source, target):
        if next(writes) == moment:
            raise Killed
        os.rename(source, target)

    monkeypatch.setattr(run_folder.os, "replace", replace_until_killed)
    with pytest.raises(Killed):
        list(charlm.train(rhyme, tmp_path / "run", SMALL))
    monkeypatch.undo()
    folder = RunFolder(tmp_path / "run")
    if not (folder.path / "card.json").exists():  # it never began: the same command begins it
        list(charlm.train(rhyme, folder.path, SMALL))
    else:
        if folder.best_weights.exists():
            charlm.load(folder.path).generate(length=5)
        list(charlm.resume(folder.path))
    assert_same_curve(folder, whole[0])


def test_kill_9_loses_nothing_that_was_saved(whole, rhyme, tmp_path):
    (tmp_path / "rhyme.txt").write_text(rhyme.text)
    out = tmp_path / "run"
    numbers = [f"--{k.replace('_', '-')}={getattr(SMALL.model, k, None) or getattr(SMALL.training, k)}" for k in (
        "rnn_units", "embedding_dim", "seq_length", "batch_size", "learning_rate", "dropout"
    )]  # fmt: skip
    command = [sys.executable, "-m", "charlm", "train", str(tmp_path / "rhyme.txt"), "--out", str(out), *numbers]
    with subprocess.Popen([*command, "--epochs=5000"], stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            if line.startswith("Epoch 2 "):
                break
        process.send_signal(signal.SIGKILL)
    before = scored_epochs(RunFolder(out))
    assert len(before) >= 1
    charlm.load(out).generate("the", length=5)
    epochs = int(before[-1]) + 3
    events: list[Event] = list(charlm.resume(out, epochs=epochs))
    assert scored_epochs(RunFolder(out)) == list(range(1, epochs + 1))
    assert sum(isinstance(e, SampleWritten) for e in events) >= 2


def test_ctrl_c_stops_at_the_next_step_and_says_how_to_go_on(rhyme, tmp_path):
    (tmp_path / "rhyme.txt").write_text(rhyme.text)
    out = tmp_path / "run"
    command = [
        sys.executable,
        "-m",
        "charlm",
        "train",
        str(tmp_path / "rhyme.txt"),
        "--out",
        str(out),
        "--epochs=90000",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            if line.startswith("Epoch 1 "):
                break
        process.send_signal(signal.SIGINT)
        begun = time.monotonic()
        said = process.stdout.read()
    assert process.returncode == 0
    assert time.monotonic() - begun < 30
    assert "Stopped after" in said
    assert f"train --resume --out {out}" in said
    assert RunFolder(out).last_weights.exists()


def test_a_finished_run_says_how_to_go_on_and_does(whole, tmp_path):
    shutil.copytree(whole[0].path, tmp_path / "run")
    with pytest.raises(CannotResume, match="--epochs 8"):
        list(charlm.resume(tmp_path / "run"))
    list(charlm.resume(tmp_path / "run", epochs=5))
    folder = RunFolder(tmp_path / "run")
    assert scored_epochs(folder) == [1, 2, 3, 4, 5]
    assert folder.read_card().training.epochs == 5
    *_, fourth, fifth = of_kind(EpochFinished, folder.events())
    assert fifth.seconds > fourth.seconds


def test_what_shapes_the_run_cannot_change_on_the_way(whole):
    with pytest.raises(CannotResume, match="another rnn_units"):
        list(charlm.resume(whole[0].path, rnn_units=13, epochs=9))
    with pytest.raises(CannotResume, match="is not the text"):
        list(charlm.resume(whole[0].path, from_text("another text " * 100, "other.txt"), epochs=9))


def test_a_diverged_run_keeps_its_last_good_weights(rhyme, tmp_path):
    wild = SMALL.override(learning_rate=100.0, warmup_steps=0, clip_norm=None, epochs=50, dropout=0.0)
    events = []
    with pytest.raises(TrainingDiverged):
        events.extend(charlm.train(rhyme, tmp_path / "run", wild))
    assert RunFolder(tmp_path / "run").events()[-1].reason == "diverged"
    model = charlm.load(tmp_path / "run")
    assert all(np.isfinite(w).all() for w in model.network.get_weights())
    list(charlm.resume(tmp_path / "run", learning_rate=0.001, epochs=2))


@pytest.mark.parametrize("schedule", ["constant", "cosine"])
def test_another_learning_rate_is_the_one_it_goes_on_with_and_the_one_the_card_says(rhyme, tmp_path, schedule):
    settings = SMALL.override(schedule=schedule, warmup_steps=0, epochs=2)
    list(charlm.train(rhyme, tmp_path / "run", settings))
    events = list(charlm.resume(tmp_path / "run", epochs=4, learning_rate=0.0025))
    first = next(e for e in events if isinstance(e, StepFinished))
    halfway = 0.0025 if schedule == "constant" else 0.0025 * (0.02 + 0.98 / 2)
    assert first.learning_rate == pytest.approx(halfway, rel=1e-3)
    assert RunFolder(tmp_path / "run").read_card().training.learning_rate == 0.0025


def test_saving_takes_no_more_than_its_share_of_a_run_of_tiny_epochs(rhyme, tmp_path, monkeypatch):
    monkeypatch.setattr(recorder, "SAVING_SHARE", 0.2)
    out = tmp_path / "run"
    events = list(charlm.train(rhyme, out, SMALL.override(epochs=60, patience=None)))
    epochs, samples = of_kind(EpochFinished, events), of_kind(SampleWritten, events)
    assert len(epochs) == 60
    assert 2 <= len(samples) < 60
    assert (samples[0].epoch, samples[-1].epoch) == (0, 60)  # the first and the last are always there
    best = min(epochs, key=lambda e: e.val_loss)
    assert RunFolder(out).read_card().best == best
    scored = charlm.evaluate(charlm.load(out), rhyme)
    assert scored.val_loss == pytest.approx(best.val_loss, rel=1e-4)  # saved or not when it was reached


def test_nobody_else_learns_in_the_folder_meanwhile(rhyme, tmp_path):
    at_work = charlm.train(rhyme, tmp_path / "run", SMALL)
    next(at_work)
    with pytest.raises(CannotResume, match="Another process is training"):
        next(charlm.resume(tmp_path / "run"))
    at_work.close()
    *_, last = charlm.resume(tmp_path / "run")
    assert last.reason == "finished"
    assert scored_epochs(RunFolder(tmp_path / "run")) == [1, 2, 3, 4]


@pytest.mark.parametrize("name", ["best.weights.h5", "last.weights.h5"])
@pytest.mark.parametrize("damage", ["missing", "cut short", "no weights", "another shape"])
def test_damaged_weights_are_a_kind_error(whole, tmp_path, name, damage):
    run = tmp_path / "run"
    shutil.copytree(whole[0].path, run)
    file = run / name
    content = file.read_bytes()
    if damage == "missing":
        file.unlink()
    elif damage == "cut short":
        file.write_bytes(content[: len(content) // 2])
    elif damage == "no weights":
        file.write_bytes(b"all work and no play" * 100)
    else:
        card = (run / "card.json").read_text().replace('"rnn_units": 12', '"rnn_units": 13')
        (run / "card.json").write_text(card)
    with pytest.raises((CheckpointDamaged, CannotResume), match=r"Expected (the weights|last\.weights)"):
        charlm.load(run) if name.startswith("best") else list(charlm.resume(run, epochs=9))


def test_unknown_characters_are_named_and_replaced_when_asked(whole):
    model = charlm.load(whole[0].path)
    with pytest.raises(UnknownCharacter, match="'T' -> 't'"):
        model.generate("The ", length=5)
    assert model.generate("The ", length=5, replace_unknown=True).startswith("the ")
    other = from_text("Thé cat sat. " * 99, "other")
    with pytest.raises(UnknownCharacter):
        charlm.evaluate(model, other)
    assert charlm.evaluate(model, other, replace_unknown=True).val_loss > 0


def test_a_text_too_short_to_score_is_refused(whole):
    with pytest.raises(TextTooShort, match="has 1 character to score"):
        charlm.evaluate(charlm.load(whole[0].path), from_text("t", "letter"))


def test_streaming_is_generating_piece_by_piece(whole):
    model = charlm.load(whole[0].path)
    pieces = list(model.stream("the ", temperature=0.9, length=300, seed=3))
    assert len(pieces) > 3
    assert "the " + "".join(pieces) == model.generate("the ", temperature=0.9, length=300, seed=3)
    assert len(model.generate("the ", length=300)) == 304


def test_a_text_of_100_characters_trains(tmp_path):
    tiny = from_text("abcdefghij" * 10, "tiny")
    first, *_ = charlm.train(tiny, tmp_path / "run", charlm.preset("quick", 100, epochs=1, rnn_units=8))
    assert len(first.warnings) == 2
    assert charlm.load(tmp_path / "run").generate("abc", length=10).startswith("abc")
