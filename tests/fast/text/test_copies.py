"""What is copied: every stretch found, whole characters, and the place it comes from."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from charlm.errors import InvalidSetting
from charlm.text.copies import Copies, Copy, CopyFinder, find_copies
from charlm.text.corpus import from_text

# One to four bytes of UTF-8, twice alike but for the last byte; an accent on its own, NUL, half a surrogate pair.
LETTERS = st.text("abéè€𝄞𝄟\u0301\0\ud800", max_size=30)
SOURCE = "The lamp on the hill was lit every evening, and nobody knew by whom."


def by_hand(source, written, shortest):
    """Tries every stretch and keeps those that lie inside no other."""
    ends = len(written) + 1
    stands = [(a, b) for a in range(ends) for b in range(a + shortest, ends) if written[a:b] in source]
    whole = [(a, b) for a, b in stands if not any(c <= a and b <= d and (a, b) != (c, d) for c, d in stands)]
    return tuple(Copy(a, source.find(written[a:b]), b - a) for a, b in whole)


@given(LETTERS, LETTERS, st.integers(1, 5))
@example("abab", "abab", 2)
@example("𝄞a", "𝄟a", 1)
def test_it_finds_what_trying_every_stretch_finds(source, written, shortest):
    assert CopyFinder(source).find(written, shortest).stretches == by_hand(source, written, shortest)


@given(st.text("ab", max_size=40), st.text("ab", max_size=40), st.integers(1, 8))
def test_it_finds_them_in_a_text_that_repeats_itself_too(source, written, shortest):
    assert CopyFinder(source).find(written, shortest).stretches == by_hand(source, written, shortest)


@given(st.text(min_size=1), st.text(), st.text())
def test_what_was_pasted_is_found_whatever_it_is_written_in(pasted, before, after):
    copies = CopyFinder(after + pasted + before).find(before + pasted + after, len(pasted))
    assert any(copy.start <= len(before) and copy.end >= len(before + pasted) for copy in copies.stretches)


@given(LETTERS, LETTERS)
def test_the_pieces_are_the_text_and_their_copies_hold_them(source, written):
    copies = CopyFinder(source).find(written, 2)
    pieces = list(copies.pieces())
    assert "".join(piece for piece, _ in pieces) == written
    assert all(piece and (copy is None or piece in source) for piece, copy in pieces)
    assert tuple(copy for _, copy in pieces if copy) == copies.stretches


def test_twenty_characters_are_a_copy_and_nineteen_are_not():
    finder = CopyFinder(SOURCE)
    assert finder.find("X" + SOURCE[4:23] + "X").stretches == ()
    assert finder.find("X" + SOURCE[4:24] + "X").stretches == (Copy(start=1, source=4, length=20),)


def test_two_that_overlap_are_both_told_and_counted_once():
    copies = CopyFinder("one two, two three").find("one two three!", 5)
    assert copies.stretches == (Copy(0, 0, 7), Copy(3, 8, 10))
    assert list(copies.pieces()) == [("one two", Copy(0, 0, 7)), (" three", Copy(3, 8, 10)), ("!", None)]
    assert (copies.longest, copies.share) == (10, 13 / 14)


def test_a_text_copied_whole_is_one_stretch():
    copies = CopyFinder(SOURCE).find(SOURCE)
    assert copies.stretches == (Copy(0, 0, len(SOURCE)),)
    assert (copies.longest, copies.share) == (len(SOURCE), 1)


def test_where_there_is_nothing_nothing_is_copied():
    nothing = Copies("", ())
    assert CopyFinder(SOURCE).find("") == CopyFinder("").find("") == nothing
    assert CopyFinder("").find(SOURCE).stretches == CopyFinder("short").find("short").stretches == ()
    assert (nothing.longest, nothing.share, list(nothing.pieces())) == (0, 0, [])


def test_the_passage_shows_what_stands_around_it():
    finder = CopyFinder(SOURCE)
    (copy,) = finder.find("Who lit it? Nobody knew: lit every evening, and", 15).stretches
    assert finder.passage(copy, around=4) == (" was", " lit every evening, and", " nob")
    assert finder.passage(copy) == (SOURCE[:24], " lit every evening, and", SOURCE[47:])


@pytest.mark.parametrize("source", [SOURCE, from_text(SOURCE, "hill")])
def test_two_texts_are_all_it_needs(source):
    assert find_copies("X" + SOURCE[4:24] + "X", source).stretches == (Copy(start=1, source=4, length=20),)
    assert find_copies(SOURCE[4:20], source).stretches == ()
    assert find_copies(SOURCE[4:20], source, shortest=16).share == 1


def test_both_are_compared_as_a_corpus_is():
    assert find_copies("cafe\u0301\r\nau lait", "un caf\u00e9\nau lait", shortest=5).share == 1


def test_a_copy_has_a_character_at_least():
    with pytest.raises(InvalidSetting):
        find_copies("abc", "abc", shortest=0)
