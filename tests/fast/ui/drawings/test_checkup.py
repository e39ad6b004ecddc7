"""The facts of a text, drawn."""

from charlm.text.checkup import check_up
from charlm.text.corpus import decode, from_text
from charlm.ui import texts
from charlm.ui.choices import ENCODINGS
from charlm.ui.drawings import checkup


def test_any_text_is_shown_as_what_it_is(nasty):
    found = check_up(from_text(f"{nasty} and some more\n" * 5, nasty))
    shown = checkup.check_up(found) + checkup.alphabet(found)
    assert "<img" not in shown
    assert nasty.replace("<", "&lt;").replace(">", "&gt;") in shown


def test_a_short_text_and_rare_characters_are_told():
    shown = checkup.check_up(check_up(from_text("the cat sat\n" * 9 + "é", "t")))
    assert "This is a short text" in shown
    assert "1 character occurs five times or less (é)" in shown


def test_every_character_has_a_row():
    shown = checkup.alphabet(check_up(from_text("abba \n", "t")))
    assert "<td>a</td><td>2</td><td>2</td>" in shown
    assert "<td>⏎ line end</td><td>0</td><td>1</td>" in shown


def test_a_close_call_is_put_to_the_person():
    """Each reading in a row of its own, and every encoding named can be chosen."""
    content = "Un <b>déjà</b> vu.\n".encode("mac-roman")
    shown = checkup.check_up(check_up(decode(content, "<i>call</i>.txt")))
    assert "&lt;i&gt;call&lt;/i&gt;.txt: which line reads right?" in shown
    assert "<td>mac-roman</td><td>Un &lt;b&gt;déjà&lt;/b&gt; vu.</td>" in shown
    assert texts.DOUBT_CURE in shown
    assert {reading.encoding for reading in decode(content, "call.txt").doubts[0].readings} <= set(ENCODINGS)
    assert texts.DOUBT_CURE not in checkup.check_up(check_up(decode(content, "call.txt", "mac-roman")))


def test_the_first_window_has_the_chosen_length():
    facts = check_up(from_text("abcdefgh\n" * 40, "t"))
    assert "<code>abcd</code></dd><dt>targets</dt><dd><code>bcde</code>" in checkup.window(facts, 4)
    assert checkup.window(facts, 300).count(" …</code>") == 2


def test_how_a_file_was_saved_is_said_once():
    shown = checkup.check_up(check_up(decode("\ufeffthe cat sat\n".encode() * 9, "t")))
    assert shown.lower().count("utf-8") == 1
    assert "with a mark at its start that was left out" in shown
