"""Any text as HTML: markup is escaped, and a character that would turn or hide its neighbours is shown as a number."""

import re
import unicodedata
from html import escape

# Controls except tab and line end, and invisible signs that change the lines or the direction of what follows.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def shown(text: str) -> str:
    """The text, escaped. An invisible character that has an effect is shown as its number (U+200E)."""
    return UNSEEN.sub(lambda sign: _numbered(sign.group()), escape(text))


def shown_alone(character: str) -> str:
    """One character of a text that is marked character by character: line ends and tabs get a visible sign."""
    if character == "\n":
        return '<span class="sign">⏎</span>\n'
    if character == "\t":
        return '<span class="sign">⇥</span>\t'
    if unicodedata.category(character) == "Cf":  # such as the joiner of an emoji's parts, which is invisible alone
        return _numbered(character)
    return shown(character)


def _numbered(sign: str) -> str:
    return f'<span class="unseen">U+{ord(sign):04X}</span>'
