"""A text that is read in pieces is the text that is read at once, wherever the pieces are cut."""

import codecs
import os
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from charlm.errors import AlphabetTooLarge, CorpusError, CorpusNotFound, NotText
from charlm.text import long_corpus, pieces
from charlm.text.corpus import Corpus, decode
from charlm.text.encoding import decode_as
from charlm.text.long_corpus import LongCorpus, open_corpus
from charlm.text.vocabulary import Vocabulary

SPANISH = "En un lugar de la Mancha, de cuyo nombre no quiero acordarme — ¿qué sueño, señor? “¡Ningún año!”\r\n"
RUSSIAN = "Зимой в деревне тихо, снег лежит на крышах, и только собаки лают вдалеке.\n"
CHINESE = "春天来了，村子里的老人坐在门口晒太阳，孩子们在河边玩耍。\n"


@pytest.fixture(autouse=True, scope="module")
def every_file_is_long():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_corpus, "LONG", -1)
        patch.setattr(pieces, "_BEGINNING", 5_000)
        yield


def opened(content: bytes, encoding: str | None = None, piece: int = 1_000) -> LongCorpus:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "letter.txt").write_bytes(content)
        corpus = open_corpus(Path(folder) / "letter.txt", folder, encoding, piece=piece)
    assert isinstance(corpus, LongCorpus)
    return corpus


def assert_same(corpus: LongCorpus, whole: Corpus) -> None:
    assert "".join(corpus.pieces()) == whole.text
    assert (corpus.length, corpus.sha256, corpus.encoding) == (whole.length, whole.sha256, whole.encoding)
    assert corpus.vocabulary == Vocabulary.of(whole.text)
    assert corpus.changes[:-1] == whole.changes
    assert "read in pieces" in corpus.changes[-1]


def decoded(content: bytes, encoding: str) -> Corpus:
    return decode(content, "letter.txt", encoding)


def result(read, content: bytes, encoding: str) -> Corpus | LongCorpus | str:
    """The text, or the words with which it is refused."""
    try:
        return read(content, encoding)
    except CorpusError as refusal:
        return str(refusal)


TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\r\n \u0301\ufeff\ufffdeé\u1100\u1161\u11a8가")
)
ENCODINGS = st.sampled_from(
    ["utf-8", "utf-16", "utf-16-le", "utf-32", "utf-7", "gb18030", "utf-8-sig", "shift_jisx0213"]
)


@pytest.mark.fuzz
@given(TEXTS | st.binary(), ENCODINGS, st.integers(1, 20))
@example("e\u0301\r\n" * 9, "utf-8", 3)
@example(b"sound \xe9 unsound", "utf-8", 2)
@example("日本".encode("gb18030") * 3 + b"\xff", "gb18030", 3)
def test_wherever_it_is_cut_it_is_the_same_text_or_the_same_refusal(text, encoding, piece):
    content = text if isinstance(text, bytes) else text.encode(encoding, "ignore")
    assume(encoding != "utf-8-sig" or not codecs.BOM_UTF8.startswith(content))  # Python forgives a stream half a mark
    whole, long = (result(read, content, encoding) for read in (decoded, partial(opened, piece=piece)))
    if isinstance(whole, Corpus):
        assert_same(long, whole)
    else:
        assert long == whole


@pytest.mark.parametrize("piece", [1_000, 10**6])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((text, encoding) for text in (SPANISH, RUSSIAN, CHINESE) for encoding in ("utf-8", "utf-8-sig", "utf-16")),
        (SPANISH, "utf-16-le"),
        (SPANISH, "windows-1252"),
        (RUSSIAN, "koi8-r"),
        (CHINESE, "gb18030"),
    ],
)
def test_the_encoding_is_found(text, encoding, piece):
    content = (text * 200).encode(encoding)
    assert_same(opened(content, piece=piece), decode(content, "letter.txt"))


def test_a_few_odd_bytes_far_into_an_ascii_text_are_found():
    odd = "“Don’t go,” he said, “it’s late.” ".encode("windows-1252")
    content = b"It was the fifth of the month. " * 1_000 + odd + b"No more. " * 500
    corpus = opened(content, piece=7_000)
    assert_same(corpus, decode(content, "letter.txt"))
    assert "’" in corpus.vocabulary


