"""The few doors are honest: what does not compute does not wait for TensorFlow."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    "program",
    [
        "import charlm",
        "import charlm, charlm.times.wishes; charlm.estimate",
        "import charlm; charlm.compare, charlm.surprise, charlm.next_characters, charlm.find_copies, charlm.Traces",
        "import charlm; charlm.replay",
        "import charlm.command_line.cli",
        "from charlm.command_line.cli import main; main(['show', 'molino'])",
        "from charlm.command_line.cli import main; main(['show', 'nowhere'])",
        "from charlm.command_line.cli import main; main(['show', 'quijote'])",
        "from charlm.command_line.cli import main; main(['evaluate', 'nowhere', 'molino'])",
        "from charlm.command_line.cli import main; main(['generate', 'nowhere', '--temperature', '-1'])",
        "from charlm.command_line.cli import main; main(['compare', 'nowhere'])",
        "from charlm.command_line.cli import main; main(['surprise', 'nowhere', 'a text'])",
        "from charlm.command_line.cli import main; main(['next', 'nowhere'])",
        "from charlm.command_line.cli import main; main(['inside', 'nowhere'])",
        "from charlm.command_line.cli import main; main(['replay', 'quijote'])",
        "from charlm.command_line.cli import main; main(['copies','checkpoints/quijote','molino','--source','molino'])",
        "from charlm.command_line.cli import main; main(['train', 'nowhere', '--out', 'nowhere'])",
        "from charlm.command_line.cli import main; main(['export', 'nowhere', 'nowhere.zip'])",
        "from charlm.command_line.cli import main; main(['import', 'README.md', '--out', 'nowhere'])",
    ],
)
def test_no_tensorflow_comes_through(program):
    check = f"{program}\nimport sys\nassert not {{'tensorflow', 'keras', 'gradio'}} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", check], check=True, capture_output=True)


def test_help_does_without_it_too():
    program = (
        "import sys, charlm.command_line.cli\n"
        "try: charlm.command_line.cli.main(['train', '--help'])\n"
        "except SystemExit as done: assert done.code == 0\n"
        "assert 'tensorflow' not in sys.modules"
    )
    answer = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert "--learning-rate" in answer.stdout


def test_the_page_is_built_without_it(tmp_path):
    program = (
        "import sys\nfrom charlm.runs.limits import Limits\nfrom charlm.ui.page import build\n"
        f"page = build({str(tmp_path)!r}, Limits())\npage.machine.close()\n"
        "assert not {'tensorflow', 'keras'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_collecting_these_stories_needs_none_either():
    program = (
        f"import pytest, sys\npytest.main(['--collect-only', '-q', {str(Path(__file__).parent)!r}])\n"
        "assert 'tensorflow' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [("CHARLM_MAX_EPOCHS", "many", "CHARLM_MAX_EPOCHS is 'many'"), ("CHARLM_DATA", __file__, "could not be written")],
)
def test_what_keeps_the_app_from_starting_is_one_sentence(variable, value, sentence):
    app = [sys.executable, Path(__file__).parents[2] / "app.py"]
    ended = subprocess.run(app, env={**os.environ, variable: value}, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr
