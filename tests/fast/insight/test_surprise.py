"""How little each character was expected."""

import json
from dataclasses import asdict

import numpy as np
import pytest

from charlm.errors import UnknownCharacter
from charlm.insight.observations import surprisal
from charlm.insight.surprise import surprise


def test_every_character_has_its_bits_and_what_was_expected_instead(toy):
    seen = surprise(toy, "the zone")
    assert seen.text == "the one"
    assert seen.replaced == {"z": ""}
    assert [c.character for c in seen.characters] == list(seen.text)
    assert seen.characters[0].expected == "t"
    assert seen.characters[0].expected_probability > 0.9
    assert seen.characters[0].bits < seen.characters[4].bits  # "t" begins every line, no word begins with "o"


def test_the_whole_is_the_sum_of_its_characters(toy):
    seen = surprise(toy, "the cat sat")
    assert seen.total_bits == pytest.approx(sum(c.bits for c in seen.characters))
    assert seen.bits_per_character == pytest.approx(seen.total_bits / 11)


def test_nonsense_surprises_more_than_the_text_it_knows(toy):
    assert surprise(toy, "the cat sat").bits_per_character < surprise(toy, "tac eht tas").bits_per_character


def test_near_characters_stand_in_and_are_told(toy):
    seen = surprise(toy, "The Café")
    assert (seen.text, seen.replaced) == ("the café", {"T": "t", "C": "c"})


def test_a_text_in_pieces_is_the_same_text(toy):
    assert surprise(toy, "cafe\u0301") == surprise(toy, "caf\u00e9")


def test_unknown_characters_are_refused_if_nothing_may_stand_for_them(toy):
    with pytest.raises(UnknownCharacter, match="'C'"):
        surprise(toy, "the Cat", replace_unknown=False)


@pytest.mark.parametrize(("text", "told"), [("", "empty"), ("漢字", "漢"), ("\u0301", "never saw")])
def test_nothing_left_is_refused_in_words(toy, text, told):
    with pytest.raises(UnknownCharacter, match=told):
        surprise(toy, text)


def test_pieces_that_join_only_after_the_replacing_are_read_as_they_stand(toy_of):
    accents = toy_of("e\u0302 a\u0301 x\u0301\n")  # a vocabulary in which accents stand alone
    seen = surprise(accents, "\u0229\u0301")  # e with cedilla, then an acute: NFC leaves two
    assert seen.text == "e\u0301"
    assert len(seen.characters) == 2


def test_the_least_likely_has_a_number_of_bits_and_the_surest_has_none():
    bits = surprisal(np.array([[0.0, -2000.0], [0.0, -2000.0]]), np.array([0, 1]))
    assert bits.tolist() == [0, pytest.approx(2000 / np.log(2))]
    assert f"{bits[0]:.2f}" == "0.00"  # and not -0.00


def test_it_is_json(toy):
    assert json.loads(json.dumps(asdict(surprise(toy, "the cat")), allow_nan=False))["text"] == "the cat"
