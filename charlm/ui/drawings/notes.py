"""A sentence as HTML: a note, a problem, or how far the writing is."""

from html import escape

from charlm.languages import say


def notice(sentence: str) -> str:
    """A note; nothing for an empty sentence."""
    return note(sentence) if sentence else ""


def problem(sentence: str) -> str:
    """A problem: it says why something is not possible."""
    return note(sentence, "problem")


def progress(sentence: str) -> str:
    """How far the writing is; a screen reader says it at the next pause."""
    return f'<p role="status">{escape(say(sentence))}</p>'


def note(sentence: str, kind: str = "") -> str:
    """A sentence with a line at its side; the kinds are in look.py."""
    return f'<p class="note {kind}">{escape(say(sentence))}</p>'
