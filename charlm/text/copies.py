"""What a model wrote that stands word for word in the text it learnt from."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from pydivsufsort import divsufsort

from charlm.errors import InvalidSetting
from charlm.languages import N_
from charlm.text.corpus import Corpus, from_text

SHORTEST = 20  # characters: what is shorter, two people may well write independently


@dataclass(frozen=True)
class Copy:
    """A stretch of a written text that stands in the source too: where in each, in characters."""

    start: int  # in the written text
    source: int  # in the source, the first time it stands there
    length: int

    @property
    def end(self) -> int:
        """The position after its last character in the written text."""
        return self.start + self.length


@dataclass(frozen=True)
class Copies:
    """The stretches of one written text that are copied, left to right. They may overlap, none lies inside another."""

    written: str
    stretches: tuple[Copy, ...]

    @property
    def longest(self) -> int:
        """Characters of the longest one, 0 where there is none."""
        return max((copy.length for copy in self.stretches), default=0)

    @property
    def share(self) -> float:
        """The part of the written characters that is copied, 0 to 1; what two stretches have in common counts once."""
        copied = sum(len(piece) for piece, copy in self.pieces() if copy)
        return copied / max(1, len(self.written))

    def pieces(self) -> Iterator[tuple[str, Copy | None]]:
        """The whole written text in pieces, each with the copy it belongs to, or None.

        What two stretches have in common goes with the first of them.
        """
        end = 0
        for copy in self.stretches:
            if end < copy.start:
                yield self.written[end : copy.start], None
            yield self.written[max(end, copy.start) : copy.end], copy
            end = copy.end
        if end < len(self.written):
            yield self.written[end:], None


class CopyFinder:
    """Finds copies from one source.

    The index is built once. Beside the text it takes four bytes a character, while it is built ten more for every byte
    of the text in UTF-8.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._suffixes = suffix_array(text)

    def find(self, written: str, shortest: int = SHORTEST) -> Copies:
        """Every stretch that stands in the source and would not with one more character on its left or on its right.

        `shortest` is the length in characters from which on a stretch counts. Raises InvalidSetting if it is below 1.
        """
        if not shortest >= 1:
            raise InvalidSetting(
                N_("The shortest copy is {shortest}."),
                N_("Expected one character at least."),
                N_("Choose more, such as 20."),
                shortest=shortest,
            )
        stretches: list[Copy] = []
        end = 0  # of the last stretch: what ends no later lies inside it
        for start in range(len(written)):
            ends = range(max(start + shortest, end + 1), len(written) + 1)
            if ends and self._places(written[start : ends[0]]).size:
                end = self._furthest(written, start, ends)
                source = int(self._places(written[start:end]).min())
                stretches.append(Copy(start, source, end - start))
        return Copies(written, tuple(stretches))

    def passage(self, copy: Copy, around: int = 80) -> tuple[str, str, str]:
        """Where a copy comes from: up to `around` characters before it, the stretch itself, as many after it."""
        begin, end = copy.source, copy.source + copy.length
        return self.text[max(0, begin - around) : begin], self.text[begin:end], self.text[end : end + around]

    def _furthest(self, written: str, start: int, ends: range) -> int:
        """The last of these ends up to which the written text from `start` on stands in the source; the first does."""

        def broken(end: int) -> bool:  # and so at every later end
            return not self._places(written[start:end]).size

        return ends[bisect_left(ends, True, key=broken) - 1]

    def _places(self, stretch: str) -> np.ndarray:
        """The positions in the source where a stretch stands: suffixes that begin alike are neighbours."""

        def beginning(suffix: int) -> str:
            return self.text[suffix : suffix + len(stretch)]

        low = bisect_left(self._suffixes, stretch, key=beginning)
        high = bisect_right(self._suffixes, stretch, lo=low, key=beginning)
        return self._suffixes[low:high]


def find_copies(written: str, source: str | Corpus, shortest: int = SHORTEST) -> Copies:
    """What of a written text stands word for word in a source, in stretches of at least `shortest` characters.

    Both are compared as a corpus is (Unicode NFC, lines ended by LF). For many texts against one source make a
    `CopyFinder`, which builds its index once. Raises what `corpus_of` does where the source is no text to learn from.
    """
    text = source.text if isinstance(source, Corpus) else from_text(source, "the source").text
    lines = written.replace("\r\n", "\n").replace("\r", "\n")
    return CopyFinder(text).find(unicodedata.normalize("NFC", lines), shortest)


def suffix_array(text: str) -> np.ndarray:
    """The positions of all suffixes of a text in the order of the suffixes, int32 of shape (len(text),).

    Manber and Myers, "Suffix arrays: a new method for on-line string searches", 1990; sorted by Yuta Mori's divsufsort.
    """
    # UTF-8 sorts as its characters do. Of the suffixes of its bytes those stay that begin with a whole character.
    octets = text.encode("utf-8", "surrogatepass")
    begins = (np.frombuffer(octets, np.uint8) & 0xC0) != 0x80
    suffixes = divsufsort(octets)
    suffixes = suffixes[begins[suffixes]]
    return (np.cumsum(begins, dtype=np.int32) - 1)[suffixes]
