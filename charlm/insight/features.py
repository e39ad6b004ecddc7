"""Features of a text that a cell may follow: one number for each feature after each character, for any language.

Everything is told from the Unicode category of a character. A row of numbers belongs to the place after a character:
this character and all before it are read, the next one is not, except in "vowel next" and "line end near", which look
ahead on purpose.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

import numpy as np

from charlm.languages import N_

NEAR = 10  # characters: a line end is near if it is among the next so many
LONGEST_QUOTE = 2_000  # characters: a quotation mark that is closed later than this was not meant as one
VOWELS = frozenset("aeiouyæœøıəɛɔαεηιουωаеёиоуыэюяіїєאעوايあいうえおアイウエオ")
# Each opening mark and what closes it: English “”, German „“ and »«, French «», Swedish ””, Japanese 「」. The straight
# mark and ” close themselves. Single quotation marks are left out: nobody can tell them from apostrophes.
QUOTES = {
    '"': '"', "“": '”"', "„": "“”", "”": "”", "«": "»", "»": "«»", "‹": "›", "「": "」", "『": "』", "《": "》",
}  # fmt: skip
SPEAKER = re.compile(r"^[^\W\d_][^\n:.!?]{0,38}:$", re.MULTILINE)  # a line that is only a name and a colon


def features(text: str) -> dict[str, np.ndarray]:
    """Every feature by its name: float32 (characters,) each. A feature that is yes or no is 1 or 0."""
    codes = np.array([ord(c) for c in text], np.uint32) if text else np.zeros(0, np.uint32)
    ends = _of_kind(text, codes, lambda c: c == "\n")
    letters = _of_kind(text, codes, lambda c: unicodedata.category(c)[0] in "LM")
    breaks = _breaks(ends)
    found = {
        N_("position in line"): _since(ends),
        N_("line end near"): _soon(ends),
        N_("line start"): ends,
        N_("paragraph start"): breaks,
        N_("speaker line"): _spans(text, ((m.start(), m.end()) for m in SPEAKER.finditer(text))),
        N_("inside quotes"): _inside(text, QUOTES, breaks),
        N_("inside brackets"): _inside(text, _brackets(text), breaks),
        N_("after a space"): _of_kind(text, codes, lambda c: unicodedata.category(c) == "Zs"),
        N_("after a capital"): _of_kind(text, codes, lambda c: unicodedata.category(c) in ("Lu", "Lt")),
        N_("word length so far"): _since(~letters),
        N_("vowel next"): np.append(_of_kind(text, codes, is_vowel)[1:], False)[: len(text)],
        N_("digit"): _of_kind(text, codes, lambda c: unicodedata.category(c)[0] == "N"),
    }
    return {name: values.astype(np.float32) for name, values in found.items()}


def is_vowel(character: str) -> bool:
    """Is it a vowel, with or without accents, of the Latin, Greek or Cyrillic alphabet or another that marks them?"""
    return character not in "йЙ" and unicodedata.normalize("NFD", character)[0].lower() in VOWELS


def _of_kind(text: str, codes: np.ndarray, of_kind: Callable[[str], bool]) -> np.ndarray:
    """Which characters are of a kind: bool (characters,). Each different character is asked about once."""
    alphabet, where = np.unique(codes, return_inverse=True)
    return np.array([of_kind(chr(c)) for c in alphabet], bool)[where] if text else np.zeros(0, bool)


def _since(marks: np.ndarray) -> np.ndarray:
    """How many characters lie between each place and the latest mark; 0 at a mark."""
    places = np.arange(1, len(marks) + 1)
    return places - np.maximum.accumulate(np.where(marks, places, 0)) if len(marks) else places


def _soon(marks: np.ndarray) -> np.ndarray:
    """Is there a mark among the next NEAR characters?"""
    until = _since(marks[::-1])[::-1]  # the marks that follow, counted from the end
    last = np.flatnonzero(marks)[-1] if marks.any() else -1
    near = np.append(until[1:] < NEAR, False)[: len(marks)]
    return near & (np.arange(len(marks)) < last)


def _breaks(ends: np.ndarray) -> np.ndarray:
    """The places after an empty line, where a paragraph begins."""
    return ends & np.append([False], ends[:-1])[: len(ends)]


def _spans(text: str, spans: Iterable[tuple[int, int]]) -> np.ndarray:
    inside = np.zeros(len(text), bool)
    for start, end in spans:
        inside[start:end] = True
    return inside


def _brackets(text: str) -> dict[str, str]:
    """The opening brackets of a text and what closes each, but for those that are quotation marks."""
    there = sorted(c for c in set(text) if unicodedata.category(c) == "Ps" and c not in QUOTES and c != "‚")
    # The closing bracket is the next code point, or the one after it: () but [] and {}.
    near = {
        c: next((d for d in (chr(ord(c) + 1), chr(ord(c) + 2)) if unicodedata.category(d) == "Pe"), "") for c in there
    }
    return {opening: closing for opening, closing in near.items() if closing}


def _inside(text: str, pairs: dict[str, str], breaks: np.ndarray) -> np.ndarray:
    """Is the place between an opening mark and the one that closes it? A paragraph's end closes everything."""
    marks = set(pairs) | set("".join(pairs.values()))
    pattern = re.compile("[" + re.escape("".join(sorted(marks))) + "]") if marks else None
    places = [m.start() for m in pattern.finditer(text)] if pattern else []
    return _spans(text, _closed(text, pairs, sorted({*places, *np.flatnonzero(breaks).tolist(), len(text)})))


def _closed(text: str, pairs: dict[str, str], places: list[int]) -> Iterable[tuple[int, int]]:
    """Where each pair of marks begins and ends; `places` are those of all marks and of the paragraphs' beginnings."""
    opened, opening, depth = 0, "", 0
    for at in places:
        here = text[at] if at < len(text) else "\n"
        if opening and (here in pairs[opening] or here == "\n"):
            depth = 0 if here == "\n" else depth - 1
            if not depth:
                if at - opened <= LONGEST_QUOTE:
                    yield opened, at
                opening = ""
        elif opening == here:
            depth += 1  # the same bracket once more, inside the first
        elif not opening and here in pairs:
            opened, opening, depth = at, here, 1


NAMES = tuple(features(""))
