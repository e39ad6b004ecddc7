"""What is chosen for a run."""

import pytest

from charlm.errors import CorpusNotFound, InvalidSetting, TextTooLong
from charlm.runs.limits import Limits
from charlm.text.checkup import without_rare
from charlm.text.corpus import from_text, join
from charlm.text.kept import KeptTexts
from charlm.ui.choices import EXPLOSION, NAMES, TextChoice, settings_of, values_of, what_is_wrong

LIMITS = Limits()


def read(*where, **choice):
    """The text that is chosen."""
    return TextChoice(*where, **choice).read(LIMITS, KeptTexts()).corpus


def test_a_text_is_chosen_from_three_places(tmp_path):
    (tmp_path / "a.txt").write_text("one")
    (tmp_path / "b.txt").write_bytes("zwei für".encode("utf-16"))
    files = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    assert read().name == "lamplighter"
    assert read("paste", pasted="hello\r\n").text == "hello\n"
    both = read("file", files=files)
    assert (both.name, both.text) == ("a.txt and 1 more", "one\nzwei für\n")


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ({"where": "file"}, "Choose a"),
        ({"where": "paste"}, "Paste a text"),
        ({"where": "paste", "pasted": " \n"}, "Paste a text"),
        ({"built_in": "/etc/passwd"}, "no text called"),
    ],
)
def test_what_is_missing_is_told(choice, sentence):
    with pytest.raises(CorpusNotFound, match=sentence):
        read(**choice)


def test_an_encoding_goes_by_its_name(tmp_path):
    (tmp_path / "a.txt").write_bytes("zwei für".encode("utf-16"))
    assert read("file", files=[tmp_path / "a.txt"], encoding="utf-16").text == "zwei für"
    with pytest.raises(InvalidSetting, match="Expected one of: auto, utf-8"):
        read("file", files=[tmp_path / "a.txt"], encoding="punycode")


def test_a_text_is_read_once(tmp_path):
    kept, file = KeptTexts(), tmp_path / "a.txt"
    file.write_text("one")
    choice = TextChoice("file", files=[file])
    assert choice.read(LIMITS, kept) is choice.read(LIMITS, kept)
    assert TextChoice("paste", pasted="one").read(LIMITS, kept) is not choice.read(LIMITS, kept)
    assert TextChoice("file", files=[file], tidy=True).read(LIMITS, kept) is not choice.read(LIMITS, kept)
    before = choice.read(LIMITS, kept)
    file.write_text("two")
    assert choice.read(LIMITS, kept) is not before


def test_a_text_beyond_the_limits_is_told_every_time():
    kept = KeptTexts()
    for _ in range(2):
        with pytest.raises(TextTooLong, match="Expected 100 at most"):
            TextChoice("paste", pasted="x" * 101).read(Limits(characters=100), kept)


def test_rare_characters_can_be_cured():
    text = from_text("the cat sat. " * 20 + "thé ☃", "t")
    cured = without_rare(text)
    assert cured.text.endswith("the ")
    assert "é became e" in cured.changes[-1]
    assert without_rare(cured) == cured
    assert join([text]) == text
    assert read("paste", pasted=text.text, tidy=True).text == cured.text


def test_the_fields_of_a_preset_give_the_preset():
    shown = values_of("balanced", 1_000_000)
    assert list(shown) == list(NAMES)
    assert settings_of("balanced", 1_000_000, shown) == settings_of("balanced", 1_000_000, {})


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), -1, 0, 10**9, "12", None, 2.5, True])
def test_a_wrong_number_is_told(wrong):
    assert "Expected a whole number" in what_is_wrong("epochs", wrong, LIMITS)


def test_more_than_this_machine_allows_is_told():
    assert "at most on this machine" in what_is_wrong("rnn_units", 2_000, LIMITS)
    assert what_is_wrong("epochs", 12.0, LIMITS) == ""
    assert what_is_wrong("dropout", 0.25, LIMITS) == ""
    assert what_is_wrong("epochs", 5.0, Limits(units=32)) == ""  # less than any preset has, which is another field's


def test_the_example_of_an_explosion_is_settings_without_clipping():
    training = settings_of("quick", 20_000, EXPLOSION).training
    assert training.clip_norm is None
    assert EXPLOSION.keys() <= set(NAMES)
    assert what_is_wrong("clip_norm", None, LIMITS) == ""
