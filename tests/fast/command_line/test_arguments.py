"""What argparse would misread; and every example that --help gives."""

import re
import shlex

import pytest

from charlm.command_line.arguments import program, untangled
from charlm.command_line.cli import main, parser

COMMANDS = [
    "train",
    "estimate",
    "generate",
    "compare",
    "next",
    "replay",
    "evaluate",
    "surprise",
    "copies",
    "inside",
    "show",
    "export",
    "import",
    "worker",
    "queue",
]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("generate m --start-text -hola", "generate m --start-text=-hola"),
        ("generate m --start-text --length --length 5", "generate m --start-text=--length --length 5"),
        ("generate m --start -hola", "generate m --start=-hola"),
        ("generate m --start-text=-hola --seed 1", "generate m --start-text=-hola --seed 1"),
        ("generate m --start-text", "generate m --start-text"),
        ("generate --temperature 0.2 1.0 m --seed 1", "generate m --seed 1 --temperature 0.2 1.0"),
        ("generate --temp 0.2 -1 m", "generate m --temp 0.2 -1"),
        ("generate --temperature m", "generate --temperature m"),
        ("generate --temperature 0.2 -- m", "generate --temperature 0.2 -- m"),
        ("surprise m -- --start-text -x", "surprise m -- --start-text -x"),
        ("train a --state-reset 0.1 --tail", "train a --state-reset 0.1 --tail"),
    ],
)
def test_arguments_are_put_as_they_were_meant(typed, read):
    assert untangled(typed.split()) == read.split()


def test_usage_shows_an_order_that_can_be_typed(capsys):
    chosen = parser().parse_args(untangled(["generate", "--temperature", "0.2", "1.0", "mine"]))
    assert (chosen.checkpoint, chosen.temperature) == ("mine", [0.2, 1.0])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_an_example_that_works(command, tmp_path, monkeypatch, capsys):
    """Up to the point where it would look for the files, or for the database, which are not there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHARLM_QUEUE", f"postgresql://nobody@/none?host={tmp_path}")
    assert main([command, "--help"]) == 0
    (example,) = re.findall(rf"example: {program()} (.+)", capsys.readouterr().out)
    assert example.split()[0] == command
    assert main(shlex.split(example)) == 1
    assert re.search("There is no|does not answer", capsys.readouterr().err)


def test_every_command_is_tried_here(capsys):
    assert main(["--help"]) == 0
    listed = re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS)


def test_what_is_not_understood_is_told_and_ends_with_two(capsys):
    assert main(["generate", "--temperature", "warm", "mine"]) == 2
    assert "invalid float value: 'warm'" in capsys.readouterr().err
