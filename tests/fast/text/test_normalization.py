"""Every character in one way, and what was changed said in words."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from charlm.text.normalization import Normalizer, normalize, printable, separable


def test_a_text_saved_on_windows_has_one_character_less_in_its_alphabet_and_it_is_said_why():
    text, (told,) = normalize("Hola\r\nmundo\r\n")
    assert text == "Hola\nmundo\n"
    assert "CR and LF, as Windows writes them" in told
    assert "2 in all" in told
    assert "the alphabet has one character less" in told


def test_line_ends_of_old_macs_cost_no_character():
    text, (told,) = normalize("one\rtwo\r")
    assert text == "one\ntwo\n"
    assert told == "Line ends as old Macs wrote them (CR) became LF, 2 in all."


def test_accents_are_composed_and_counted():
    text, (told,) = normalize("Cafe\u0301")
    assert text == "Café"
    assert "5 characters became 4" in told
    assert "became" not in normalize("\u212bngstrom")[1][0]  # the sign for the unit is the letter: as many as before


def test_half_a_pair_is_shown_and_a_whole_one_joined():
    assert normalize("cut \ud83d here") == (
        "cut \ufffd here",
        ["Halves of characters, left where a text was cut, show � now: 1 in all."],
    )
    assert normalize("\ud83d\ude00") == ("😀", [])


def test_a_plain_text_stays_and_nothing_is_told():
    assert normalize("plain\n") == ("plain\n", [])


ODD = st.text(st.characters(exclude_categories=()) | st.sampled_from("\r\ne\u0301\ud800\udc00\u1100\u1161\u11a8가"))


@given(ODD, st.integers(1, 5))
@example("a\r\nb", 2)
@example("cafe\u0301s", 4)
@example("\u1100\u1161\u11a8", 1)
@example("\ud83d\ude00", 1)
def test_in_pieces_it_becomes_the_same_and_the_same_is_told(text, size):
    pieces = separable(text[start : start + size] for start in range(0, len(text), size))
    normalizer = Normalizer()
    assert ("".join(map(normalizer.take, pieces)), normalizer.told()) == normalize(text)


def test_a_long_text_without_spaces_is_cut_too():
    assert len(list(separable(["ACGT" * 100] * 10))) >= 10


@given(ODD)
def test_normal_once_is_normal_for_ever_and_can_be_saved(text):
    once, _ = normalize(text)
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once
    assert once.encode().decode() == once
    assert normalize(once) == (once, [])


@pytest.mark.parametrize(
    ("name", "shown"), [("letter.txt", "letter.txt"), ("caf\udce9.txt", "caf\ufffd.txt"), ("😀", "😀")]
)
def test_a_name_can_be_shown(name, shown):
    assert printable(name) == shown
