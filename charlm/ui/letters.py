"""Any text as HTML: nothing in it is taken for markup, and what would turn or hide its neighbours is named."""

import re
from html import escape

# Controls but tab and line end, and the signs that turn the direction of writing for all that follows.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def shown(text: str) -> str:
    """The text, escaped; a character that cannot be seen but does something stands there as its number."""
    return UNSEEN.sub(lambda sign: f'<span class="unseen">U+{ord(sign.group()):04X}</span>', escape(text))


def shown_alone(character: str) -> str:
    """A single character within a text that is marked character by character: line ends and spaces can be seen."""
    if character == "\n":
        return '<span class="sign">⏎</span>\n'
    if character == "\t":
        return '<span class="sign">⇥</span>\t'
    return shown(character)
