"""What was copied, from the command line."""

import io
import json

from charlm.command_line.cli import main

COPIED = "and that was that"


def test_a_written_text_is_held_against_the_one_that_was_learnt(run, said, tmp_path):
    (tmp_path / "written.txt").write_text(f"a dog on a log\r\n{COPIED}\r\n", "utf-8", newline="")
    command = ["copies", run / "run", tmp_path / "written.txt", "--shortest", 15]
    answer = json.loads(said(*command, "--json"))
    (stretch,) = answer["stretches"]
    assert stretch["text"].strip() == COPIED
    assert answer["written"][stretch["start"] :].startswith(stretch["text"])
    assert answer["longest"] == stretch["length"]
    assert answer["own_text"]
    out = said(*command)
    assert COPIED in out
    assert "1 stretch" in out


def test_it_comes_through_standard_input_and_against_another_text(run, said, tmp_path, monkeypatch):
    (tmp_path / "other.txt").write_text(f"xx {COPIED} yy", "utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{COPIED}!".encode())))
    answer = json.loads(said("copies", run / "run", "-", "--source", tmp_path / "other.txt", "--shortest", 9, "--json"))
    assert (answer["source"], answer["own_text"]) == ("other.txt", False)
    assert [(s["start"], s["source"], s["length"]) for s in answer["stretches"]] == [(0, 3, len(COPIED))]


def test_without_a_written_text_the_model_writes_now(run, said):
    how = ["--start-text", "the ", "--seed", 3, "--length", 50, "--temperature", 0.5]
    answer = json.loads(said("copies", run / "run", *how, "--shortest", 3, "--json"))
    assert "the " + answer["written"] + "\n" == said("generate", run / "run", *how)
    assert answer["stretches"]


def test_a_model_without_its_text_says_what_to_do(run, said, capsys, tmp_path):
    said("export", run / "run", tmp_path / "mine.charlm.zip")
    said("import", tmp_path / "mine.charlm.zip", "--out", tmp_path / "theirs")
    assert main(["copies", str(tmp_path / "theirs")]) == 1
    assert "Name the text with --source" in capsys.readouterr().err
    written = [tmp_path / "theirs", run / "rhyme.txt"]
    assert json.loads(said("copies", *written, "--source", run / "rhyme.txt", "--json"))["share"] == 1


def test_how_to_write_what_is_written_is_refused(run, capsys):
    assert main(["copies", str(run / "run"), str(run / "rhyme.txt"), "--start-text", "the"]) == 1
    assert "--start-text says how to write" in capsys.readouterr().err
    assert main(["copies", str(run / "run"), str(run / "rhyme.txt"), "--replace-unknown"]) == 1
    assert "--replace-unknown says how to write" in capsys.readouterr().err
    assert main(["copies", str(run / "run"), "--shortest", "0"]) == 1
    assert "at least" in capsys.readouterr().err
