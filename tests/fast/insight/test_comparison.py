"""What the temperature lab knows, as data."""

import json
from dataclasses import asdict

import numpy as np
import pytest

from charlm.errors import InvalidSetting, UnknownCharacter
from charlm.insight.comparison import compare
from charlm.insight.observations import parting
from charlm.insight.reading import thoughts
from charlm.text.traces import Traces

HEATS = (0.0, 0.5, 1.0, 5.0)


def test_it_grows_piece_by_piece_and_ends_with_all_facts(toy):
    *growing, last = compare(toy, "the ", HEATS, 23, seed=3, traces=Traces.of("the cat sat"))
    assert [len(c.columns[0].text) for c in growing] == [5, 10, 15, 20, 23]
    assert not any(c.finished or c.columns[0].choices for c in growing)
    assert last.finished
    assert (last.start_text, last.seed) == ("the ", 3)
    assert [c.temperature for c in last.columns] == list(HEATS)
    assert [c.text for c in last.columns] == [c.text for c in growing[-1].columns]
    freedom = [c.choices for c in last.columns]
    assert freedom[0] == pytest.approx(1)
    assert freedom == sorted(freedom)
    assert all(0 <= c.known_words <= 1 for c in last.columns[:3])


@pytest.mark.parametrize("seed", range(8))
def test_a_column_parts_from_its_left_neighbour_where_it_first_differs(toy, seed):
    for comparison in compare(toy, "the ", HEATS, 23, seed):
        first, *others = comparison.columns
        assert first.parts_at is None
        for left, column in zip(comparison.columns, others, strict=False):
            assert column.parts_at == parting(column.text, left.text)


def test_one_temperature_twice_never_parts(toy):
    *_, last = compare(toy, "", (1.0, 1.0), 40, seed=1)
    assert last.columns[0].text == last.columns[1].text
    assert last.columns[1].parts_at is None


def test_without_the_words_of_its_text_no_word_is_known(toy):
    *_, last = compare(toy, "the ", (1.0,), 30, seed=1)
    assert last.columns[0].known_words is None


def test_what_goes_round_is_named(toy):
    *_, last = compare(toy, "the ", (0.0, 5.0), 200, seed=1)
    circling, wild = last.columns
    assert circling.loop
    assert circling.loop * 3 in circling.text
    assert wild.loop == ""


def test_a_start_in_pieces_is_the_same_start(toy):
    whole, pieces = (list(compare(toy, start, (1.0,), 9, seed=2)) for start in ("caf\u00e9", "cafe\u0301"))
    assert whole == pieces


@pytest.mark.parametrize(
    ("start", "temperatures", "error"),
    [("the", (-1.0,), InvalidSetting), ("THE", (1.0,), UnknownCharacter)],
)
def test_what_cannot_be_is_refused(toy, start, temperatures, error):
    with pytest.raises(error):
        list(compare(toy, start, temperatures, 9, seed=2))


def test_numbers_may_be_numpys_and_whole_ones_floats(toy):
    plain = list(compare(toy, "the ", [0.0, 0.5], 12, seed=2))
    assert list(compare(toy, "the ", np.array([0.0, 0.5], np.float32), 12.0, seed=np.int64(2))) == plain


def test_a_comparison_is_json(toy):
    *_, last = compare(toy, "the ", np.array(HEATS), np.int64(12), seed=np.uint8(2))
    assert json.loads(json.dumps(asdict(last), allow_nan=False))["columns"][0]["temperature"] == 0


@pytest.mark.parametrize("start", ["", "t", "the cat sat on"])
def test_there_is_a_thought_before_every_character(toy, start):
    text = "the cat ran"
    rows = np.concatenate(list(thoughts(toy, start, text)))
    assert rows.shape == (len(text), len(toy.vocabulary))
    for at in range(len(text)):
        np.testing.assert_array_equal(rows[at], toy.next_logits((start or "\n") + text[:at]))
