"""A text shaded by its surprise."""

from charlm.insight.surprise import Surprise, SurprisingCharacter
from charlm.ui.drawings.surprise import as_table, shaded, verdict


def seen(*bits, text="<b"):
    return Surprise(text, tuple(SurprisingCharacter(c, b, "\n", 0.5) for c, b in zip(text, bits, strict=True)), {})


def test_the_bar_behind_a_character_is_as_high_as_it_was_surprising():
    shown = shaded("rhyme", seen(5.0, 20.0), "A note.")
    assert '<span style="--bits:50%" title="5.0 bits">&lt;</span>' in shown
    assert '<span style="--bits:100%" title="20.0 bits">b</span>' in shown
    assert "12.50 bits per character (25.0 bits for 2 characters)" in shown
    assert "A note." in shown


def test_the_table_tells_what_was_expected_instead():
    shown = as_table("rhyme", seen(5.0, 20.0))
    assert "<td>&lt;</td><td>5.00</td><td>⏎ line end</td><td>50.0%</td>" in shown


def test_the_style_is_that_of_whoever_is_less_surprised():
    assert verdict(["a"], [seen(1.0, 1.0)]) == ""
    assert "It sounds like b: 1.00" in verdict(["a", "b"], [seen(3.0, 3.0), seen(1.0, 1.0)])
    assert "Both find it equally likely" in verdict(["a", "b"], [seen(1.0, 1.0), seen(1.0, 1.05)])
