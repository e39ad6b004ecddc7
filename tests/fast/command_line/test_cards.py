"""What a model is, as a table."""

from charlm.command_line.cards import sign


def test_a_character_without_a_sign_has_its_whole_name():
    assert [sign(c) for c in "a\n \u00a0"] == ["a", "⏎", "␣", "⍽"]
    assert sign("\u00ad") == "(soft hyphen)"
    assert sign("\u0301") == "(combining acute accent)"
