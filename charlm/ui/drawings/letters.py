"""Any text as HTML: nothing in it is taken for markup, and what would turn or hide its neighbours is named."""

import re
import unicodedata
from html import escape

# Controls but tab and line end, and the signs that turn the direction of writing for all that follows.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def shown(text: str) -> str:
    """The text, escaped; a character that cannot be seen but does something stands there as its number."""
    return UNSEEN.sub(lambda sign: _numbered(sign.group()), escape(text))


def shown_alone(character: str) -> str:
    """A single character within a text that is marked character by character: line ends and spaces can be seen."""
    if character == "\n":
        return '<span class="sign">⏎</span>\n'
    if character == "\t":
        return '<span class="sign">⇥</span>\t'
    if unicodedata.category(character) == "Cf":  # what joins an emoji's parts is nothing on its own
        return _numbered(character)
    return shown(character)


def _numbered(sign: str) -> str:
    return f'<span class="unseen">U+{ord(sign):04X}</span>'
