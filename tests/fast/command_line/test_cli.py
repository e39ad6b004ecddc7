"""Refused input is a sentence on standard error and an exit status, never a stack trace."""

import json
from pathlib import Path

import pytest

from charlm.command_line.cli import main
from charlm.command_line.terminal import visible


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["show", "nowhere"], "There is no text file at nowhere."),
        (["generate", "nowhere", "--length", "0"], "length is 0."),
        (["generate", "nowhere", "--temperature", "0.5", "nan"], "temperature is nan."),
        (["train", "--out", "x"], "No text was named."),
        (["evaluate", "nowhere", "nothing.txt"], "There is no text file at nothing.txt."),
        (["export", "nowhere", "nothing.zip"], "There is no model at nowhere."),
        (["import", "nothing.zip", "--out", "nowhere"], "There is no file at nothing.zip."),
        (["import", __file__, "--out", "nowhere"], "test_cli.py is no model that can be opened here"),
        (["import", __file__, "--out", str(Path(__file__).parent)], "holds other things"),
    ],
)
def test_refused_input_is_one_sentence(arguments, told, capsys):
    assert main(arguments) == 1
    said = capsys.readouterr()
    assert told in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_what_steers_a_terminal_is_shown():
    assert visible("\x1b]52;c;\x07\x9b2Jñ\t\n\x7f") == "␛]52;c;␇�2Jñ\t\n�"


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
