"""Columns at several temperatures, drawn."""

from charlm.insight.comparison import Column, Comparison
from charlm.ui.drawings.columns import columns, handout

COLD = Column(0.0, "cat cat cat", choices=1.0, known_words=1.0, loop="cat ")
HOT = Column(1.5, "cat <b>x", parts_at=4, choices=3.26)


def test_a_column_is_the_start_the_text_and_where_it_parts():
    cold, hot = columns(Comparison("the ", 1, False, (COLD, HOT)))
    assert cold == '<pre class="column"><span class="given">the </span>cat cat cat</pre>'
    assert '>cat <mark class="parts"' in hot
    assert ">&lt;</mark>b&gt;x</pre>" in hot


def test_at_the_end_it_says_what_can_be_seen():
    cold, hot = columns(Comparison("the ", 1, True, (COLD, HOT)))
    for sentence in (
        "it chose between about 1.0 characters",
        "100% of its words",
        "every seed writes this",
        "circles: “cat”",
    ):
        assert sentence in cold
    assert "between about 3.3 characters" in hot
    assert "its words cannot be compared" in hot
    assert "every seed" not in hot


def test_the_handout_is_a_page_of_its_own():
    page = handout([("Start", "<the>")], Comparison("the ", 1, True, (COLD, HOT)))
    assert page.startswith("<!doctype html>")
    assert "<dt>Start</dt><dd>&lt;the&gt;</dd>" in page
    assert "<h2>temperature 1.5</h2>" in page
    assert "http" not in page
