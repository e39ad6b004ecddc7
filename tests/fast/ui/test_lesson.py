"""A lesson in a link."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charlm.errors import InvalidSetting
from charlm.languages import speaking
from charlm.ui.lesson import HOTTEST, LONGEST_START, Lesson

TEMPERATURES = st.tuples(*[st.integers(0, 100).map(lambda n: n / 20)] * 4)


@given(st.text(st.characters(codec="utf-8"), max_size=50), TEMPERATURES, st.integers(0, 2**40), st.integers(50, 1_000))
def test_a_link_opens_the_lesson_it_was_made_from(start, temperatures, seed, length):
    lesson = Lesson("shakespeare", start, temperatures, seed, length)
    query = dict(parse_qsl(lesson.query(), keep_blank_values=True))
    assert Lesson.from_query(query) == lesson


@pytest.mark.parametrize(
    "changed",
    [
        {"tab": "write"},
        {"seed": "-1"},
        {"seed": "9" * 5_000},
        {"length": "1e9"},
        {"length": "2000"},
        {"temperatures": "0.2 0.5"},
        {"temperatures": "0.2 0.5 nan 1"},
        {"temperatures": "0.2 0.5 1 6"},
        {"temperatures": "<b> 0.5 1 2"},
        {"start": "x" * (LONGEST_START + 1)},
    ],
)
def test_a_link_out_of_bounds_opens_nothing(changed):
    query = dict(parse_qsl(Lesson("shakespeare").query(), keep_blank_values=True))
    assert Lesson.from_query(query) is not None
    assert Lesson.from_query(query | changed) is None
    assert Lesson.from_query({}) is None


def test_what_is_asked_for_has_limits():
    with pytest.raises(InvalidSetting, match="from 0 to 5"):
        Lesson(temperatures=(0, 1, 2, HOTTEST + 1))
    with pytest.raises(InvalidSetting, match=r"seed is 1\.5"):
        Lesson(seed=1.5)


def test_a_refusal_names_the_limits_in_the_reader_s_language():
    with pytest.raises(InvalidSetting) as long, speaking("es"):
        Lesson(start="x" * (LONGEST_START + 1))
    with speaking("es"):
        assert f"un comienzo de {LONGEST_START} caracteres como máximo" in long.value.expected
