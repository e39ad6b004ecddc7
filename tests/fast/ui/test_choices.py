"""What is chosen for a run."""

import pytest

from charlm.errors import CorpusNotFound, InvalidSetting
from charlm.runs.limits import Limits
from charlm.text.checkup import without_rare
from charlm.text.corpus import from_text, join
from charlm.ui.choices import NAMES, TextChoice, settings_of, values_of, what_is_wrong

LIMITS = Limits()


def test_a_text_is_chosen_from_three_places(tmp_path):
    (tmp_path / "a.txt").write_text("one")
    (tmp_path / "b.txt").write_bytes("zwei für".encode("utf-16"))
    files = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    assert TextChoice().read(LIMITS).name == "lamplighter"
    assert TextChoice("paste", pasted="hello\r\n").read(LIMITS).text == "hello\n"
    both = TextChoice("file", files=files).read(LIMITS)
    assert (both.name, both.text) == ("a.txt and 1 more", "one\nzwei für\n")


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        (TextChoice("file"), "Choose a"),
        (TextChoice("paste"), "Paste a text"),
        (TextChoice("paste", pasted=" \n"), "Paste a text"),
        (TextChoice(built_in="/etc/passwd"), "no text called"),
    ],
)
def test_what_is_missing_is_told(choice, sentence):
    with pytest.raises(CorpusNotFound, match=sentence):
        choice.read(LIMITS)


def test_an_encoding_goes_by_its_name(tmp_path):
    (tmp_path / "a.txt").write_bytes("zwei für".encode("utf-16"))
    assert TextChoice("file", files=[tmp_path / "a.txt"], encoding="utf-16").read(LIMITS).text == "zwei für"
    with pytest.raises(InvalidSetting, match="Expected one of: auto, utf-8"):
        TextChoice("file", files=[tmp_path / "a.txt"], encoding="punycode").read(LIMITS)


def test_rare_characters_can_be_cured():
    text = from_text("the cat sat. " * 20 + "thé ☃", "t")
    cured = without_rare(text)
    assert cured.text.endswith("the ")
    assert "é became e" in cured.changes[-1]
    assert without_rare(cured) == cured
    assert join([text]) == text
    assert TextChoice("paste", pasted=text.text, tidy=True).read(LIMITS).text == cured.text


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
