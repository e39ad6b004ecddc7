"""The next character's chances, drawn."""

from charlm.insight.next_characters import NextCharacter
from charlm.ui.drawings.bars import SHOWN, bars

CHOICE = [NextCharacter("a", 1, 0.5, 1.0), NextCharacter("<", 2, 0.3, 0.0), NextCharacter("\n", 0, 0.2, 0.0)]


def test_bars_show_the_choice_before_and_after_temperature():
    shown = bars(CHOICE)
    assert shown.index(">a<") < shown.index(">&lt;<") < shown.index("line end")
    assert "50.0%" in shown
    assert "100.0%" in shown
    assert "<button" not in shown


def test_each_can_be_a_button():
    assert '<button type="button" data-pick="2"' in bars(CHOICE, pick=True)


def test_only_the_first_of_many_are_shown():
    assert bars(CHOICE * 100).count("<tr>") == SHOWN + 1