@pytest.mark.parametrize("place", [0, 10_000, 100_000])
def test_what_could_not_be_read_is_told_with_its_place_wherever_it_is(place):
    content = SPANISH.encode() * 1_500
    place = content.index("ñ".encode(), place)
    content = content[:place] + b"\xf1" + content[place + 2 :]
    whole = decode(content, "letter.txt")
    assert any("One place is not utf-8 and shows � now: line" in change for change in whole.changes)
    assert_same(opened(content), whole)


def test_a_sign_for_what_is_lost_that_stands_in_the_file_is_no_stray():
    assert not any("not utf-8" in change for change in opened((SPANISH + "lost: \ufffd\n").encode() * 50).changes)


def test_a_doubt_is_data_and_a_sentence():
    content = "It was a déjà vu.\n".encode("mac-roman") * 100
    corpus, whole = opened(content), decode(content, "letter.txt")
    assert_same(corpus, whole)
    assert corpus.doubts == whole.doubts != ()


def test_binary_data_and_too_many_characters_are_refused():
    with pytest.raises(NotText, match="save it as plain text"):
        opened(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 90)
    with pytest.raises(AlphabetTooLarge, match="4,001 different"):
        opened("".join(map(chr, range(0x4E00, 0x4E00 + 4_001))).encode())


def test_the_sample_is_from_all_over_the_text_and_its_end_from_the_end():
    sample = opened(b"a" * 90_000 + b"b" * 10_000).sample
    assert sample == "a" * 90_000 + "b" * 10_000
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_corpus, "STRETCH", 7)
        sample = opened(b"a" * 45_000 + b"c" * 45_000 + b"b" * 10_000).sample
    assert Counter(sample) == {"a": 315, "c": 315, "b": 70}
    assert sample.endswith("b" * 70)


def test_its_ids_are_those_of_its_vocabulary_or_of_another():
    corpus = opened("una sueña\n".encode() * 50)
    for vocabulary in (corpus.vocabulary, Vocabulary("zñ\nsuena ")):
        ids = corpus.encode(vocabulary)
        assert ids.dtype == "uint8"
        assert vocabulary.decode(ids[:10].tolist()) == "una sueña\n"


def test_more_than_256_characters_take_two_bytes_each():
    corpus = opened("".join(map(chr, range(0x4E00, 0x4E00 + 300))).encode())
    assert corpus.ids.dtype == "uint16"
    assert corpus.ids.tolist() == list(range(300))


def test_it_is_told_how_much_is_read(tmp_path):
    shares = []
    (tmp_path / "letter.txt").write_bytes(SPANISH.encode() * 100)
    open_corpus(tmp_path / "letter.txt", tmp_path, progress=shares.append, piece=1_000)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert len(shares) > 10


def test_a_file_that_is_not_long_is_read_at_once_and_one_that_is_not_there_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(long_corpus, "LONG", 100)
    (tmp_path / "short.txt").write_bytes(b"a" * 100)
    (tmp_path / "long.txt").write_bytes(b"a" * 101)
    assert isinstance(open_corpus(tmp_path / "short.txt", tmp_path), Corpus)
    assert isinstance(open_corpus(tmp_path / "long.txt", tmp_path), LongCorpus)
    with pytest.raises(CorpusNotFound):
        open_corpus(tmp_path / "nowhere.txt", tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path):
    (tmp_path / "secret.txt").write_bytes(b"abc")
    (tmp_path / "secret.txt").chmod(0)
    with pytest.raises(CorpusNotFound, match="could not be read"):
        open_corpus(tmp_path / "secret.txt", tmp_path)


def test_an_encoding_that_is_none_is_told():
    for nonsense in ("klingon", "hex", "punycode"):
        with pytest.raises(NotText) as caught:
            opened(b"abc", nonsense)
        with pytest.raises(NotText) as whole:
            decode_as(b"abc", "letter.txt", nonsense)
        assert str(caught.value) == str(whole.value)
