"""A text file that is too long to be read at once: its bytes pass by in pieces and become pieces of text."""

import codecs
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from charlm.text.corpus import reading
from charlm.text.detection import telling_lines
from charlm.text.doubts import Doubt
from charlm.text.encoding import codec_of, decode_as, decode_found, marked_as, misfit
from charlm.text.normalization import REPLACEMENT, Normalizer, separable

PIECE = 2**22  # bytes that are read at a time
_BEGINNING, _WINDOW = 65_536, 4_096  # bytes that tell the encoding: of the file's beginning, and of each piece
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")

Progress = Callable[[float], None]  # is told which share of the work is done, 0 to 1


class LongFile:
    """A text file that can be read in pieces again and again; each reading begins at its beginning."""

    def __init__(self, path: Path, name: str, encoding: str | None, piece: int = PIECE) -> None:
        """Find out the encoding, or take the one that a person named. Raises CorpusNotFound and NotText."""
        self._path, self._name, self._named, self._piece = path, name, encoding, piece
        with reading(path):
            if encoding:
                self._codec = _of_a_stream(codec_of(encoding), _beginning(path))
                decoded = decode_as(b"", name, encoding)
            else:
                seen = evidence(path, piece)
                decoded = decode_found(seen, name)
                self._codec = marked_as(seen)[1] or decoded.encoding
        self.encoding: str = decoded.encoding
        self.doubts: tuple[Doubt, ...] = decoded.doubts
        self._forget()

    def _forget(self) -> None:
        self.normalizer = Normalizer()
        self.marked = False  # has it a byte order mark?
        self.strays = 0  # places that could not be read and are REPLACEMENT now

    def pieces(self, progress: Progress) -> Iterator[str]:
        """The text from its beginning, as a corpus has it. After the last piece all facts about it are known.

        Raises CorpusNotFound, and NotText for a byte that does not fit the encoding that a person named.
        """
        self._forget()
        for number, piece in enumerate(separable(self._decoded(progress))):
            if number == 0:
                self.marked = piece.startswith("\ufeff")
                piece = piece.lstrip("\ufeff")
            yield self.normalizer.take(piece)

    def _decoded(self, progress: Progress) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(self._codec)("strict")
        broken, replaced, place = False, 0, 0
        size = max(1, self._path.stat().st_size)
        for chunk in _chunks(self._path, self._piece):
            before = decoder.getstate()
            try:
                text = decoder.decode(chunk, not chunk)
            except UnicodeDecodeError as error:
                if self._named:
                    raise misfit(self._name, self._named, place - len(before[0]) + error.start) from error
                broken, decoder.errors = True, "replace"  # from here on the rest is read whether it fits or not
                decoder.setstate(before)
                text = decoder.decode(chunk, not chunk)
            replaced += text.count(REPLACEMENT)
            place += len(chunk)
            self.strays = replaced if broken else 0  # a sign that stands in the file itself is no stray
            progress(place / size)
            yield text


def evidence(path: Path, piece: int = PIECE) -> bytes:
    """The bytes that tell the encoding of a file: its beginning, and lines beyond ASCII from all over it."""
    beginning = _beginning(path)
    found, seen = [], 0
    for chunk in _whole_words(path, piece):
        beyond = _BEYOND_ASCII.search(chunk, max(0, len(beginning) - seen))
        if beyond:
            start = max(0, beyond.start() - _WINDOW // 2)
            window = chunk[start : start + _WINDOW]
            if start:  # what stands before the first space or the like may begin within a character
                window = window[len(window.partition(b" ")[0]) :]
            found += telling_lines(window[: _last_word(window)] if start + _WINDOW < len(chunk) else window)
        seen += len(chunk)
    whole = seen == len(beginning)
    return b"\n".join([beginning if whole else beginning[: _last_word(beginning)], *found])


def _of_a_stream(codec: str, beginning: bytes) -> str:
    """The codec with which to read piece by piece: those of UTF-16 and UTF-32 refuse a stream without a mark."""
    marks = {"utf-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE), "utf-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)}
    return codec if codec not in marks or beginning.startswith(marks[codec]) else f"{codec}-{sys.byteorder[0]}e"


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_BEGINNING)


def _whole_words(path: Path, size: int) -> Iterator[bytes]:
    """The bytes of a file in pieces that begin and end with whole words, so that no character is cut."""
    rest = b""
    for chunk in _chunks(path, size):
        words = rest + chunk
        end = _last_word(words) if chunk else len(words)
        yield words[:end]
        rest = words[end:]


def _last_word(content: bytes) -> int:
    """Where the last word begins, after a space or the like, which is part of no character in any encoding.

    Without any it is the end.
    """
    space = re.match(rb".*[\x00-\x2f]", content, re.DOTALL)
    return space.end() if space else len(content)


def _chunks(path: Path, size: int) -> Iterator[bytes]:
    """The bytes of a file, and an empty chunk at its end."""
    with reading(path), path.open("rb") as file:
        while chunk := file.read(size):
            yield chunk
    yield b""
