"""One way to write every character: line ends, accents, and what is no character at all; each change told in words."""

import unicodedata

from charlm.languages import N_, Told

REPLACEMENT = "\ufffd"  # the character for what could not be read, drawn as �


def normalize(text: str) -> tuple[str, list[str]]:
    """A text with LF as its line end and in Unicode's form NFC, and a sentence for everything that was changed."""
    changes = []
    for change in (_replace_halves, _join_line_ends, _compose_accents):
        text, sentence = change(text)
        changes += [sentence] if sentence else []
    return text, changes


def printable(text: str) -> str:
    """A text that can be shown and saved: halves of surrogate pairs, as in a file's name that is no UTF-8, become �."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _join_line_ends(text: str) -> tuple[str, str]:
    if "\r" not in text:
        return text, ""
    pairs = text.count("\r\n")
    alone = text.count("\r") - pairs
    told = []
    if pairs:
        told.append(
            N_(
                "Line ends of two characters (CR and LF, as Windows writes them) became one (LF), {pairs:,} in all: "
                "the alphabet has one character less than where both are counted."
            )
        )
    if alone:
        told.append(N_("Line ends as old Macs wrote them (CR) became LF, {alone:,} in all."))
    return text.replace("\r\n", "\n").replace("\r", "\n"), Told(*told, pairs=pairs, alone=alone)


def _compose_accents(text: str) -> tuple[str, str]:
    if unicodedata.is_normalized("NFC", text):
        return text, ""
    composed = unicodedata.normalize("NFC", text)
    count = Told(N_(": {before:,} characters became {after:,}"), before=len(text), after=len(composed))
    told = N_(
        "Letters that can be written in two ways, such as é in one piece or as e and ´, are written in one way now "
        "(Unicode NFC){count}."
    )
    return composed, Told(told, count=count if len(composed) != len(text) else "")


def _replace_halves(text: str) -> tuple[str, str]:
    """Half a surrogate pair is left where a program cut a text within an emoji; it can be neither shown nor saved."""
    try:
        text.encode()
    except UnicodeEncodeError:
        whole = printable(text)
        count = whole.count(REPLACEMENT) - text.count(REPLACEMENT)
        sentence = N_("Halves of characters, left where a text was cut, show {sign} now: {count:,} in all.")
        told = Told(sentence, sign=REPLACEMENT, count=count)
        return whole, told if count else ""
    return text, ""
