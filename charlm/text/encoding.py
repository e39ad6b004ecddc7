"""Bytes become characters: in the encoding that was named or found, with what did not fit it and what else might."""

import codecs
from dataclasses import dataclass, replace

import chardet

from charlm.errors import NotText
from charlm.languages import N_, NN_, Told
from charlm.text.detection import beyond_ascii, find_wide, holds_control, rank
from charlm.text.doubts import Doubt, doubts_of
from charlm.text.legacy_encodings import ENCODINGS, NAMES, described
from charlm.text.normalization import REPLACEMENT

AROUND = 30  # characters shown on either side of what could not be read

# The longer marks first: UTF-32's little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
# Python's codecs that are no way to save a text: they read escapes or host names.
_NO_ENCODINGS = ("idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape")
PLAIN_TEXT = N_("Open it in the program that made it, save it as plain text (.txt, UTF-8), and bring that file.")


@dataclass(frozen=True)
class Decoded:
    """What bytes read as; where it had one, the text still begins with its byte order mark."""

    text: str
    encoding: str
    strays: int = 0  # places that could not be read and are REPLACEMENT now
    doubts: tuple[Doubt, ...] = ()


def decode_as(content: bytes, name: str, encoding: str) -> Decoded:
    """Read bytes in the encoding that a person named. Raises NotText where they do not fit, or there is none such."""
    codec = codec_of(encoding)
    try:
        return Decoded(content.decode(codec), NAMES.get(codec, codec))
    except UnicodeDecodeError as error:
        raise misfit(name, encoding, error.start) from error


def codec_of(encoding: str) -> str:
    """Python's name for an encoding that a person named. Raises NotText if there is none such."""
    try:
        codec = codecs.lookup(encoding).name
        if codec in _NO_ENCODINGS:
            raise LookupError
        b" ".decode(codec, "replace")  # not every codec makes text of bytes
        return codec
    except (LookupError, ValueError) as error:
        raise NotText(
            N_("There is no encoding called {encoding!r}."),
            N_("Expected a name such as utf-8, utf-16 or windows-1252."),
            N_("Check it."),
            encoding=encoding,
        ) from error


def misfit(name: str, encoding: str, place: int) -> NotText:
    """The error of a file that is not in the encoding that a person named; `place` counts its bytes from 0."""
    return NotText(
        N_("{name} is not {encoding} text: byte {place:,} does not fit."),
        N_("Expected every byte to be valid in that encoding."),
        N_("Leave the encoding out to have it found, or name the one the file was saved in."),
        name=name,
        encoding=encoding,
        place=place,
    )


def marked_as(beginning: bytes) -> tuple[str, str]:
    """The encoding that a mark at the beginning of a file names, and the codec that keeps the mark; "" without one."""
    return next(((encoding, codec) for mark, encoding, codec in _MARKS if beginning.startswith(mark)), ("", ""))


def decode_found(content: bytes, name: str) -> Decoded:
    """Read bytes in the encoding that they fit. Raises NotText where they are no text."""
    encoding, codec = marked_as(content)
    if encoding:
        return _decode(content, encoding, codec)
    utf_8 = _decode(content, "utf-8")
    if not (utf_8.strays or content.isascii()):
        return utf_8
    if holds_control(content):
        return _decode_wide(content, utf_8, name)
    return _decode_bytewise(content, utf_8, name) if utf_8.strays else _decode_escapes(content) or utf_8


def saved_as(encoding: str, marked: bool) -> str:
    """How a file was saved, in a sentence, where it was found out; nothing of plain UTF-8."""
    if marked:
        return Told(N_("Saved as {encoding}, with a mark at its start that was left out."), encoding=encoding.upper())
    if encoding in ENCODINGS:
        return Told(
            N_("The file does not say how it was saved. It reads best as {encoding}."), encoding=described(encoding)
        )
    if encoding.startswith("utf-16") or encoding.startswith("utf-32"):
        return Told(N_("Saved as {encoding}, without the mark at its start that usually says so."), encoding=encoding)
    return "" if encoding == "utf-8" else Told(N_("Saved as {encoding}."), encoding=encoding)


