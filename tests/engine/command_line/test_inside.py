"""A look inside a network, from the command line."""

import json

from charlm.command_line.cli import main


def test_parts_and_shortlist_as_tables_and_as_numbers(run, said):
    out = said("inside", run / "run")
    assert "recurrent 1" in out
    assert "the part of its text that it never learnt from" in out
    answer = json.loads(said("inside", run / "run", "--json"))
    assert answer["parameters"] == sum(part["parameters"] for part in answer["parts"])
    assert answer["shortlist"]["source"] == "held out"
    assert len(answer["shortlist"]["best"]) == 12
    assert all(abs(one["r"]) >= 0.5 for one in answer["shortlist"]["cells"])


def test_one_cell_over_a_sentence(run, said):
    command = ["inside", run / "run", "--cell", 3, "--over", "The cat"]
    answer = json.loads(said(*command, "--json"))["cell"]
    assert answer["replaced"] == {"T": "t"}
    assert len(answer["activations"]) == len(answer["gates"]["forget"]) == 7
    assert "forget" in said(*command)


def test_without_a_cell(run, said):
    command = ["inside", run / "run", "--cell", 3, "--switch-off", "--text", run / "rhyme.txt"]
    answer = json.loads(said(*command, "--json"))["switched_off"]
    assert answer["finished"]
    assert answer["cost"]["without"] != answer["cost"]["with_cell"]
    assert "without it" in said(*command)


def test_how_far_back_and_the_neighbours(run, said):
    answer = json.loads(said("inside", run / "run", "--reach", 6, "--neighbours", "a", "--over", "the cat", "--json"))
    assert len(answer["reach"]["norms"]) == 6
    assert len(answer["neighbours"]["row"]) == 8
    out = said("inside", run / "run", "--reach", 6, "--neighbours", "a", "--over", "the cat")
    assert "space" in out
    assert "cosine" in out


def test_what_is_not_there_is_refused(run, capsys):
    assert main(["inside", str(run / "run"), "--cell", "12"]) == 1
    assert "There is no cell 12" in capsys.readouterr().err
    assert main(["inside", str(run / "run"), "--cell", "1", "--layer", "0"]) == 1
    assert main(["inside", str(run / "run"), "--neighbours", "☃"]) == 1
