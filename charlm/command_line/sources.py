"""Finds what a name on the command line stands for: a model, a text, or standard input."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from charlm.errors import CheckpointNotFound, CorpusNotFound
from charlm.languages import N_
from charlm.storage.run_folder import RunFolder
from charlm.storage.shipped import find_model
from charlm.text import long_corpus
from charlm.text.built_in import BUILT_IN
from charlm.text.corpus import Corpus, decode, read_corpus
from charlm.text.long_corpus import AnyCorpus, open_corpus
from charlm.text.pieces import Progress

if TYPE_CHECKING:
    from charlm.generation.language_model import LanguageModel

STANDARD_INPUT = "-"


def model_folder(named: str) -> RunFolder:
    """The folder of the named model, which may be one that comes with charlm. Raises CheckpointNotFound."""
    return RunFolder(find_model(named))


def is_text(named: str) -> bool:
    """Does the name stand for a text in `show`? A file is a text. If charlm has both, the name means the model."""
    if os.path.isfile(named):
        return True
    try:
        folder = model_folder(named)
    except CheckpointNotFound:
        return True
    return named in BUILT_IN and not folder.has_card  # a folder without a model does not hide a built-in text


def take_model(named: str, columns: int = 0) -> "LanguageModel":
    """Load the named model, ready to write at `columns` temperatures side by side.

    Raises CheckpointNotFound, before TensorFlow starts, and CheckpointDamaged.
    """
    folder = model_folder(named)
    folder.read_card()
    from charlm.generation.language_model import load  # imported late, because TensorFlow takes seconds to start

    return load(folder.path, columns=columns)


def read_text(named: str, encoding: str | None) -> Corpus:
    """Read a file, a built-in text or standard input. Raises what `read_corpus` raises."""
    if named != STANDARD_INPUT:
        return read_corpus(named, encoding)
    if sys.stdin is None:
        raise CorpusNotFound(
            N_("Standard input is closed."),
            N_("Expected a text there."),
            N_("Name a file, or send a text to standard input."),
        )
    return decode(sys.stdin.buffer.read(), "standard input", encoding)


def is_long(named: str) -> bool:
    """Does the name stand for a file that is read in pieces?"""
    return named != STANDARD_INPUT and long_corpus.is_long(Path(named))


def read_long(named: str, encoding: str | None, out: str, progress: Progress) -> AnyCorpus:
    """Read a file in pieces to learn it. Its ids are kept on the disk of the folder `out`, which may be new.

    `progress` is told which share of the file is read. Raises what `open_corpus` raises.
    """
    near = next(folder for folder in Path(out, "run").absolute().parents if os.path.isdir(folder))
    return open_corpus(named, near, encoding, progress)
