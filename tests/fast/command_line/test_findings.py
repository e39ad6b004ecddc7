"""Facts as text and tables."""

import pytest
from rich.console import Console

from charlm.command_line.findings import show_comparison, show_copies, show_next, show_surprise, show_verdict
from charlm.insight.comparison import Column, Comparison
from charlm.insight.next_characters import NextCharacter
from charlm.insight.surprise import Surprise, SurprisingCharacter
from charlm.text.copies import CopyFinder


@pytest.fixture
def told():
    """What is shown on a console of eighty columns, without colours."""

    def told(show, *facts):
        console = Console(width=80)
        with console.capture() as shown:
            show(console, *facts)
        return shown.get()

    return told


def read(text, bits, replaced=None):
    """A text whose characters have so many bits."""
    characters = (SurprisingCharacter(c, b, "e", 0.5) for c, b in zip(text, bits, strict=True))
    return Surprise(text, tuple(characters), replaced or {})


def test_a_comparison_marks_where_columns_part(told):
    columns = (Column(0.2, "at on", None, 1.04, 0.5, ""), Column(1.0, "at in", 3, 3.26, None, "ha\n"))
    console = Console(width=80, force_terminal=True, color_system="standard")
    comparison = Comparison("the c", 1, True, columns)
    with console.capture() as shown:
        show_comparison(console, comparison)
    assert "\x1b[1;7mi\x1b[0m" in shown.get()
    plain = told(show_comparison, comparison)
    for fact in ("the cat on", "the cat in", "1.0 characters", "50%", "at character 4", "3.3 characters", "'ha\\n'"):
        assert fact in plain


def test_surprise_shows_every_character_of_a_sentence_and_the_most_surprising_of_a_book(told):
    short = told(show_surprise, "mine", read("a b", [1.0, 2.5, 0.0], {"\u00e4": "a", "z": ""}))
    for fact in (
        "mine",
        "1.17 bits per character, 3.5 in all",
        "'\u00e4' replaced by 'a'",
        "'z' left out",
        "␣ space",
        "2.50",
        "0.00",
    ):
        assert fact in short
    long = told(show_surprise, "mine", read("abcde" * 20, [9.0, *[1.0] * 99]))
    assert "9.00" in long
    assert "the 40 most surprising" in long
    assert long.count("50.0%") == 40


def test_whoever_is_less_surprised_is_named(told):
    seen = {"mine": read("a", [1.0]), "theirs": read("a", [2.0])}
    assert "mine expects the text more: 1.00" in told(show_verdict, seen)
    assert "equally" in told(show_verdict, {"mine": read("a", [1.0]), "theirs": read("a", [1.05])})
    assert told(show_verdict, {"mine": read("a", [1.0])}) == ""


def test_next_characters_have_bars(told):
    offered = (NextCharacter("\n", 0, 0.75, 1.0), NextCharacter("\x1b", 1, 0.25, 0.0))
    assert "75.0%" in told(show_next, offered, False)
    assert "drawn" not in told(show_next, offered, False)
    heated = told(show_next, offered, True)
    assert "100.0%" in heated
    assert "\u2588" * 20 in heated
    assert "\x1b" not in heated


def test_copies_say_how_much_and_where(told):
    source = "one line\nThe lamp on the hill was lit every evening\n"
    finder = CopyFinder(source)
    out = told(show_copies, finder.find("A lamp on the hill was lit!", 10), finder, "hill.txt", False)
    for fact in (
        "A lamp on the hill was lit!",
        "93% of 27 characters, 1 stretch",
        "25 characters",
        "not the text",
        "hill.txt",
    ):
        assert fact in " ".join(out.split())
    assert "0 stretches" in told(show_copies, finder.find("nothing"), finder, "hill.txt", True)
