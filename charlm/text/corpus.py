"""Bytes to text: the encoding found or chosen, line ends and accents made uniform, and all of it reported."""

import codecs
import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import chardet

from charlm.errors import AlphabetTooLarge, CorpusNotFound, NotText, TextTooShort
from charlm.text.built_in import BUILT_IN, read_built_in

LARGEST_ALPHABET = 4_000

# The longer marks first: UTF-32's little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PLAIN_TEXT = "Open it in the program that made it, save it as plain text (.txt, UTF-8), and bring that file."


@dataclass(frozen=True)
class Corpus:
    """A text as it will be learnt: Unicode NFC, lines ended by LF."""

    name: str
    text: str
    encoding: str = ""  # as the bytes were read; "" for a text that never was bytes
    changes: tuple[str, ...] = ()  # one sentence for everything that was found or changed on the way in

    @property
    def sha256(self) -> str:
        """The fingerprint of the text, whatever encoding it came in."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def read_corpus(source: str | Path, encoding: str | None = None) -> Corpus:
    """Read a text file, or a built-in text by its name; a file of that name comes first, a folder does not.

    `encoding` overrides what is found. Raises CorpusNotFound, NotText, TextTooShort (when empty),
    AlphabetTooLarge and DownloadFailed.
    """
    path = Path(source)
    if not path.is_file() and str(source) in BUILT_IN:
        return decode(read_built_in(str(source)), str(source), "utf-8")
    if not path.is_file():
        raise CorpusNotFound(
            f"There is no text file at {source}.",
            f"Expected a file, or the name of a built-in text: {', '.join(BUILT_IN)}.",
            "Check the path and its spelling.",
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CorpusNotFound(
            f"{source} could not be read ({error.strerror}).", "Expected a readable file.", "Check its permissions."
        ) from error
    return decode(content, path.name, encoding)


def decode(content: bytes, name: str, encoding: str | None = None) -> Corpus:
    """Turn the bytes of a file into a corpus. Raises as `read_corpus` does."""
    chosen = encoding or _find_encoding(content, name)
    try:
        text = content.decode(chosen)
    except UnicodeDecodeError as error:
        raise NotText(
            f"{name} is not {chosen} text: byte {error.start:,} does not fit.",
            "Expected every byte to be valid in that encoding.",
            "Leave the encoding out to have it found, or name the one the file was saved in.",
        ) from error
    except (LookupError, ValueError) as error:
        raise NotText(
            f"There is no encoding called {chosen!r}.",
            "Expected a name such as utf-8, utf-16 or windows-1252.",
            "Check it.",
        ) from error
    return from_text(text, name, codecs.lookup(chosen).name, found=encoding is None)


def from_text(text: str, name: str, encoding: str = "", found: bool = False) -> Corpus:
    """Make a corpus of text already decoded; `found` says that its encoding was worked out, not given.

    Raises NotText, TextTooShort (when empty) and AlphabetTooLarge.
    """
    changes = [f"Read as {encoding}."] if found and encoding != "utf-8" else []
    if text.startswith("\ufeff") or encoding == "utf-8-sig":
        text = text.removeprefix("\ufeff")
        changes.append("The byte order mark at its start was left out.")
    if "\r" in text:
        changes.append(f"{text.count(chr(13)):,} line ends (CR or CRLF) turned into LF.")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not unicodedata.is_normalized("NFC", text):
        composed = unicodedata.normalize("NFC", text)
        changes.append(f"Accents composed (Unicode NFC): {len(text):,} characters became {len(composed):,}.")
        text = composed
    _refuse_what_cannot_be_learnt(text, name)
    return Corpus(name, text, encoding, tuple(changes))


def join(corpora: Sequence[Corpus]) -> Corpus:
    """Several texts as one, each beginning a line of its own. Raises AlphabetTooLarge."""
    first, *others = corpora
    if not others:
        return first
    name = f"{first.name} and {len(others)} more"
    joined = from_text("\n".join(c.text.removesuffix("\n") for c in corpora) + "\n", name, first.encoding)
    changes = tuple(f"{c.name}: {sentence}" for c in corpora for sentence in c.changes)
    return replace(joined, changes=changes)


def _find_encoding(content: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = "\0"
    if "\0" not in text:
        return "utf-8"
    # Only what editors write today: of all encodings there ever were, some mainframe's would fit a stray quote better.
    guess = chardet.detect(
        content, encoding_era=chardet.EncodingEra.MODERN_WEB, max_bytes=max(1, len(content)), prefer_superset=True
    )
    if guess["encoding"] is None:
        kind = guess.get("mime_type") or "application/octet-stream"
        raise NotText(f"{name} is not a text file but binary data ({kind}).", "Expected plain text.", _PLAIN_TEXT)
    return guess["encoding"]


def _refuse_what_cannot_be_learnt(text: str, name: str) -> None:
    if not text.strip():
        raise TextTooShort(
            f"{name} is empty.", "Expected a text.", "A few thousand characters is where it begins to be fun."
        )
    control = sum(text.count(chr(code)) for code in range(32) if chr(code) not in "\t\n\f\v\x1b")
    if control > max(1, len(text) // 1_000):
        raise NotText(
            f"{name} holds {control:,} control characters, so it is probably binary data.",
            "Expected plain text.",
            _PLAIN_TEXT,
        )
    alphabet = len(set(text))
    if alphabet > LARGEST_ALPHABET:
        raise AlphabetTooLarge(
            f"{name} uses {alphabet:,} different characters.",
            f"Expected at most {LARGEST_ALPHABET:,}, since the model chooses between all of them at every step.",
            "Remove rare characters, or bring a text in one script; if the text looks garbled, name its encoding.",
        )
