"""The README's lines of Python do what is printed below them."""

import re
import shlex
from pathlib import Path

import pytest

from charlm.command_line.cli import main

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def test_the_python_lines_give_the_printed_result(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    program, printed = re.search(r"```python\n(.+?)```\n\n```text\n(.+?)```", README, re.DOTALL).groups()
    exec(compile(program, "README.md", "exec"), {})  # noqa: S102  # our own README
    bits, text = capsys.readouterr().out.split("\n", 1)
    promised_bits, promised_text = printed.split("\n", 1)
    assert float(bits.split()[0]) == pytest.approx(float(promised_bits.split()[0]), abs=0.2)
    assert bits.split()[1:] == promised_bits.split()[1:]
    # Processors round differently, and one rounding can send the writing another way: its frame is what is promised.
    assert text.startswith("Tib ")
    assert len(text) == len(promised_text)


def test_the_command_that_is_installed_writes_from_any_folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (command,) = re.findall(r"^\.venv/bin/charlm (.+)$", README, re.MULTILINE)
    assert main(shlex.split(command)) == 0
    written = capsys.readouterr().out
    assert written.startswith("ROMEO:")
    assert len(written) == len("ROMEO:") + 80 + len("\n")
