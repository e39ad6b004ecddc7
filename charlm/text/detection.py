"""Which encodings a file fits, where nothing in it says so: chardet is asked about the lines that can tell."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import chardet

from charlm.text.legacy_encodings import ENCODINGS, NAMES
from charlm.text.mojibake import nonsense, plausibility

_ENOUGH = 65_536  # bytes of telling lines: more change nothing
_PIECES, _PIECE = 8, (1_024, 8_192)  # asked about one by one, so that a broken byte spoils the answer of one only
_LIKELY = 12  # candidates looked at closely
_CLOSE = 0.5  # up to here a lead is luck
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b")


@dataclass(frozen=True)
class Fit:
    """An encoding and how well it fits; only the ratio of two scores means something."""

    encoding: str
    score: float


@dataclass(frozen=True)
class Ranking:
    """The encodings that fit a file, best first, and how much of it could tell."""

    fits: tuple[Fit, ...]
    evidence: int  # bytes beyond ASCII that were looked at

    def close_to(self, chosen: Fit) -> list[str]:
        """The encodings after the chosen one that fit about as well.

        A lead, as a share of the chosen one's score, counts the more the more characters there are to tell by: with a
        few of them it is luck. Of 3,080 excerpts 39 are read wrong, and 35 of these doubted (benchmarks/tried.md).
        """
        later = self.fits[self.fits.index(chosen) + 1 :]
        return [f.encoding for f in later if (chosen.score - f.score) * self.evidence <= _CLOSE * chosen.score]


def rank(content: bytes) -> Ranking:
    """Rank the encodings from before UTF-8 by how well the bytes fit them."""
    pieces = list(_pieces(telling_lines(content)))
    votes: dict[str, float] = defaultdict(float)
    for piece in pieces:
        for guess in chardet.detect_all(
            b"\n" + piece,  # no file type begins with a line end: 'BM' at the beginning is no picture here
            include_encodings=ENCODINGS,
            max_bytes=len(piece) + 1,
            ignore_threshold=True,
            compat_names=False,
        ):
            if guess["encoding"] in NAMES:
                votes[NAMES[guess["encoding"]]] += guess["confidence"]
    # Five bytes stand for nothing in it, and one of them is enough for chardet to leave it out.
    votes["windows-1252"] = max(votes["windows-1252"], votes["iso-8859-1"])
    sample = b"\n".join(pieces)
    likely = sorted(votes, key=lambda name: -votes[name])[:_LIKELY]
    fits = [
        Fit(name, votes[name] * plausibility(sample.decode(name, "replace"))) for name in ENCODINGS if name in likely
    ]
    return Ranking(tuple(sorted(fits, key=lambda fit: -fit.score)), beyond_ascii(sample))


def telling_lines(content: bytes) -> list[bytes]:
    """The different lines that are not ASCII, from all over the file, about 100 KB at most.

    Lines longer than a thousand bytes are cut at a space or the like, which is part of no character in any encoding.
    """
    lines = re.findall(rb"[^\r\n]{1,1000}[^\x00-\x2f]*", content)
    lines = list(dict.fromkeys(line for line in lines if not line.isascii()))
    return lines[:: max(1, sum(map(len, lines)) // _ENOUGH)]


def beyond_ascii(content: bytes) -> int:
    """How many bytes are above 127."""
    return len(content) - len(content.translate(None, bytes(range(128, 256))))


def holds_control(content: bytes) -> bool:
    """Does it hold more bytes than a text would that stand for no character in any text?"""
    return len(content) - len(content.translate(None, _CONTROL)) > max(1, len(content) // 1_000)


def find_wide(content: bytes) -> str | None:
    """UTF-32 or UTF-16 without a mark: bytes that make sense two by two or four by four; None where they do not."""
    sample = content[: min(4_096, len(content) // 4 * 4)]
    printable = len(sample) - len(sample.translate(None, bytes(range(32, 127))))
    if printable > len(sample) * (0.6 if sample.isascii() else 0.9):
        return None  # ASCII with some control characters, two by two, would be Chinese
    readings = {name: sample.decode(name, "replace") for name in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")}
    sound = {name: text for name, text in readings.items() if nonsense(text) * 50 <= len(text)}
    # Read in the wrong order a text is scattered over all of Unicode, read in the right one it keeps to a few pages.
    return min(sound, key=lambda name: len({ord(c) >> 8 for c in sound[name]}), default=None)


def _pieces(lines: Sequence[bytes]) -> Iterator[bytes]:
    low, high = _PIECE
    size = min(high, max(low, sum(map(len, lines)) // _PIECES))
    piece: list[bytes] = []
    for line in lines:
        if piece and sum(map(len, piece)) + len(line) > size:
            yield b"\n".join(piece)
            piece = []
        piece.append(line[:high])
    yield b"\n".join(piece)
