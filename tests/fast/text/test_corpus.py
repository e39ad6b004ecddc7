"""A text from a file, from bytes or from a string, whatever program saved them; what was changed is told."""

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charlm.errors import AlphabetTooLarge, CorpusError, CorpusNotFound, NotText, TextTooShort
from charlm.text.corpus import decode, from_text, join, read_corpus


def test_what_was_found_and_changed_is_reported():
    corpus = decode(codecs.BOM_UTF8 + "Cafe\u0301\r\nNoel\r\n".encode(), "letter.txt")
    assert corpus.text == "Café\nNoel\n"
    saved, line_ends, accents = corpus.changes
    assert saved == "Saved as UTF-8, with a mark at its start that was left out."
    assert "2 in all" in line_ends
    assert "NFC" in accents


def test_a_plain_text_has_nothing_to_report():
    assert decode(b"plain\n", "letter.txt").changes == ()


def test_a_pasted_text_may_have_a_mark_too():
    corpus = from_text("\ufeffHello", "pasted")
    assert (corpus.text, corpus.encoding) == ("Hello", "")
    assert corpus.changes == ("A mark at its start (a byte order mark) was left out.",)


def test_what_could_not_be_read_is_told_with_its_place():
    content = "un café\r\nun thé\r\nun service ".encode() + b"fun\xe9raire\r\nmerci\r\n"
    corpus = decode(content, "menu.txt")
    assert corpus.text == "un café\nun thé\nun service fun\ufffdraire\nmerci\n"
    assert "One place is not utf-8 and shows � now: line 3, “un service fun�raire”." in corpus.changes


def test_a_doubt_is_data_and_a_sentence():
    corpus = decode("It was a déjà vu.\n".encode("mac-roman"), "letter.txt")
    (doubt,) = corpus.doubts
    assert (doubt.name, doubt.readings[0].encoding) == ("letter.txt", corpus.encoding)
    assert doubt.sentence in corpus.changes
    named = decode("It was a déjà vu.\n".encode("mac-roman"), "letter.txt", "mac-roman")
    assert (named.text, named.doubts, named.changes) == ("It was a déjà vu.\n", (), ())


def test_several_texts_keep_what_was_told_of_each():
    first = decode(b"one\r\n", "a.txt")
    second = decode("It was a déjà vu.".encode("mac-roman"), "b.txt")
    both = join([first, second])
    assert both.name == "a.txt and 1 more"
    assert both.text.startswith("one\nIt was")
    assert both.doubts == second.doubts
    assert both.changes[0].startswith("a.txt: Line ends")
    assert all(sentence.startswith("b.txt: ") for sentence in both.changes[1:])


@pytest.mark.parametrize("content", [b"", b" \r\n \t", codecs.BOM_UTF16_LE])
def test_an_empty_file_is_refused(content):
    with pytest.raises(TextTooShort, match="is empty"):
        decode(content, "nothing.txt")


def test_an_alphabet_of_4000_works_and_one_more_is_refused():
    many = "".join(map(chr, range(0x4E00, 0x4E00 + 4_000)))
    assert len(set(from_text(many, "hanzi").text)) == 4_000
    with pytest.raises(AlphabetTooLarge, match="4,001 different characters"):
        from_text(many + "a", "hanzi")


def test_a_missing_file_names_the_built_in_texts(tmp_path):
    with pytest.raises(CorpusNotFound, match="lamplighter, molino, shakespeare"):
        read_corpus(tmp_path / "nowhere.txt")


@pytest.mark.parametrize("path", ["a" * 300, "b/" * 5_000, "half \ud83d", "zero\0", "", ".", "/dev/null/x"])
def test_a_path_that_cannot_be_is_no_file(path):
    with pytest.raises(CorpusNotFound, match="no text file") as caught:
        read_corpus(path)
    str(caught.value).encode()


def test_a_file_may_have_a_name_that_is_no_utf_8(tmp_path):
    path = tmp_path / "caf\udce9.txt"
    path.write_text("Hello")
    assert read_corpus(path).name == "caf\ufffd.txt"


@given(st.text(min_size=1))
def test_a_text_is_normal_after_one_reading_and_stays_so(text):
    try:
        once = from_text(text, "any").text
    except (TextTooShort, NotText):
        return
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once
    assert from_text(once, "any").text == once


@pytest.mark.fuzz
@given(st.binary() | st.text().map(str.encode), st.none() | st.text() | st.sampled_from(["utf-8", "utf-16", "utf-7"]))
def test_any_bytes_become_a_text_or_a_kind_error(content, encoding):
    try:
        corpus = decode(content, "any", encoding)
    except CorpusError:
        return
    assert corpus.text.strip()
    assert corpus.text.encode()
