"""What was copied, marked."""

from charlm.text.copies import CopyFinder
from charlm.ui.drawings.copies import copies

SOURCE = "Once the <b>old</b> lamplighter went up the hill.\n"


def drawn(written):
    finder = CopyFinder(SOURCE)
    return copies(finder, finder.find(written))


def test_a_copied_stretch_is_marked_and_shown_where_it_stands():
    shown = drawn("Look:<b>old</b> lamplighter went!")
    assert '<mark class="copied" data-copy="0">&lt;b&gt;old&lt;/b&gt; lamplighter went</mark>!' in shown
    assert "Once the <mark" in shown
    assert "The longest such stretch has 27 characters" in shown
    assert "<b>" not in shown


def test_own_words_are_told_to_be_its_own():
    assert "No stretch of 20 characters or more" in drawn("Nothing of that.")
