"""Refused input is a sentence on standard error and an exit status, never a stack trace."""

import json
from pathlib import Path

import pytest

from charlm.command_line.cli import main


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["show", "nowhere"], "There is no text file at nowhere."),
        (["generate", "nowhere", "--length", "0"], "length is 0."),
        (["generate", "nowhere"], "or one of: lamplighter-film, molino-film, quijote, shakespeare."),
        (["generate", "nowhere", "--temperature", "0.5", "nan"], "temperature is nan."),
        (["train", "--out", "x"], "No text was named."),
        (["evaluate", "nowhere", "nothing.txt"], "There is no text file at nothing.txt."),
        (["compare", "nowhere", "--temperature", "0.5", "-1"], "temperature is -1.0."),
        (["compare", "nowhere"], "There is no model at nowhere."),
        (["next", "nowhere", "--temperature", "101"], "temperature is 101.0."),
        (["next", "nowhere"], "There is no model at nowhere."),
        (["surprise", "nowhere", "text"], "There is no model at nowhere."),
        (["surprise", "checkpoints/shakespeare"], "No text was given."),
        (["surprise", "checkpoints/shakespeare", "text", "--file", "molino"], "Two texts were given"),
        (["copies", "nowhere"], "There is no model at nowhere."),
        (["copies", "checkpoints/shakespeare"], "Name the text with --source"),
        (["show", "a" * 300], "at most 255 bytes"),
        (["train", "molino", "--out", "new/" + "é" * 128], "at most 255 bytes"),
        (["show", "a/" * 3_000], "There is no text file at a/a/"),
        (["export", "nowhere", "nothing.zip"], "There is no model at nowhere."),
        (["import", "nothing.zip", "--out", "nowhere"], "There is no file at nothing.zip."),
        (["import", __file__, "--out", "nowhere"], "charlm cannot open test_cli.py as a model"),
        (["import", __file__, "--out", str(Path(__file__).parent)], "contains other files"),
    ],
)
def test_refused_input_is_one_sentence(arguments, told, capsys):
    assert main(arguments) == 1
    said = capsys.readouterr()
    assert told in said.err
    assert "Traceback" not in said.err
    assert said.out == ""
    assert not Path("new").exists()


def test_show_prints_a_check_up(tmp_path, capsys):
    (tmp_path / "cats.txt").write_bytes("El año\r\npasado\r\n".encode("windows-1252") * 9)
    assert main(["show", str(tmp_path / "cats.txt")]) == 0
    said = capsys.readouterr().out
    assert "windows-1252" in said
    assert "18 in all" in said
    assert "ñ" in said


def test_show_puts_a_close_call_to_the_person(tmp_path, capsys):
    (tmp_path / "call.txt").write_bytes("It was a déjà vu.\n".encode("mac-roman"))
    assert main(["show", str(tmp_path / "call.txt")]) == 0
    said = capsys.readouterr().out
    assert "call.txt: which line reads right?" in said
    assert "mac-roman   It was a déjà vu." in said
    assert main(["show", str(tmp_path / "call.txt"), "--encoding", "mac-roman"]) == 0
    assert "which line" not in capsys.readouterr().out
    assert main(["show", str(tmp_path / "call.txt"), "--json"]) == 0
    (doubt,) = json.loads(capsys.readouterr().out)["doubts"]
    assert {"encoding": "mac-roman", "line": "It was a déjà vu."} in doubt["readings"]


def test_show_json_has_every_letter(capsys):
    assert main(["show", "molino", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert sum(letter["count"] for letter in facts["alphabet"]) == facts["characters"]
    assert facts["uniform_loss"] > facts["frequency_loss"] > 0


@pytest.mark.parametrize(
    ("program", "called"),
    [("/home/ana/.venv/bin/charlm", "charlm"), ("/home/ana/charlm/charlm/__main__.py", "python -m charlm")],
)
def test_it_is_called_as_it_was_called(program, called, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", [program, "--help"])
    assert main() == 0
    assert capsys.readouterr().out.startswith(f"usage: {called} [-h]")


def shown(capsys, *arguments):
    """Is it a model's card or a text's check-up that `show` shows?"""
    assert main(["show", "--json", *arguments]) == 0
    return "model" if "format_version" in json.loads(capsys.readouterr().out) else "text"


def test_show_knows_the_models_and_the_texts_that_come_along(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lamplighter").mkdir()  # a folder that only has the name of a text
    assert shown(capsys, "lamplighter") == "text"
    assert shown(capsys, "quijote") == "model"


def test_of_a_model_and_a_text_of_the_same_name_show_shows_the_model(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert shown(capsys, "shakespeare") == "model"
    (tmp_path / "shakespeare").write_text("To be, or not to be\n" * 9)
    assert shown(capsys, "shakespeare") == "text"  # what lies here is what is meant
    assert main(["show", "quijote", "--text"]) == 1
    assert "There is no text file at quijote" in capsys.readouterr().err


def test_a_folder_that_holds_no_model_is_told_apart(tmp_path, capsys):
    assert main(["show", str(tmp_path)]) == 1
    assert "it has no card.json" in capsys.readouterr().err
