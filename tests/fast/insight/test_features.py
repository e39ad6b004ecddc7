"""What a cell may follow in a text, in any language."""

import numpy as np
import pytest

from charlm.insight.features import NAMES, features, is_vowel


def marked(text, name):
    """The characters after which a feature is there."""
    return "".join(c if on else "." for c, on in zip(text, features(text)[name], strict=True))


def test_every_feature_has_a_number_for_every_character():
    found = features('"Go!" she said (7 times).\n\nROMEO:\n')
    assert tuple(found) == NAMES
    assert {(v.shape, v.dtype) for v in found.values()} == {((34,), np.dtype(np.float32))}


def test_an_empty_text_has_none():
    assert {v.shape for v in features("").values()} == {(0,)}


def test_places_are_counted_from_the_line_and_the_word():
    found = features("an old\nman")
    assert found["position in line"].tolist() == [1, 2, 3, 4, 5, 6, 0, 1, 2, 3]
    assert found["word length so far"].tolist() == [1, 2, 0, 1, 2, 3, 0, 1, 2, 3]


def test_a_line_end_is_near_only_if_one_comes():
    assert marked("0123456789abcd\nefg", "line end near") == "....456789abcd...."
    assert marked("no end", "line end near") == "......"


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He: "yes" and "no" it is', '...."yes......"no.......'),
        ("Er: „ja“ und »nein« da", "....„ja......»nein...."),
        ("Il : « oui » et “non” là", ".....« oui .....“non...."),
        ("彼「はい」と", ".「はい.."),
        ("don't, it's, ’tis", "................."),
    ],
)
def test_quotation_marks_of_several_languages(text, inside):
    assert marked(text, "inside quotes") == inside


def test_a_quotation_ends_with_its_paragraph():
    text = 'An "open one\n\nNew "one" x'
    assert marked(text, "inside quotes") == '..."open one\n' + "....." + '"one...'


def test_brackets_of_all_kinds_also_one_in_the_other():
    assert marked("a (b (c) d) e [f] {g}", "inside brackets") == "..(b (c) d....[f..{g."


def test_a_mark_that_is_never_closed_is_none_when_it_goes_on_too_long():
    assert not features('a "' + "b" * 3_000)["inside quotes"].any()


def test_vowels_with_and_without_accents_but_no_consonant():
    assert all(map(is_vowel, "aéÍüøыёήя"))
    assert not any(map(is_vowel, "bñçйЙ7 -"))
    assert marked("él no", "vowel next") == "...n."


def test_capitals_digits_spaces_lines_and_paragraphs():
    assert marked("Ábel 12\n\nx", "after a capital") == "Á........."
    assert marked("Ábel 12\n\nx", "digit") == ".....12..."
    assert marked("a b\u00a0c", "after a space") == ". .\u00a0."
    assert marked("a\n\nb", "line start") == ".\n\n."
    assert marked("a\n\nb", "paragraph start") == "..\n."


def test_a_speaker_has_a_line_of_his_own():
    text = "ROMEO:\nAy me!\n\nFirst Citizen:\nSee: a lamp.\n"
    assert marked(text, "speaker line").replace(".", "") == "ROMEO:First Citizen:"
