"""A text that is too long for memory: it is read in pieces, and its ids lie in a file while it is learnt."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from charlm.languages import N_, Told
from charlm.text.corpus import Corpus, is_file, read_corpus, refuse_what_cannot_be_learnt, told_of_saving
from charlm.text.doubts import Doubt
from charlm.text.encoding import AROUND, lost
from charlm.text.mapped import BLOCK, blocks, let_go, mapped
from charlm.text.normalization import REPLACEMENT, printable
from charlm.text.pieces import PIECE, LongFile, Progress
from charlm.text.vocabulary import Vocabulary, code_points, count_characters

LONG = 20 * 2**20  # bytes: the most that the page takes by default; a longer file is read in pieces
STRETCHES, STRETCH = 100, 100_000  # of a sample: how many, and the characters of each
SAMPLED = N_(
    "The text is long, so it is read in pieces. What is counted beside the learning (its words, the losses of letter "
    "frequencies and of a 5-gram model) is counted in {count:,} characters from all over it."
)


@dataclass(frozen=True, eq=False)
class LongCorpus:
    """A text as it will be learnt, like a `Corpus`, but never in memory as a whole."""

    name: str
    vocabulary: Vocabulary
    ids: np.ndarray  # (length,), one byte or two for each, read-only, in a file
    sha256: str
    encoding: str = ""
    changes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def length(self) -> int:
        """Characters of the text."""
        return len(self.ids)

    @property
    def sample(self) -> str:
        """Stretches from all over the text, to be counted in place of it.

        They are spread evenly, so the last tenth of the sample comes from the last tenth of the text.
        """
        starts = np.arange(STRETCHES) * self.length // STRETCHES
        length = min(STRETCH, self.length // STRETCHES)
        return "".join(self.spelt(start, start + length) for start in starts.tolist())

    def pieces(self) -> Iterator[str]:
        """The text in pieces."""
        for start in range(0, self.length, BLOCK):
            yield self.spelt(start, start + BLOCK)
            let_go(self.ids)

    def spelt(self, start: int, end: int) -> str:
        """The characters from one position of the text to another."""
        return code_points(self.vocabulary.characters)[self.ids[start:end]].tobytes().decode("utf-32-le")

    def encode(self, vocabulary: Vocabulary) -> np.ndarray:
        """The ids of the text, one byte or two for each: (length,). Raises UnknownCharacter.

        Only ids of another vocabulary than that of the text take memory.
        """
        if vocabulary == self.vocabulary:
            return self.ids
        return vocabulary.encode(self.vocabulary.characters).astype(vocabulary.dtype)[self.ids]


AnyCorpus = Corpus | LongCorpus


def is_long(path: Path) -> bool:
    """Is there a file that is read in pieces?"""
    return is_file(path) and path.stat().st_size > LONG


def open_corpus(
    source: str | Path,
    folder: str | Path,
    encoding: str | None = None,
    progress: Progress = lambda share: None,
    *,
    piece: int = PIECE,
) -> AnyCorpus:
    """Read a text like `read_corpus`, but a file of more than LONG bytes in pieces, each of `piece` bytes.

    Such a file is read three times: for its encoding, for its alphabet, and for its ids. These are kept in a nameless
    file in `folder`, a byte or two for each character, as long as the corpus is used. `progress` is told which share is
    done. Raises what `read_corpus` raises, and CannotWrite.
    """
    path = Path(source)
    if not is_long(path):
        return read_corpus(source, encoding)
    name = printable(path.name)
    file = LongFile(path, name, encoding, piece)
    counts: Counter[str] = Counter()
    for text in file.pieces(lambda share: progress(share / 2)):
        counts.update(count_characters(text))
    refuse_what_cannot_be_learnt(counts, name)
    vocabulary = Vocabulary("".join(sorted(counts)))
    ids, sha256 = encode_pieces(file.pieces(lambda share: progress((1 + share) / 2)), vocabulary, Path(folder))
    read = LongCorpus(name, vocabulary, ids, sha256, file.encoding)
    told = (
        told_of_saving(file.encoding, file.marked, found=not encoding),
        *file.normalizer.told(),
        _lost(read, file.strays),
        *(doubt.sentence for doubt in file.doubts),
        Told(SAMPLED, count=len(read.sample)),
    )
    return replace(read, changes=tuple(filter(None, told)), doubts=file.doubts)


def encode_pieces(pieces: Iterable[str], vocabulary: Vocabulary, folder: Path) -> tuple[np.ndarray, str]:
    """The ids of a text, mapped from a nameless file in `folder`, and the text's sha256.

    Raises UnknownCharacter and CannotWrite.
    """
    digest = hashlib.sha256()

    def encoded() -> Iterator[np.ndarray]:
        for piece in pieces:
            digest.update(piece.encode())
            yield vocabulary.encode(piece)

    return mapped(encoded(), vocabulary.dtype, folder), digest.hexdigest()


def _lost(corpus: LongCorpus, strays: int) -> str:
    """The sentence about the places of a text that could not be read, with the first of them as it reads."""
    if REPLACEMENT not in corpus.vocabulary or not strays:
        return ""
    sign, line_end = (corpus.vocabulary.characters.find(character) for character in (REPLACEMENT, "\n"))
    start = lines = 0
    for block in blocks(corpus.ids):
        if (block == sign).any():
            start = max(0, start + int((block == sign).argmax()) - AROUND)
            break
        start += len(block)
    for block in blocks(corpus.ids[:start]):
        lines += int((block == line_end).sum())
    let_go(corpus.ids)
    return lost(corpus.spelt(start, start + 2 * AROUND + 1), corpus.encoding, strays, lines)
