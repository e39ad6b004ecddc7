"""Numbers in drawings: in words they have the reader's signs, in SVG and CSS the point."""

from charlm.insight.next_characters import NextCharacter
from charlm.languages import speaking
from charlm.ui.drawings.bars import bars


def test_a_chance_is_told_with_a_comma_and_drawn_with_a_point():
    with speaking("es"):
        shown = bars([NextCharacter("a", 0, 0.256, 0.5)])
    assert "25,6\u00a0%" in shown
    assert "width:25.6%" in shown
