"""An address that opens the page as a lesson needs it."""

import re
from urllib.parse import parse_qsl

import pytest

from charlm.storage.shipped import NAMES
from charlm.ui.lesson import Lesson
from charlm.ui.links import settings_in, start_in
from charlm.ui.page import IN_CLASS

LINK = re.compile(r"\]\(\./(?:es)?\?(.+?)\)")
LINKS = {lesson.stem: LINK.findall(lesson.read_text("utf-8")) for lesson in IN_CLASS.glob("*.md")}


def test_settings_come_as_what_they_are():
    asked = {"tab": "train", "epochs": "40", "dropout": "0", "cell": "gru", "run": "x"}
    assert settings_in(asked) == {"epochs": 40, "dropout": 0.0, "cell": "gru"}


@pytest.mark.parametrize(
    "wrong", [{"epochs": "0"}, {"epochs": "four"}, {"dropout": "2"}, {"cell": "brain"}, {"epochs": "1.5"}]
)
def test_a_link_with_a_wrong_number_changes_nothing(wrong):
    assert settings_in({"tab": "train", "rnn_units": "64"} | wrong) == {}


def test_settings_are_for_the_tab_that_has_them():
    assert settings_in({"tab": "write", "epochs": "4"}) == {}


def test_a_start_has_an_end():
    assert start_in({"start": "x" * 10_000}) == "x" * 500
    assert start_in({}) == ""


def test_both_languages_have_the_same_demonstrations():
    assert set(LINKS) == {"en", "es"}
    opened = {language: [dict(parse_qsl(link))["tab"] for link in links] for language, links in LINKS.items()}
    assert opened["en"] == opened["es"]
    headings = {path.stem: len(re.findall("^## ", path.read_text("utf-8"), re.M)) for path in IN_CLASS.glob("*.md")}
    assert headings == {"en": 5, "es": 5}


@pytest.mark.parametrize("link", sorted({link for links in LINKS.values() for link in links}))
def test_every_link_of_the_demonstrations_is_understood(link):
    query = dict(parse_qsl(link, keep_blank_values=True))
    assert query.get("model", "shakespeare") in NAMES
    if query["tab"] == "temperature":
        assert Lesson.from_query(query) is not None
    if query["tab"] == "train":
        assert len(settings_in(query)) == len(query) - 1
