"""A text as it will be learnt: from a file, from bytes or from a string, with everything told that was changed."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from charlm.errors import AlphabetTooLarge, CorpusNotFound, NotText, TextTooShort
from charlm.languages import N_, NN_, Told, say
from charlm.text.built_in import BUILT_IN, read_built_in
from charlm.text.doubts import Doubt
from charlm.text.encoding import PLAIN_TEXT, decode_as, decode_found, lost, saved_as
from charlm.text.normalization import normalize, printable
from charlm.text.vocabulary import LARGEST_ALPHABET, Vocabulary, count_characters


@dataclass(frozen=True)
class Corpus:
    """A text as it will be learnt: Unicode NFC, lines ended by LF."""

    name: str
    text: str
    encoding: str = ""  # as the bytes were read; "" for a text that never was bytes
    changes: tuple[str, ...] = ()  # one sentence for everything that was found or changed on the way in
    doubts: tuple[Doubt, ...] = ()  # for each file that could be in another encoding: a line of it in each of them

    @property
    def sha256(self) -> str:
        """The fingerprint of the text, whatever encoding it came in."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def length(self) -> int:
        """Characters of the text."""
        return len(self.text)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The alphabet of the text."""
        return Vocabulary.of(self.text)

    @property
    def sample(self) -> str:
        """What of the text is counted beside the learning: all of it."""
        return self.text

    def pieces(self) -> Iterator[str]:
        """The text in pieces, to write it to a file: there is one only."""
        yield self.text

    def encode(self, vocabulary: Vocabulary) -> np.ndarray:
        """The ids of the text, one byte or two for each: (length,). Raises UnknownCharacter."""
        return vocabulary.encode(self.text).astype(vocabulary.dtype)


def read_corpus(source: str | Path, encoding: str | None = None) -> Corpus:
    """Read a text file, or a built-in text by its name; a file of that name comes first, a folder does not.

    `encoding` overrides what is found. Raises CorpusNotFound, NotText, TextTooShort (when empty),
    AlphabetTooLarge and DownloadFailed.
    """
    path = Path(source)
    if not is_file(path):
        if str(source) in BUILT_IN:
            return decode(read_built_in(str(source)), str(source), "utf-8")
        raise CorpusNotFound(
            N_("There is no text file at {source}."),
            N_("Expected a file, or the name of a built-in text: {names}."),
            N_("Check the path and its spelling."),
            source=printable(str(source)),
            names=tuple(BUILT_IN),
        )
    with reading(path):
        content = path.read_bytes()
    return decode(content, path.name, encoding)


def decode(content: bytes, name: str, encoding: str | None = None) -> Corpus:
    """Turn the bytes of a file into a corpus. Raises as `read_corpus` does."""
    name = printable(name)
    read = decode_as(content, name, encoding) if encoding else decode_found(content, name)
    corpus = from_text(read.text, name, read.encoding, found=not encoding)
    told = [lost(corpus.text, read.encoding, read.strays), *(doubt.sentence for doubt in read.doubts)]
    return replace(corpus, changes=(*corpus.changes, *filter(None, told)), doubts=read.doubts)


def from_text(text: str, name: str, encoding: str = "", found: bool = False) -> Corpus:
    """Make a corpus of text already decoded; `found` says that its encoding was worked out, not given.

    Raises NotText, TextTooShort (when empty) and AlphabetTooLarge.
    """
    name, marked = printable(name), text.startswith("\ufeff")
    text, changes = normalize(text.lstrip("\ufeff"))
    refuse_what_cannot_be_learnt(count_characters(text), name)
    return Corpus(name, text, encoding, tuple(filter(None, [told_of_saving(encoding, marked, found), *changes])))


def join(corpora: Sequence[Corpus]) -> Corpus:
    """Several texts as one, each beginning a line of its own. Raises AlphabetTooLarge."""
    first, *others = corpora
    if not others:
        return first
    name = say(N_("{name} and {count} more"), name=first.name, count=len(others))
    joined = from_text("\n".join(c.text.removesuffix("\n") for c in corpora) + "\n", name, first.encoding)
    changes = tuple(
        Told(N_("{name}: {sentence}"), name=c.name, sentence=sentence) for c in corpora for sentence in c.changes
    )
    return replace(joined, changes=changes, doubts=tuple(doubt for c in corpora for doubt in c.doubts))


def is_file(path: Path) -> bool:
    """Is there a file? None has a path that is too long, not to be looked into, or impossible."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn an OSError into CorpusNotFound."""
    try:
        yield
    except OSError as error:
        raise CorpusNotFound(
            N_("{source} could not be read ({why})."),
            N_("Expected a readable file."),
            N_("Check its permissions."),
            source=printable(str(path)),
            why=error.strerror,
        ) from error


def told_of_saving(encoding: str, marked: bool, found: bool) -> str:
    """How a text was saved, in a sentence, if its encoding was worked out; else only that it had a mark."""
    if found:
        return saved_as(encoding, marked)
    return N_("A mark at its start (a byte order mark) was left out.") if marked else ""


def refuse_what_cannot_be_learnt(counts: Mapping[str, int], name: str) -> None:
    """Refuse a text with such counts of characters. Raises NotText, TextTooShort (when empty), AlphabetTooLarge."""
    if all(map(str.isspace, counts)):
        raise TextTooShort(
            N_("{name} is empty."),
            N_("Expected a text."),
            N_("A few thousand characters is where it begins to be fun."),
            name=name,
        )
    control = sum(counts.get(chr(code), 0) for code in range(32) if chr(code) not in "\t\n\f\v\x1b")
    if control > max(1, sum(counts.values()) // 1_000):
        raise NotText(
            NN_(
                "{name} holds {count:,} control character, so it is probably binary data.",
                "{name} holds {count:,} control characters, so it is probably binary data.",
            ),
            N_("Expected plain text."),
            PLAIN_TEXT,
            name=name,
            count=control,
        )
    if len(counts) > LARGEST_ALPHABET:
        raise AlphabetTooLarge(
            N_("{name} uses {count:,} different characters."),
            N_("Expected at most {most:,}, since the model chooses between all of them at every step."),
            N_("Remove rare characters, or bring a text in one script; if the text looks garbled, name its encoding."),
            name=name,
            count=len(counts),
            most=LARGEST_ALPHABET,
        )
