"""The command line, from a text to written text."""

import json
import math

import pytest

from charlm.command_line.cli import main


@pytest.fixture(scope="module")
def run(rhyme, tmp_path_factory):
    """A text file and a model trained on it from the command line."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "rhyme.txt").write_text(rhyme.text)
    numbers = "--rnn-units 12 --embedding-dim 8 --seq-length 16 --batch-size 4 --epochs 3"
    assert main(["train", str(folder / "rhyme.txt"), "--out", str(folder / "run"), *numbers.split()]) == 0
    return folder


def said(capsys, *arguments: object) -> str:
    capsys.readouterr()
    assert main([str(a) for a in arguments]) == 0
    return capsys.readouterr().out


def test_training_tells_what_happens(run, capsys, tmp_path):
    out = said(capsys, "train", run / "rhyme.txt", "--out", tmp_path / "run", "--epochs", 2, "--rnn-units", 8)
    for word in ("held out", "Before it learns, it writes:", "Epoch 2 of 2", "val_loss", "Finished after", "generate"):
        assert word in out


def test_training_as_json_is_one_event_a_line(run, capsys, tmp_path):
    out = said(capsys, "train", run / "rhyme.txt", "--out", tmp_path / "run", "--epochs", 1, "--rnn-units", 8, "--json")
    kinds = [json.loads(line)["event"] for line in out.splitlines()]
    assert kinds[0] == "RunStarted"
    assert {"StepFinished", "EpochFinished", "SampleWritten"} < set(kinds)
    assert kinds[-1] == "RunFinished"


def test_the_time_it_will_take_is_told_before(run, capsys):
    command = ["estimate", run / "rhyme.txt", "--rnn-units", 8, "--epochs", 4]
    assert "at most 4 epochs" in said(capsys, *command)
    assert json.loads(said(capsys, *command, "--json"))["seconds"] > 0


def test_the_card_remembers_the_command(run, capsys):
    (command,) = json.loads(said(capsys, "show", run / "run", "--json"))["commands"]
    assert command.startswith("python -m charlm train ")
    assert command.endswith("--epochs 3")
    assert "made by" in said(capsys, "show", run / "run")


def test_the_same_command_with_resume_goes_on(run, capsys, tmp_path):
    command = ["train", run / "rhyme.txt", "--out", tmp_path / "run", "--rnn-units", 8, "--batch-size", 500]
    said(capsys, *command, "--epochs", 1)
    assert "Going on from step" in said(capsys, *command, "--epochs", 2, "--resume")
    capsys.readouterr()
    assert main([str(a) for a in command]) == 1
    assert "Choose another --out, go on with this one (--resume)" in capsys.readouterr().err


def test_the_same_seed_writes_the_same(run, capsys):
    once, again, other = (
        said(capsys, "generate", run / "run", "--start-text", "the ", "--length", 90, "--seed", s) for s in (1, 1, 2)
    )
    assert once == again != other
    assert once.startswith("the ")
    assert len(once) == 4 + 90 + 1


def test_several_temperatures_stand_one_under_the_other(run, capsys):
    out = said(capsys, "generate", run / "run", "--temperature", 0.2, 1.5, "--length", 30)
    assert out.index("--- temperature 0.2 ---") < out.index("--- temperature 1.5 ---")


def test_generate_json_names_seed_and_temperatures(run, capsys):
    answer = json.loads(said(capsys, "generate", run / "run", "--temperature", 0, 1, "--length", 30, "--json"))
    assert [t["temperature"] for t in answer["texts"]] == [0, 1]
    again = said(capsys, "generate", run / "run", "--temperature", 1, "--length", 30, "--seed", answer["seed"])
    assert again == answer["texts"][1]["text"] + "\n"


def test_an_unknown_character_is_refused_with_an_offer_that_can_be_taken(run, capsys):
    assert main(["generate", str(run / "run"), "--start-text", "Thé "]) == 1
    assert "'é' -> 'e'" in capsys.readouterr().err
    assert said(
        capsys, "generate", run / "run", "--start-text", "Thé ", "--replace-unknown", "--length", "5"
    ).startswith("the ")


def test_evaluate_json_has_the_promised_keys(run, capsys):
    values = json.loads(said(capsys, "evaluate", run / "run", run / "rhyme.txt", "--json"))
    assert values["bits_per_character"] == pytest.approx(values["val_loss"] / math.log(2))
    assert values["characters"] == 103
    assert values["seconds"] > 0
    assert "val_loss" in said(capsys, "evaluate", run / "run", run / "rhyme.txt")


def test_a_model_goes_into_a_file_and_comes_out_of_it(run, capsys, tmp_path):
    file, theirs = tmp_path / "mine.charlm.zip", tmp_path / "theirs"
    assert "The text itself is not" in said(capsys, "export", run / "run", file)
    out = said(capsys, "import", file, "--out", theirs)
    assert "lstm, 1 layer of 12 units" in out
    assert f"python -m charlm generate {theirs}" in out
    once, again = (said(capsys, "generate", folder, "--seed", 3, "--length", 60) for folder in (run / "run", theirs))
    assert once == again
    assert "rhyme" in json.loads(said(capsys, "import", file, "--out", tmp_path / "more", "--json"))["corpus"]["name"]
    assert json.loads(said(capsys, "export", theirs, tmp_path / "b.zip", "--json"))["bytes"] > 1_000
    assert main(["export", str(theirs), str(file)]) == 1
    assert "There is a file at" in capsys.readouterr().err


def test_an_imported_model_cannot_learn_on_and_says_why(run, capsys, tmp_path):
    file, theirs = tmp_path / "mine.charlm.zip", tmp_path / "theirs"
    said(capsys, "export", run / "run", file)
    said(capsys, "import", file, "--out", theirs)
    assert main(["train", str(run / "rhyme.txt"), "--out", str(theirs), "--resume"]) == 1
    assert "holds only a finished network" in capsys.readouterr().err


def test_show_prints_the_card(run, capsys):
    out = said(capsys, "show", run / "run")
    assert "lstm, 1 layer of 12 units" in out
    assert "After epoch 3 it wrote:" in out
    card = json.loads(said(capsys, "show", run / "run", "--json"))
    assert (card["format_version"], len(card["history"]), len(card["samples"])) == (2, 3, 4)
