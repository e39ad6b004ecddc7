"""Mojibake: how a text looks that was read in the wrong encoding, such as 'donÕt', 'fenÉtre', 'W¶ciek³y'."""

import re
import unicodedata
from functools import lru_cache

# A text becomes a string of kinds, one for each character:
#   a A  small and capital Latin letters of ASCII    e E  other Latin letters    o O  letters of another alphabet
#   q    marks that open: “ ‘ « ( ¿                  c    marks that close       '  ’, which also stands in words
#   d    dashes beyond ASCII                         s    other signs            p  signs that touch no word: ¶ § † ╡
#   x    what no text holds: control and unassigned characters
#   -    everything else but for white space
_LETTER = "[aAeEoO]"
_WRONG = re.compile(
    "x"
    "|(?<=[aAeE])[oO]|[oO](?=[aAeE])|(?<![oO])[oO](?![oO])"  # two alphabets in a word, or one letter of another
    "|(?<=[ae])E|e(?=A)|(?<=[AE])e(?=[AE])|(?<=o)O"  # a capital within small letters, or the other way round
    f"|(?<={_LETTER})[qcs](?={_LETTER})"  # a sign within a word
    f"|(?<={_LETTER})p|p(?={_LETTER})"
)
_IN_PLACE = re.compile(
    f"(?<!{_LETTER})q(?={_LETTER})"
    f"|(?<=[aAeEoO-])[c'](?!{_LETTER})"
    f"|(?<={_LETTER})'(?={_LETTER})"
    f"|(?<!{_LETTER})d(?!{_LETTER})"
)


def plausibility(text: str) -> float:
    """How much a text looks as if it was read in the right encoding, as a factor: 1 where nothing speaks against it.

    It is smaller by the share of the characters beyond ASCII that stand where none should. It is 3 where nearly all
    of them are marks in their place, “as here”: so is English from a word processor, and nearly nothing by chance.
    """
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    kinds = text.translate({ord(c): _kind(c) for c in set(text)})
    if beyond > 1 and len(_IN_PLACE.findall(kinds)) * 10 >= beyond * 9:
        return 3.0
    return max(0.0, 1 - len(_WRONG.findall(kinds)) / max(1, beyond))


def nonsense(text: str) -> int:
    """How many characters of a text are control or unassigned ones, or stand for bytes that could not be read."""
    return sum(text.count(c) for c in set(text) if c == "\ufffd" or _kind(c) == "x")


@lru_cache(maxsize=10_000)
def _kind(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Cn", "Co", "Cs"):
        return " " if character in "\t\n\v\f\r\x1b" else "x"
    if category[0] == "L":
        return _kind_of_letter(character, capital=category == "Lu")
    if category[0] == "Z":
        return " "
    if "─" <= character <= "▟":  # lines and blocks that DOS drew tables with
        return "p"
    if character.isascii() or character == "·":  # which stands in words in Catalan
        return "-"
    return _MARKS.get(character) or _BY_CATEGORY.get(category, "s" if category[0] == "S" else "-")


_MARKS = dict.fromkeys("¿¡", "q") | dict.fromkeys("¶§†‡¤¦", "p") | {"’": "'", "…": "-"}
_BY_CATEGORY = {"Pi": "q", "Ps": "q", "Pf": "c", "Pe": "c", "Pd": "d", "Po": "s"}


def _kind_of_letter(character: str, capital: bool) -> str:
    script = unicodedata.name(character, "").partition(" ")[0]
    if script == "LATIN":
        kind = "a" if character.isascii() else "e"
    else:
        kind = "o" if script in ("GREEK", "CYRILLIC", "HEBREW", "ARABIC") else "-"
    return kind.upper() if capital else kind
