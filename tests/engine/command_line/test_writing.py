"""Writing from the command line."""

import json
import os
import subprocess
import sys

import pytest

from charlm.command_line.cli import main


def test_the_same_seed_writes_the_same(run, said):
    once, again, other = (
        said("generate", run / "run", "--start-text", "the ", "--length", 90, "--seed", s) for s in (1, 1, 2)
    )
    assert once == again != other
    assert once.startswith("the ")
    assert len(once) == 4 + 90 + 1


def test_several_temperatures_stand_one_under_the_other(run, said):
    out = said("generate", run / "run", "--temperature", 0.2, 1.5, "--length", 30)
    assert out.index("--- temperature 0.2 ---") < out.index("--- temperature 1.5 ---")


def test_generate_json_names_seed_and_temperatures(run, said):
    answer = json.loads(said("generate", run / "run", "--temperature", 0, 1, "--length", 30, "--json"))
    assert [t["temperature"] for t in answer["texts"]] == [0, 1]
    again = said("generate", run / "run", "--temperature", 1, "--length", 30, "--seed", answer["seed"])
    assert again == answer["texts"][1]["text"] + "\n"


def test_an_unknown_character_is_refused_with_an_offer_that_can_be_taken(run, said, capsys):
    assert main(["generate", str(run / "run"), "--start-text", "Thé "]) == 1
    assert "'é' -> 'e'" in capsys.readouterr().err
    assert said("generate", run / "run", "--start-text", "Thé ", "--replace-unknown", "--length", "5").startswith(
        "the "
    )


def test_a_comparison_says_what_can_be_seen_in_each_column(run, said):
    command = ["compare", run / "run", "--start-text", "the ", "--length", 60, "--seed", 4, "--temperature", 0, 1.5]
    answer = json.loads(said(*command, "--json"))
    cold, hot = answer["columns"]
    assert (answer["start_text"], answer["seed"], answer["finished"]) == ("the ", 4, True)
    assert [len(c["text"]) for c in (cold, hot)] == [60, 60]
    assert cold["choices"] == pytest.approx(1)
    assert hot["choices"] > 1
    assert hot["text"][: hot["parts_at"]] == cold["text"][: hot["parts_at"]]
    assert 0 <= cold["known_words"] <= 1  # the run's folder has its words
    out = said(*command)
    assert "the " + cold["text"] in out
    assert f"at character {hot['parts_at'] + 1}" in out


def test_a_comparison_without_temperatures_is_that_of_the_page(run, said):
    answer = json.loads(said("compare", run / "run", "--length", 9, "--json"))
    assert [c["temperature"] for c in answer["columns"]] == [0.2, 0.5, 1.0, 1.5]


def test_the_next_characters_come_in_order(run, said):
    command = ["next", run / "run", "--start-text", "th", "--count", 3, "--temperature", 0.5, "--top-k", 2]
    offered = json.loads(said(*command, "--json"))["characters"]
    assert len(offered) == 3
    assert offered[0]["probability"] > offered[1]["probability"] > offered[2]["probability"]
    assert [c["heated"] > 0 for c in offered] == [True, True, False]
    assert f"{offered[0]['heated']:.1%}" in said(*command)


@pytest.mark.parametrize(
    "start", [["--start-text", "-hat"], ["--start-text=-hat"], ["--start", "-hat"], ["--start-text", "--hat"]]
)
def test_a_start_may_begin_with_a_dash(run, said, start):
    assert said("generate", run / "run", *start, "--replace-unknown", "--length", 5).startswith("hat")


@pytest.mark.parametrize("option", ["--temperature", "--temp"])
def test_the_folder_may_stand_behind_the_temperatures(run, said, option):
    last = said("generate", "--length", 20, "--seed", 1, option, 0.2, 1.0, run / "run")
    assert last == said("generate", run / "run", "--length", 20, "--seed", 1, option, 0.2, 1.0)
    assert "--- temperature 0.2 ---" in last


def test_json_says_every_character_to_a_stream_that_has_none(said, tmp_path):
    (tmp_path / "cafe.txt").write_text("un caf\u00e9 \U0001f600\n" * 60, "utf-8")
    said("train", tmp_path / "cafe.txt", "--out", tmp_path / "cafe", "--rnn-units", 8, "--epochs", 1)
    command = ["generate", tmp_path / "cafe", "--start-text", "cafe\u0301 \U0001f600", "--length", "5", "--json"]
    answer = subprocess.run(
        [sys.executable, "-m", "charlm", *command],
        env=os.environ | {"PYTHONIOENCODING": "ascii"}, capture_output=True, check=True,
    ).stdout  # fmt: skip
    assert answer.isascii()
    assert json.loads(answer)["start_text"] == "caf\u00e9 \U0001f600"
