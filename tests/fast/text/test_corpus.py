"""Bytes become text, whatever program saved them."""

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charlm.errors import AlphabetTooLarge, CorpusNotFound, NotText, TextTooShort
from charlm.text.corpus import decode, from_text, read_corpus

SPANISH = "En un lugar de la Mancha, de cuyo nombre no quiero acordarme — ¿qué sueño, señor? ¡Ningún año!\n"
CURLY = "“Don’t,” she said — “it’s 5 o’clock.”\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SPANISH, "utf-8"),
        (SPANISH, "utf-8-sig"),
        (SPANISH, "utf-16"),
        (SPANISH, "utf-16-le"),
        (SPANISH, "utf-16-be"),
        (SPANISH, "utf-32"),
        (SPANISH, "windows-1252"),
        (SPANISH.replace("—", "-"), "latin-1"),
        (CURLY, "windows-1252"),
        ("Зимой в деревне тихо, снег лежит на крышах.\n", "windows-1251"),
        ("春天来了，村子里的老人坐在门口晒太阳，孩子们在河边玩耍。\n", "gb18030"),
    ],
)
def test_the_encoding_is_found(text, encoding):
    assert decode((text * 3).encode(encoding), "letter.txt").text == text * 3


def test_one_odd_byte_far_into_an_ascii_text_is_a_windows_quote():
    content = b"It was the fifth of the month. " * 10_000 + "Don’t go.".encode("windows-1252")
    assert decode(content, "letter.txt").text.endswith("Don’t go.")


def test_what_was_found_and_changed_is_reported():
    corpus = decode(codecs.BOM_UTF8 + "Cafe\u0301\r\nNoel\r".encode(), "letter.txt")
    assert corpus.text == "Café\nNoel\n"
    told = " ".join(corpus.changes)
    assert "byte order mark" in told
    assert "2 line ends" in told
    assert "NFC" in told


def test_a_plain_text_has_nothing_to_report():
    assert decode(b"plain\n", "letter.txt").changes == ()


def test_the_encoding_can_be_chosen():
    content = "año".encode("cp850")
    assert decode(content, "letter.txt", "cp850").text == "año"
    with pytest.raises(NotText, match="byte 1 does not fit"):
        decode(content, "letter.txt", "utf-8")
    for nonsense in ("klingon", "hex", "\0"):
        with pytest.raises(NotText, match="no encoding called"):
            decode(content, "letter.txt", nonsense)


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, b"PK\x03\x04" + bytes(range(256)) * 9, bytes(5000)]
)
def test_binary_data_is_refused_with_the_cure(content):
    with pytest.raises(NotText, match="save it as plain text"):
        decode(content, "holiday.txt")


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
@given(st.binary())
def test_any_bytes_become_a_text_or_a_kind_error(content):
    try:
        corpus = decode(content, "any")
    except (NotText, TextTooShort, AlphabetTooLarge):
        return
    assert corpus.text.strip()
