"""Learning from the command line: what is told, and how a run goes on."""

import json
import os
import shlex
import subprocess
import sys

import pytest

from charlm.command_line.cli import main
from charlm.text import long_corpus


def test_training_tells_what_happens(run, said, tmp_path):
    out = said("train", run / "rhyme.txt", "--out", tmp_path / "run", "--epochs", 2, "--rnn-units", 8)
    for word in ("held out", "Before it learns, it writes:", "Epoch 2 of 2", "val_loss", "Finished after", "generate"):
        assert word in out


def test_a_long_text_is_learnt_from_a_file_in_pieces_and_goes_on(run, said, tmp_path, monkeypatch):
    monkeypatch.setattr(long_corpus, "LONG", 100)
    out = tmp_path / "new" / "run"
    told = said("train", run / "rhyme.txt", "--out", out, "--epochs", 1, "--rnn-units", 8)
    for words in ("Reading 0 MB in pieces.", "The text is long", "Finished after"):
        assert words in told
    assert (out / "corpus.txt").read_bytes() == (run / "run" / "corpus.txt").read_bytes()
    assert {path.name for path in out.iterdir()} == {path.name for path in (run / "run").iterdir()}
    assert "Going on from step" in said("train", "--out", out, "--resume", "--epochs", 2)
    assert "Going on from step" in said("train", run / "rhyme.txt", "--out", out, "--resume", "--epochs", 3)


def test_training_as_json_is_one_event_a_line(run, said, tmp_path):
    out = said("train", run / "rhyme.txt", "--out", tmp_path / "run", "--epochs", 1, "--rnn-units", 8, "--json")
    kinds = [json.loads(line)["event"] for line in out.splitlines()]
    assert kinds[0] == "RunStarted"
    assert {"StepFinished", "EpochFinished", "SampleWritten"} < set(kinds)
    assert kinds[-1] == "RunFinished"


def test_the_time_it_will_take_is_told_before(run, said):
    command = ["estimate", run / "rhyme.txt", "--rnn-units", 8, "--epochs", 4]
    assert "at most 4 epochs" in said(*command)
    assert json.loads(said(*command, "--json"))["seconds"] > 0


def test_the_time_of_a_long_text_is_that_of_a_short_one_with_as_many_characters(run, said, monkeypatch):
    command = ["estimate", run / "rhyme.txt", "--rnn-units", 8, "--epochs", 4, "--json"]
    told = json.loads(said(*command))
    monkeypatch.setattr(long_corpus, "LONG", 100)
    assert json.loads(said(*command)) == told


def test_the_card_remembers_the_command(run, said):
    (command,) = json.loads(said("show", run / "run", "--json"))["commands"]
    assert command.startswith("python -m charlm train ")
    assert command.endswith("--epochs 3")
    assert "made by" in said("show", run / "run")


def test_the_same_command_with_resume_goes_on(run, said, capsys, tmp_path):
    command = ["train", run / "rhyme.txt", "--out", tmp_path / "run", "--rnn-units", 8, "--batch-size", 500]
    said(*command, "--epochs", 1)
    assert "Going on from step" in said(*command, "--epochs", 2, "--resume")
    capsys.readouterr()
    assert main([str(a) for a in command]) == 1
    assert "Choose another --out, go on with this one (--resume)" in capsys.readouterr().err


QUICK = ("--epochs", "200", "--rnn-units", "8", "--batch-size", "4")


def test_a_run_whose_reader_had_enough_stops_and_is_saved(run, said, tmp_path):
    command = [sys.executable, "-m", "charlm", "train", run / "rhyme.txt", "--out", tmp_path / "run", *QUICK]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as learning:
        learning.stdout.readline()
        learning.stdout.close()  # as `| head -1` does
        trouble = learning.stderr.read()
    assert learning.returncode == 0
    assert b"Traceback" not in trouble
    first, *_, last = map(json.loads, (tmp_path / "run" / "events.jsonl").read_text("utf-8").splitlines())
    assert (last["event"], last["reason"]) == ("RunFinished", "stopped")
    epochs = last["step"] // first["steps_per_epoch"] + 1
    assert "Finished after" in said("train", "--out", tmp_path / "run", "--resume", "--epochs", epochs)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full disk to write to")
def test_a_run_that_cannot_be_told_stops_and_is_saved(run, tmp_path):
    command = [sys.executable, "-m", "charlm", "train", run / "rhyme.txt", "--out", tmp_path / "run", *QUICK]
    with open("/dev/full", "w") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == 1
    assert "charlm: The output could not be used (No space left on device)." in ended.stderr
    assert "Traceback" not in ended.stderr
    assert (tmp_path / "run" / "last.weights.h5").exists()


def test_a_file_whose_name_is_no_text_is_learnt(run, said, tmp_path):
    file, out = (os.fsdecode(os.fsencode(tmp_path) + name) for name in (b"/caf\xe9.txt", b"/\xe9"))
    with open(file, "w", encoding="utf-8") as text:
        text.write((run / "rhyme.txt").read_text("utf-8"))
    said("train", file, "--out", out, "--epochs", 1, "--rnn-units", 8)
    assert "caf\ufffd.txt" in said("show", out)
    assert said("generate", out, "--length", 5)


def test_what_changes_nothing_on_the_way_is_said(run, said, tmp_path):
    said("train", run / "rhyme.txt", "--out", tmp_path / "run", "--rnn-units", 8, "--epochs", 1)
    out = said(
        "train", "--out", tmp_path / "run", "--resume", "--epochs", 2, "--preset", "book", "--encoding", "utf-16"
    )
    assert "--preset has no effect" in out
    assert "--encoding has no effect" in out


def test_a_run_that_has_more_epochs_than_asked_says_how_many(run, capsys):
    assert main(["train", "--out", str(run / "run"), "--resume", "--epochs", "2"]) == 1
    said = capsys.readouterr().err
    assert "has done 3 epochs, and 2 are asked for" in said
    assert "--epochs 6" in said


def test_the_command_that_may_follow_can_be_copied(run, said, tmp_path):
    out = tmp_path / "it's a $HOME"
    last = said("train", run / "rhyme.txt", "--out", out, "--rnn-units", 8, "--epochs", 1).splitlines()[-1]
    assert shlex.split(last.split("charlm ")[1]) == ["generate", str(out)]
