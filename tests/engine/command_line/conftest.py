"""A model that was trained from the command line, and how a command is run."""

import pytest

from charlm.command_line.cli import main


@pytest.fixture(scope="session")
def run(rhyme, tmp_path_factory):
    """A folder with a text file, rhyme.txt, and a model trained on it, run."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "rhyme.txt").write_text(rhyme.text)
    numbers = "--rnn-units 12 --embedding-dim 8 --seq-length 16 --batch-size 4 --epochs 3"
    assert main(["train", str(folder / "rhyme.txt"), "--out", str(folder / "run"), *numbers.split()]) == 0
    return folder


@pytest.fixture
def said(capsys):
    """What a command prints; it must succeed."""

    def said(*arguments: object) -> str:
        capsys.readouterr()
        assert main([str(a) for a in arguments]) == 0
        return capsys.readouterr().out

    return said
