"""A text is read once, whoever asks how often."""

from hypothesis import given
from hypothesis import strategies as st

from charlm.text.corpus import from_text
from charlm.text.kept import KeptTexts, fingerprint

RHYME = from_text("the cat sat on the hat\n" * 9, "rhyme")


def test_it_is_read_and_checked_once():
    texts, reads = KeptTexts(), []

    def read():
        reads.append(1)
        return RHYME

    first, again = (texts.get(("rhyme", b"the cat"), read) for _ in range(2))
    assert reads == [1]
    assert first.facts is again.facts
    assert first.facts.characters == len(RHYME.text)


def test_another_encoding_is_another_reading():
    texts = KeptTexts()
    one = texts.get(("rhyme", b"\xe9", "cp1252"), lambda: from_text("é", "rhyme"))
    other = texts.get(("rhyme", b"\xe9", "cp1251"), lambda: from_text("й", "rhyme"))
    assert (one.corpus.text, other.corpus.text) == ("é", "й")


PARTS = st.lists(st.text(max_size=3) | st.binary(max_size=3), max_size=4).map(tuple)


@given(PARTS, PARTS)
def test_only_the_same_parts_have_the_same_fingerprint(one, other):
    assert (fingerprint(one) == fingerprint(other)) == (one == other)
