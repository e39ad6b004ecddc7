"""Models on the disk and in a file, from the command line."""

import json
import os

import pytest

from charlm.command_line.cli import main
from charlm.storage.card import FORMAT_VERSION


def test_a_model_goes_into_a_file_and_comes_out_of_it(run, said, capsys, tmp_path):
    file, theirs = tmp_path / "mine.charlm.zip", tmp_path / "theirs"
    assert "It does not hold the text itself" in said("export", run / "run", file)
    out = said("import", file, "--out", theirs)
    assert "lstm, 1 layer of 12 units" in out
    assert f"python -m charlm generate {theirs}" in out
    once, again = (said("generate", folder, "--seed", 3, "--length", 60) for folder in (run / "run", theirs))
    assert once == again
    assert "rhyme" in json.loads(said("import", file, "--out", tmp_path / "more", "--json"))["corpus"]["name"]
    assert json.loads(said("export", theirs, tmp_path / "b.zip", "--json"))["bytes"] > 1_000
    assert main(["export", str(theirs), str(file)]) == 1
    assert "There is a file at" in capsys.readouterr().err


def test_an_imported_model_cannot_learn_on_and_says_why(run, said, capsys, tmp_path):
    file, theirs = tmp_path / "mine.charlm.zip", tmp_path / "theirs"
    said("export", run / "run", file)
    said("import", file, "--out", theirs)
    assert main(["train", str(run / "rhyme.txt"), "--out", str(theirs), "--resume"]) == 1
    assert "holds only a finished network" in capsys.readouterr().err


def test_show_prints_the_card(run, said):
    out = said("show", run / "run")
    assert "lstm, 1 layer of 12 units" in out
    assert "After epoch 3 it wrote:" in out
    card = json.loads(said("show", run / "run", "--json"))
    assert (card["format_version"], len(card["history"]), len(card["samples"])) == (FORMAT_VERSION, 3, 4)


def test_a_model_is_taken_into_the_folder_one_stands_in(run, said, tmp_path, monkeypatch):
    said("export", run / "run", tmp_path / "mine.charlm.zip")
    (tmp_path / "theirs").mkdir()
    monkeypatch.chdir(tmp_path / "theirs")
    inode = (tmp_path / "theirs").stat().st_ino
    said("import", "../mine.charlm.zip", "--out", ".")
    assert {p.name for p in (tmp_path / "theirs").iterdir()} == {"card.json", "events.jsonl", "best.weights.h5"}
    assert (tmp_path / "theirs").stat().st_ino == inode  # a shell that stands in it stands there still
    assert json.loads(said("show", ".", "--json"))["name"] == "theirs"
    assert said("generate", ".", "--length", 5)


def test_a_name_that_is_no_text_travels(run, said, tmp_path):
    file, out = (os.fsdecode(os.fsencode(tmp_path) + name) for name in (b"/\xe9.charlm.zip", b"/\xe9"))
    said("export", run / "run", file)
    said("import", file, "--out", out)
    assert said("generate", out, "--length", 5)


def test_a_model_becomes_a_web_page_or_a_folder_for_a_space(run, said, capsys, tmp_path):
    page, small, space = tmp_path / "mine.html", tmp_path / "small.html", tmp_path / "my space"
    said("--language", "es", "export", run / "run", "--space", tmp_path / "suyo")
    assert "Puede escribir pasajes de ese texto" in (tmp_path / "suyo" / "README.md").read_text()
    assert "Open it in a browser" in said("export", run / "run", page)
    assert "The rounded network has a val_loss of" in said("export", run / "run", small, "--small")
    assert small.stat().st_size < page.stat().st_size
    told = json.loads(said("export", run / "run", "--space", space, "--json"))
    assert told["bytes"] == (space / "index.html").stat().st_size
    assert told["val_loss"] == json.loads((run / "run" / "card.json").read_text())["best"]["val_loss"]
    assert {file.name for file in space.iterdir()} == {"index.html", "README.md"}
    readme = (space / "README.md").read_text()
    assert readme.startswith('---\ntitle: "my space"\nsdk: static\napp_file: index.html\n')
    assert "| val_loss |" in readme
    assert "<title>my space</title>" in (space / "index.html").read_text()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["mine.pdf"], "Expected a name that ends in .charlm.zip"),
        (["there.html"], "There is a file at there.html already"),
        (["--space", "there"], "There is something at there already"),
        (["there.html/mine.html"], "could not be written"),
        (["mine.html", "--small", "--text", "molino"], "is not the text that this model learnt from"),
    ],
)
def test_what_cannot_be_exported_is_told_and_leaves_nothing(asked, told, run, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.html").write_text("mine")
    (tmp_path / "there").mkdir()
    assert main(["export", str(run / "run"), *asked]) == 1
    assert told in capsys.readouterr().err
    assert {file.name for file in tmp_path.iterdir()} == {"there.html", "there"}
    assert (tmp_path / "there.html").read_text() == "mine"
