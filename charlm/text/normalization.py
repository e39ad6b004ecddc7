"""One way to write every character: line ends, accents, and what is no character at all; each change told in words."""

import unicodedata
from collections.abc import Iterable, Iterator

from charlm.languages import N_, Told

REPLACEMENT = "\ufffd"  # the character for what could not be read, drawn as �
_FIRST_COMBINING = "\u0300"  # no character before this one is ever composed with the character to its left


def normalize(text: str) -> tuple[str, list[str]]:
    """A text with LF as its line end and in Unicode's form NFC, and a sentence for everything that was changed."""
    normalizer = Normalizer()
    text = normalizer.take(text)
    return text, normalizer.told()


def printable(text: str) -> str:
    """A text that can be shown and saved: halves of surrogate pairs, as in a file's name that is no UTF-8, become �."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def separable(texts: Iterable[str]) -> Iterator[str]:
    """The same text in pieces that, normalized one by one, give what the whole text gives.

    No piece ends between CR and LF, or before a character that could be composed with the one to its left.
    """
    rest = ""
    for text in texts:
        rest += text
        cut = next((i for i in range(len(rest) - 1, 0, -1) if rest[i] < _FIRST_COMBINING), 0)
        if rest[max(0, cut - 1) : cut + 1] == "\r\n":
            cut -= 1
        if cut:
            yield rest[:cut]
            rest = rest[cut:]
    if rest:
        yield rest


class Normalizer:
    """Normalizes a text, or its pieces one after the other if they are `separable`, and counts what it changes."""

    def __init__(self) -> None:
        self._halves = self._pairs = self._alone = self._before = self._after = 0
        self._composed = False

    def take(self, text: str) -> str:
        """The text, or the next piece of it, with LF as its line end and in Unicode's form NFC."""
        return self._compose_accents(self._join_line_ends(self._replace_halves(text)))

    def told(self) -> list[str]:
        """A sentence for everything that was changed so far."""
        halves = N_("Halves of characters, left where a text was cut, show {sign} now: {count:,} in all.")
        told = [Told(halves, sign=REPLACEMENT, count=self._halves)] if self._halves else []
        return [*told, *filter(None, [self._told_of_line_ends(), self._told_of_accents()])]

    def _replace_halves(self, text: str) -> str:
        """Half a surrogate pair is left where a text was cut within an emoji; it can be neither shown nor saved."""
        try:
            text.encode()
        except UnicodeEncodeError:
            whole = printable(text)
            self._halves += whole.count(REPLACEMENT) - text.count(REPLACEMENT)
            return whole
        return text

    def _join_line_ends(self, text: str) -> str:
        if "\r" not in text:
            return text
        pairs = text.count("\r\n")
        self._pairs += pairs
        self._alone += text.count("\r") - pairs
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _compose_accents(self, text: str) -> str:
        self._before += len(text)
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
            self._composed = True
        self._after += len(text)
        return text

    def _told_of_line_ends(self) -> str:
        told = []
        if self._pairs:
            told.append(
                N_(
                    "Line ends of two characters (CR and LF, as Windows writes them) became one (LF), {pairs:,} in "
                    "all: the alphabet has one character less than where both are counted."
                )
            )
        if self._alone:
            told.append(N_("Line ends as old Macs wrote them (CR) became LF, {alone:,} in all."))
        return Told(*told, pairs=self._pairs, alone=self._alone) if told else ""

    def _told_of_accents(self) -> str:
        if not self._composed:
            return ""
        before, after = self._before, self._after
        count = Told(N_(": {before:,} characters became {after:,}"), before=before, after=after)
        told = N_(
            "Letters that can be written in two ways, such as é in one piece or as e and ´, are written in one way now "
            "(Unicode NFC){count}."
        )
        return Told(told, count=count if before != after else "")
