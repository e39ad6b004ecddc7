"""One way to write every character: line ends, accents, and what is no character at all; each change told in words."""

import unicodedata

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
            f"Line ends of two characters (CR and LF, as Windows writes them) became one (LF), {pairs:,} in all: "
            "the alphabet has one character less than where both are counted."
        )
    if alone:
        told.append(f"Line ends as old Macs wrote them (CR) became LF, {alone:,} in all.")
    return text.replace("\r\n", "\n").replace("\r", "\n"), " ".join(told)


def _compose_accents(text: str) -> tuple[str, str]:
    if unicodedata.is_normalized("NFC", text):
        return text, ""
    composed = unicodedata.normalize("NFC", text)
    count = f": {len(text):,} characters became {len(composed):,}" if len(composed) != len(text) else ""
    return composed, (
        "Letters that can be written in two ways, such as é in one piece or as e and ´, are written in one way now "
        f"(Unicode NFC){count}."
    )


def _replace_halves(text: str) -> tuple[str, str]:
    """Half a surrogate pair is left where a program cut a text within an emoji; it can be neither shown nor saved."""
    try:
        text.encode()
    except UnicodeEncodeError:
        whole = printable(text)
        count = whole.count(REPLACEMENT) - text.count(REPLACEMENT)
        told = f"Halves of characters, left where a text was cut, show {REPLACEMENT} now: {count:,} in all."
        return whole, told if count else ""
    return text, ""