def lost(text: str, encoding: str, places: int, lines: int = 0) -> str:
    """How many places could not be read and where the first is, in a sentence.

    `text` is what became of the bytes, or a part of it around the first such place with `lines` line ends before it.
    """
    if not places or REPLACEMENT not in text:
        return ""
    before, _, after = text.partition(REPLACEMENT)
    line = lines + before.count("\n") + 1
    words = f"{before.rpartition(chr(10))[2][-AROUND:]}{REPLACEMENT}{after.partition(chr(10))[0][:AROUND]}".strip()
    told = NN_(
        "One place is not {encoding} and shows {sign} now: line {line:,}, “{words}”.",
        "{count:,} places are not {encoding} and show {sign} now. The first is in line {line:,}, “{words}”.",
    )
    return Told(told, count=places, encoding=encoding, sign=REPLACEMENT, line=line, words=words)


def _decode(content: bytes, encoding: str, codec: str = "") -> Decoded:
    """Read bytes whether they all fit or not."""
    try:
        return Decoded(content.decode(codec or encoding), encoding)
    except UnicodeDecodeError:
        text = content.decode(codec or encoding, "replace")
        return Decoded(text, encoding, text.count(REPLACEMENT))


def _decode_escapes(content: bytes) -> Decoded | None:
    """Japanese and Korean mail of old: ASCII throughout, with escapes that change what it means."""
    for encoding in ("iso2022_jp_2", "iso2022_kr") if b"\x1b$" in content else ():
        try:
            return Decoded(content.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    return None


def _decode_wide(content: bytes, utf_8: Decoded, name: str) -> Decoded:
    """UTF-16 or UTF-32 without a mark."""
    if encoding := find_wide(content):
        return _decode(content, encoding)
    if not utf_8.strays:
        return utf_8
    kind = chardet.detect(content)["mime_type"]
    raise NotText(
        N_("{name} is not a text file but binary data{kind}."),
        N_("Expected plain text."),
        N_("{plain_text} If it is a text after all, name its encoding, such as utf-16-le."),
        name=name,
        kind=f" ({kind})" if kind and kind != "text/plain" else "",
        plain_text=PLAIN_TEXT,
    )


def _decode_bytewise(content: bytes, utf_8: Decoded, name: str) -> Decoded:
    """UTF-8 but for a few bytes, or one of the encodings from before it."""
    sound = len(utf_8.text) - utf_8.strays - len(utf_8.text.encode("ascii", "ignore"))  # characters beyond ASCII
    if sound >= utf_8.strays:  # by chance hardly ever: two of 2,800 excerpts in other encodings were so
        return utf_8 if sound >= utf_8.strays * 10 else _doubted(utf_8, content, name)
    ranking = rank(content)
    for fit in ranking.fits:
        decoded = _decode(content, fit.encoding)
        if decoded.strays <= _few(content):
            return replace(decoded, doubts=doubts_of(content, name, [fit.encoding, *ranking.close_to(fit)]))
    raise NotText(
        N_("{name} fits no encoding."),
        N_("Expected text in UTF-8 or in one of the encodings before it."),
        N_("{plain_text} If you know its encoding, name it."),
        name=name,
        plain_text=PLAIN_TEXT,
    )


def _doubted(utf_8: Decoded, content: bytes, name: str) -> Decoded:
    """Bytes that are UTF-8 by half, beside what the other half would be."""
    strange = b"\n".join(line for line in content.splitlines() if _decode(line, "utf-8").strays)
    others = [fit.encoding for fit in rank(strange).fits[:1]]
    return replace(utf_8, doubts=doubts_of(strange, name, ["utf-8", *others, "windows-1252"]))


def _few(content: bytes) -> int:
    """How many places may be unreadable in a file that is otherwise sound: its last character is, if it was cut off."""
    return max(1, beyond_ascii(content) // 50)
