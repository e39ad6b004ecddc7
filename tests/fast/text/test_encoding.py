"""Bytes become characters, whatever program saved them: read as they were saved, or doubted aloud."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from charlm.errors import CorpusError, NotText
from charlm.text.corpus import decode, from_text
from charlm.text.encoding import decode_as, decode_found
from charlm.text.legacy_encodings import ENCODINGS

SPANISH = "En un lugar de la Mancha, de cuyo nombre no quiero acordarme — ¿qué sueño, señor? ¡Ningún año!\n"
CURLY = "“Don’t,” she said — “it’s 5 o’clock.”\n"
POLISH = "Stary zegarmistrz słuchał, jak miasto się budzi; żona gderała, że z czegoś trzeba żyć.\n"
RUSSIAN = "Зимой в деревне тихо, снег лежит на крышах, и только собаки лают вдалеке.\n"
JAPANESE = "港の近くに、小さな時計屋がありました。「もう動きませんか」とたずねました。\n"
CHINESE = "春天来了，村子里的老人坐在门口晒太阳，孩子们在河边玩耍。\n"
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]

SAVED = [
    *((text, encoding) for text in (SPANISH, POLISH, RUSSIAN, JAPANESE, CHINESE) for encoding in UNICODE),
    (SPANISH, "windows-1252"),
    (SPANISH, "mac-roman"),
    (SPANISH.replace("—", "-"), "iso-8859-1"),
    (SPANISH.replace("—", "-"), "cp850"),
    (CURLY, "windows-1252"),
    (CURLY, "mac-roman"),
    (POLISH, "windows-1250"),
    (POLISH, "iso-8859-2"),
    (POLISH, "cp852"),
    (RUSSIAN, "windows-1251"),
    (RUSSIAN, "koi8-r"),
    (RUSSIAN, "cp866"),
    (RUSSIAN, "iso-8859-5"),
    (JAPANESE, "shift_jis"),
    (JAPANESE, "euc_jp"),
    (JAPANESE, "iso2022_jp"),
    (CHINESE, "gb18030"),
]


@pytest.mark.parametrize(("text", "encoding"), SAVED)
def test_the_encoding_is_found(text, encoding):
    assert decode((text * 3).encode(encoding), "letter.txt").text == text * 3


def test_one_odd_byte_far_into_an_ascii_text_is_a_windows_quote():
    content = b"It was the fifth of the month. " * 10_000 + "Don’t go.".encode("windows-1252")
    assert decode_found(content, "letter.txt").text.endswith("Don’t go.")


def test_a_few_bytes_that_are_no_utf_8_do_not_make_it_another_encoding():
    text = SPANISH * 20
    content = text.encode().replace("sueño".encode(), b"sue\xf1o", 3)
    read = decode_found(content, "letter.txt")
    assert read.text == text.replace("sueño", "sue\ufffdo", 3)
    assert (read.encoding, read.strays, read.doubts) == ("utf-8", 3, ())


def test_where_half_of_it_is_no_utf_8_the_other_reading_is_shown():
    content = "le café\nun thé\n".encode() + "un service funéraire\n".encode("windows-1252")
    read = decode_found(content, "letter.txt")
    assert (read.encoding, read.strays) == ("utf-8", 1)
    lines = [reading.line for reading in read.doubts[0].readings]
    assert lines[0] == "un service fun\ufffdraire"
    assert "un service funéraire" in lines


@given(st.text("éñüß—“”日本", min_size=10), st.data())
def test_every_stray_byte_of_utf_8_is_counted_and_shown(text, data):
    place = data.draw(st.integers(0, len(text)))
    stray = data.draw(st.sampled_from([b"\xff", b"\xe9 ", b"\x80", b"\xc3"]))
    read = decode_found(text[:place].encode() + stray + text[place:].encode(), "letter.txt")
    assert read.strays == 1
    assert read.text.replace("\ufffd", "").replace(" ", "") == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(SPANISH, "utf-8"), (SPANISH, "utf-16-le"), (RUSSIAN, "utf-16"), (CHINESE, "gb18030"), (CHINESE * 9, "gb18030")],
)
def test_a_file_that_was_cut_off_loses_its_last_character_only(text, encoding):
    text = text.rstrip("\n.!。") + "é日"[encoding == "gb18030"]
    read = decode_found(text.encode(encoding)[:-1], "letter.txt")
    assert read.text.removeprefix("\ufeff") == text[:-1] + "\ufffd"
    assert read.strays == 1


def test_a_byte_that_windows_1252_does_not_have_is_one_stray():
    read = decode_found(("“Là-bas,” dit-il, “c’est déjà l’été.” " * 9).encode("windows-1252") + b"\x81", "letter.txt")
    assert (read.encoding, read.strays) == ("windows-1252", 1)
    assert read.text.startswith("“Là-bas,” dit-il, “c’est déjà l’été.” ")


def test_how_it_was_saved_is_said_once_and_in_plain_words():
    def told(content):
        return decode(content, "letter.txt").changes[:1]

    assert told(SPANISH.encode()) == ()
    assert told(SPANISH.encode("utf-8-sig")) == ("Saved as UTF-8, with a mark at its start that was left out.",)
    assert told(SPANISH.encode("utf-16")) == ("Saved as UTF-16, with a mark at its start that was left out.",)
    assert told(SPANISH.encode("utf-16-le"))[0].startswith("Saved as utf-16-le, without the mark")
    assert told(RUSSIAN.encode("cp866")) == (
        "The file does not say how it was saved. It reads best as cp866 (Cyrillic, DOS).",
    )


def test_the_encoding_can_be_named():
    content = "año".encode("cp850")
    assert decode_as(content, "letter.txt", "cp850").text == "año"
    with pytest.raises(NotText, match="byte 1 does not fit"):
        decode_as(content, "letter.txt", "utf-8")
    for nonsense in (
        "klingon",
        "hex",
        "\0",
        "idna",
        "unicode_escape",
        "raw_unicode_escape",
        "punycode",
        "\ud800",
        "a" * 10_000,
    ):
        with pytest.raises(NotText, match="no encoding called"):
            decode_as(content, "letter.txt", nonsense)


@pytest.mark.parametrize("named", ["windows-1252", "CP1252", "cp1252"])
def test_an_encoding_has_one_name(named):
    assert decode_as(b"a\xf1o", "letter.txt", named).encoding == "windows-1252"


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, b"PK\x03\x04" + bytes(range(256)) * 9, bytes(5000)]
)
def test_binary_data_is_refused_with_the_cure(content):
    with pytest.raises(NotText, match="save it as plain text"):
        decode(content, "holiday.txt")


def test_what_may_be_a_text_after_all_is_told_to_name_its_encoding():
    with pytest.raises(NotText, match="name its encoding"):
        decode(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "holiday.txt")


@given(st.sampled_from([*ENCODINGS, *UNICODE, "shift_jis", "euc_jp", "big5"]), st.text(min_size=1))
def test_any_text_comes_back_from_the_encoding_that_is_named(encoding, text):
    text = text.encode(encoding, "ignore").decode(encoding)
    try:
        expected = from_text(text, "any").text
    except CorpusError:
        assume(False)
    assert decode(text.encode(encoding), "any", encoding).text == expected


@given(
    st.sampled_from([codec for codec in UNICODE if codec not in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")]),
    st.text(min_size=1),
)
def test_any_text_with_a_mark_comes_back_and_utf_8_without(encoding, text):
    try:
        expected = from_text(text, "any").text
    except CorpusError:
        assume(False)
    assert decode(text.encode(encoding), "any").text == expected
