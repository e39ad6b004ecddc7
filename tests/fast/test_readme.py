"""The README tells the truth about the house."""

import re
from pathlib import Path

import pytest

from charlm.command_line.cli import main
from charlm.export.onefile import WHAT_TRAVELS
from charlm.records import settings_of
from charlm.runs.limits import Limits, variable_of

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
REQUIREMENTS = (ROOT / "requirements.txt").read_text("utf-8")


def test_the_tree_is_the_tree():
    """Every room of every folder is named once, where it stands; of the page's inner folders, only the folder."""
    drawn = re.search(r"    charlm/\n((?:      .+\n)+)", README).group(1)
    named, folder = [], ""
    for line in drawn.splitlines():
        depth, name = len(line) - len(line.lstrip()), line.split()[0]
        if depth == 6:
            folder = name if name.endswith("/") else ""
        if depth in (6, 8):
            named.append(name if depth == 6 else folder + name)
    assert sorted(n.rstrip("/") for n in named) == sorted(rooms())


def rooms():
    """Every file and folder of charlm, two floors deep, but for the doors."""
    there = [p for pattern in ("*", "*/*") for p in (ROOT / "charlm").glob(pattern)]
    hidden = {"__pycache__", "__init__.py", "__main__.py"}
    return [str(p.relative_to(ROOT / "charlm")) for p in there if not hidden & {p.name, p.parent.name}]


def test_every_folder_named_is_there():
    for folder in ("checkpoints", "tests/fast", "tests/engine", "tests/page", "benchmarks"):
        assert (ROOT / folder).is_dir()


@pytest.mark.parametrize("line", re.findall(r"python -m charlm (.+?)(?:   |\n)", README))
def test_every_command_is_understood(line, monkeypatch, tmp_path, capsys):
    """Up to the point where it would look for the files, which are not there."""
    monkeypatch.chdir(tmp_path)
    arguments = re.findall(r'"([^"]*)"|(\S+)', line.replace("lamplighter", "nowhere.txt"))
    assert main([quoted or plain for quoted, plain in arguments]) == 1
    assert "There is no" in capsys.readouterr().err


def test_what_travels_is_told():
    assert WHAT_TRAVELS in " ".join(README.split())


def test_the_pins_are_exact():
    pins = [line.split("#")[0].strip() for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()]
    assert all(re.fullmatch(r"[a-z-]+==[\d.]+", pin) for pin in pins if pin)


def test_the_space_runs_what_is_pinned():
    front = README.split("---\n")[1]
    pins = dict(line.split("==") for line in REQUIREMENTS.replace(" ", "\n").splitlines() if "==" in line)
    assert f"sdk_version: {pins['gradio']}\n" in front
    assert 'python_version: "3.12"\n' in front
    assert "app_file: app.py\n" in front
    assert len(re.search(r"short_description: (.+)", front).group(1)) <= 60


def test_every_limit_is_told_with_its_default():
    for name, limit in settings_of(Limits).items():
        assert f"| `{variable_of(name)}` | {limit.default} | {limit.meaning} |" in README


def test_no_file_is_too_large_for_a_space():
    shipped = [*ROOT.glob("*.*"), *ROOT.glob("charlm/**/*.*"), *ROOT.glob("checkpoints/shakespeare/*"),
               *ROOT.glob("checkpoints/quijote/*")]  # fmt: skip
    assert max(file.stat().st_size for file in shipped) < 10_000_000
