"""What can be asked of a model: facts, within the limits of the machine."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from charlm.errors import CheckpointNotFound, CorpusNotFound, InvalidSetting, TooBusy, UnknownCharacter
from charlm.runs.visitors import Keys
from charlm.text.copies import CopyFinder
from charlm.ui.writing import Waiting, be_surprised, compare, find_copies, foresee, write


def test_a_text_grows_to_its_length(machine):
    answers = list(write(machine, "toy", "the ", 0.5, 20, seed=1))
    lengths = [len(answer.text) for answer in answers]
    assert lengths == sorted(lengths)
    assert lengths[-1] == 20
    assert [answer.finished for answer in answers] == [False] * (len(answers) - 1) + [True]
    assert {(answer.start_text, answer.seed, answer.length) for answer in answers} == {("the ", 1, 20)}


def test_an_empty_start_is_the_beginning_of_a_line(machine):
    (*_, last) = write(machine, "toy", "", 0.5, 20, seed=1)
    assert last.start_text in ("the cat", "the rat")


def test_a_start_is_composed_as_texts_are(machine):
    (*_, last) = write(machine, "toy", "cafe\u0301", 0.0, 5, seed=1)
    assert last.start_text == "café"


def test_whoever_comes_while_others_write_is_told_the_place(machine):
    first = write(machine, "toy", "the ", 0.5, 20, seed=1)
    next(first)
    second = write(machine, "toy", "the ", 0.5, 20, seed=1)
    assert next(second) == Waiting(1)
    with pytest.raises(TooBusy):
        next(write(machine, "toy", "the ", 0.5, 20, seed=1))
    first.close()
    assert next(second).start_text == "the "


def test_all_temperatures_write_what_one_writes(machine):
    (*_, last) = compare(machine, "toy", "the ", [0.0, 1.0], 20, seed=3)
    assert last.finished
    for column in last.columns:
        (*_, alone) = write(machine, "toy", "the ", column.temperature, 20, seed=3)
        assert column.text == alone.text
    assert last.columns[1].known_words is not None


@pytest.mark.parametrize(
    ("start", "length"), [("the ", 61), ("t" * 61, 10)], ids=["more than may be written", "more than may be read"]
)
def test_the_limit_of_the_machine_bounds_every_wish(machine, start, length):
    with pytest.raises(InvalidSetting, match="60 at most"):
        next(write(machine, "toy", start, 0.5, length, 1))
    with pytest.raises(InvalidSetting, match="60 at most"):
        next(compare(machine, "toy", start, [0.5], length, 1))
    if len(start) > 60:
        with pytest.raises(InvalidSetting, match="60 at most"):
            foresee(machine, "toy", start, 0.5)
        with pytest.raises(InvalidSetting, match="60 at most"):
            be_surprised(machine, "toy", start)


@pytest.mark.parametrize("temperatures", [[], [1.0] * 5])
def test_one_to_four_temperatures_are_compared(machine, temperatures):
    with pytest.raises(InvalidSetting, match="Expected 1 to 4"):
        next(compare(machine, "toy", "the ", temperatures, 20, 1))


def test_unknown_characters_are_named_with_what_could_stand_there(machine):
    for asked in (write(machine, "toy", "Thé", 0.5, 20, 1), compare(machine, "toy", "Thé", [0.5], 20, 1)):
        with pytest.raises(UnknownCharacter, match=r"never saw T\. Replace: T → t"):
            list(asked)
    with pytest.raises(UnknownCharacter, match="T → t"):
        foresee(machine, "toy", "Thé", 0.5)


@pytest.mark.parametrize("name", ["nobody", "", None])
def test_a_model_that_is_not_there_is_told_without_this_machine_s_folders(machine, name):
    with pytest.raises(CheckpointNotFound, match="There is no model") as refused:
        next(write(machine, name, "the ", 0.5, 20, 1))
    assert "secret" not in str(refused.value)


def test_surprise_is_that_of_the_whole_text(machine):
    seen = be_surprised(machine, "toy", "the cat ☃")
    assert (seen.text, seen.replaced) == ("the cat ", {"☃": ""})
    with pytest.raises(InvalidSetting, match="no sentence"):
        be_surprised(machine, "toy", " \n")


def test_copies_come_with_where_they_stand(machine):
    finder, found = find_copies(machine, "toy", "so: the cat sat on the hat.", "")
    (copy,) = found.stretches
    assert finder.passage(copy)[1] == "the cat sat on the hat"
    with pytest.raises(CorpusNotFound, match="only the model"):
        find_copies(machine, "other", "the cat", "")
    with pytest.raises(InvalidSetting, match="5,000"):
        find_copies(machine, "toy", "x" * 5_001, "")


def test_the_text_of_a_run_is_shown_to_its_owner_alone(machine, tmp_path):
    run, keys = "toy-0123456789abcdef", Keys(tmp_path)
    shelf = SimpleNamespace(copy_finder=lambda _: CopyFinder("the cat sat on the hat\n"))
    owned = replace(machine, shelf=shelf, runs=SimpleNamespace(limits=machine.limits, keys=keys))
    assert find_copies(owned, run, "the cat sat on the hat", keys.owner_key(run))[1].share == 1
    for key in ("", run, keys.owner_key("toy-fedcba9876543210")):
        with pytest.raises(CorpusNotFound, match="belongs to the person who trained it"):
            find_copies(owned, run, "the cat sat on the hat", key)
