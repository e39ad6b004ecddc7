"""A text as it will be learnt: from a file, from bytes or from a string, with everything told that was changed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from charlm.errors import AlphabetTooLarge, CorpusNotFound, NotText, TextTooShort
from charlm.languages import N_, NN_, Told, say
from charlm.text.built_in import BUILT_IN, read_built_in
from charlm.text.doubts import Doubt
from charlm.text.encoding import PLAIN_TEXT, decode_as, decode_found, lost, saved_as
from charlm.text.normalization import normalize, printable

LARGEST_ALPHABET = 4_000


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


def read_corpus(source: str | Path, encoding: str | None = None) -> Corpus:
    """Read a text file, or a built-in text by its name; a file of that name comes first, a folder does not.

    `encoding` overrides what is found. Raises CorpusNotFound, NotText, TextTooShort (when empty),
    AlphabetTooLarge and DownloadFailed.
    """
    path = Path(source)
    if not _is_file(path):
        if str(source) in BUILT_IN:
            return decode(read_built_in(str(source)), str(source), "utf-8")
        raise CorpusNotFound(
            N_("There is no text file at {source}."),
            N_("Expected a file, or the name of a built-in text: {names}."),
            N_("Check the path and its spelling."),
            source=printable(str(source)),
            names=tuple(BUILT_IN),
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CorpusNotFound(
            N_("{source} could not be read ({why})."),
            N_("Expected a readable file."),
            N_("Check its permissions."),
            source=printable(str(source)),
            why=error.strerror,
        ) from error
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
    if found:
        told = saved_as(encoding, marked)
    else:
        told = N_("A mark at its start (a byte order mark) was left out.") if marked else ""
    text, changes = normalize(text.lstrip("\ufeff"))
    _refuse_what_cannot_be_learnt(text, name)
    return Corpus(name, text, encoding, tuple(filter(None, [told, *changes])))


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


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # longer than any path, not to be looked into, or with characters that none has
        return False


def _refuse_what_cannot_be_learnt(text: str, name: str) -> None:
    if not text.strip():
        raise TextTooShort(
            N_("{name} is empty."),
            N_("Expected a text."),
            N_("A few thousand characters is where it begins to be fun."),
            name=name,
        )
    control = sum(text.count(chr(code)) for code in range(32) if chr(code) not in "\t\n\f\v\x1b")
    if control > max(1, len(text) // 1_000):
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
    alphabet = len(set(text))
    if alphabet > LARGEST_ALPHABET:
        raise AlphabetTooLarge(
            N_("{name} uses {count:,} different characters."),
            N_("Expected at most {most:,}, since the model chooses between all of them at every step."),
            N_("Remove rare characters, or bring a text in one script; if the text looks garbled, name its encoding."),
            name=name,
            count=alphabet,
            most=LARGEST_ALPHABET,
        )
