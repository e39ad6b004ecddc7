"""How well a model expects a text, from the command line."""

import io
import json
import math

import pytest


def test_evaluate_json_has_the_promised_keys(run, said):
    values = json.loads(said("evaluate", run / "run", run / "rhyme.txt", "--json"))
    assert values["bits_per_character"] == pytest.approx(values["val_loss"] / math.log(2))
    assert values["characters"] == 103
    assert values["seconds"] > 0
    assert "val_loss" in said("evaluate", run / "run", run / "rhyme.txt")


def test_a_sentence_a_file_and_standard_input_are_read_alike(run, said, tmp_path, monkeypatch):
    (tmp_path / "cat.txt").write_bytes("The c\u00e4t".encode("latin-1"))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("The c\u00e4t".encode())))
    answers = [
        json.loads(said("surprise", run / "run", *text, "--json"))["models"]
        for text in (["The c\u00e4t"], ["--file", tmp_path / "cat.txt", "--encoding", "latin-1"], ["-"])
    ]
    assert answers[0] == answers[1] == answers[2]
    (facts,) = answers[0]
    assert facts["text"] == "the cat"
    assert facts["replaced"] == {"T": "t", "\u00e4": "a"}
    assert facts["total_bits"] == pytest.approx(sum(c["bits"] for c in facts["characters"]))
    assert facts["bits_per_character"] == pytest.approx(facts["total_bits"] / 7)


def test_two_models_are_held_against_each_other(run, said):
    out = said("surprise", run / "run", "the cat sat", "--other", run / "run")
    assert "expects it" not in out  # one model named twice is one
    other = run.parent / "other"
    said("train", run / "rhyme.txt", "--out", other, "--rnn-units", 4, "--epochs", 1)
    command = ["surprise", run / "run", "the cat sat", "--other", other]
    answer = json.loads(said(*command, "--json"))
    assert [m["model"] for m in answer["models"]] == [str(run / "run"), str(other)]
    less, more = (m["bits_per_character"] for m in answer["models"])
    assert less < more - 0.1
    assert f"{run / 'run'} expects the text more" in " ".join(said(*command).split())
