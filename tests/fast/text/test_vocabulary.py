"""Characters and ids, there and back; and what is near to a stranger."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charlm.errors import CheckpointDamaged, UnknownCharacter
from charlm.text.vocabulary import Vocabulary, count_characters


@given(st.text(min_size=1))
def test_decoding_undoes_encoding(text):
    vocabulary = Vocabulary.of(text)
    ids = vocabulary.encode(text)
    assert ids.shape == (len(text),)
    assert vocabulary.decode(ids) == text


def test_ids_follow_the_sorted_alphabet():
    assert Vocabulary.of("Hola").characters == "Halo"
    assert Vocabulary.of("Hola").encode("Hola").tolist() == [0, 3, 2, 1]


@pytest.mark.parametrize("stranger", ["a", "c", "e", "\U0010ffff", "\ud800"])  # before, between and after the known
def test_no_stranger_gets_an_id(stranger):
    with pytest.raises(UnknownCharacter):
        Vocabulary("bd").encode("b" + stranger)


def test_an_empty_text_has_no_ids():
    assert Vocabulary("ab").encode("").shape == (0,)


@pytest.mark.parametrize(("size", "dtype"), [(1, "uint8"), (256, "uint8"), (257, "uint16"), (4_000, "uint16")])
def test_an_id_fits_into_a_byte_or_two(size, dtype):
    vocabulary = Vocabulary("".join(map(chr, range(size))))
    assert vocabulary.dtype == dtype
    assert vocabulary.encode(vocabulary.characters).astype(vocabulary.dtype).max() == size - 1


@given(st.text(st.characters(exclude_categories=()), max_size=50))
def test_every_character_is_counted(text):
    assert count_characters(text) == Counter(text)
    assert list(count_characters(text)) == sorted(set(text))


def test_every_stranger_is_named_with_an_offer():
    with pytest.raises(UnknownCharacter) as caught:
        Vocabulary.of("abe'").encode("bé’ß")
    assert "'é' (U+00E9)" in str(caught.value)
    assert "'é' -> 'e'" in str(caught.value)
    assert '"\'"' in str(caught.value)
    assert "'ß' left out" in str(caught.value)


@pytest.mark.parametrize(
    ("known", "stranger", "near"),
    [
        ("Ee", "é", "e"),
        ("Ee", "É", "E"),
        ("é", "e", "é"),
        ("'", "’", "'"),
        ("’", "'", "’"),
        ("a", "A", "a"),
        ("-", "—", "-"),
        ("a", "日", None),
    ],
)
def test_near_means_alike_in_ascii_and_the_same_case_wins(known, stranger, near):
    assert Vocabulary.of(known).near(stranger) == near


@pytest.mark.parametrize(
    ("known", "text", "normalized"),
    [
        ("caf\u00e9", "cafe\u0301", "caf\u00e9"),  # composed, as every corpus
        ("cafe\u0301\u00e9", "cafe\u0301", "caf\u00e9"),  # even where both can be spelt
        ("ae\u0302", "e\u0302", "e\u0302"),  # it wrote this itself, and never saw the two as one
        ("abc", "e\u0301", "\u00e9"),
    ],
)
def test_every_text_is_normalized_as_a_corpus_is(known, text, normalized):
    assert Vocabulary.of(known).normalized(text) == normalized


def test_an_accent_on_its_own_is_named():
    with pytest.raises(UnknownCharacter, match=r"U\+0301.*left out"):
        Vocabulary.of("cafe").encode("cafe\u0301")


@given(st.text(min_size=1), st.text())
def test_after_replacing_nothing_is_unknown(known, text):
    vocabulary = Vocabulary.of(known)
    replaced, _ = vocabulary.replace_unknown(text)
    vocabulary.encode(replaced)


@pytest.mark.parametrize("characters", ["", "aba"])
def test_a_vocabulary_that_cannot_be_is_refused(characters):
    with pytest.raises(CheckpointDamaged):
        Vocabulary(characters)
