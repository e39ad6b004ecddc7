"""What a name on the command line stands for: a model, a text, or what comes through standard input."""

import os
import sys
from typing import TYPE_CHECKING

from charlm.errors import CheckpointNotFound, CorpusNotFound
from charlm.storage.run_folder import RunFolder
from charlm.storage.shipped import find_model
from charlm.text.built_in import BUILT_IN
from charlm.text.corpus import Corpus, decode, read_corpus

if TYPE_CHECKING:
    from charlm.generation.language_model import LanguageModel

STANDARD_INPUT = "-"


def model_folder(named: str) -> RunFolder:
    """Where the model of that name lies: a folder, or one that comes with charlm. Raises CheckpointNotFound."""
    return RunFolder(find_model(named))


def is_text(named: str) -> bool:
    """Does `show` mean a text? A file goes first; of a model and a text that come with charlm, the model."""
    if os.path.isfile(named):
        return True
    try:
        folder = model_folder(named)
    except CheckpointNotFound:
        return True
    return named in BUILT_IN and not folder.has_card  # a folder without a model hides no built-in text


def take_model(named: str, columns: int = 0) -> "LanguageModel":
    """The model of that name, ready to write at so many temperatures.

    Raises CheckpointNotFound and CheckpointDamaged, the first of them without waiting for TensorFlow.
    """
    folder = model_folder(named)
    folder.read_card()
    from charlm.generation.language_model import load  # TensorFlow comes up here

    return load(folder.path, columns=columns)


def read_text(named: str, encoding: str | None) -> Corpus:
    """The text of a file, a built-in one, or what comes through standard input. Raises as `read_corpus` does."""
    if named != STANDARD_INPUT:
        return read_corpus(named, encoding)
    if sys.stdin is None:
        raise CorpusNotFound("Standard input is closed.", "Expected a text there.", "Name a file, or send one in.")
    return decode(sys.stdin.buffer.read(), "standard input", encoding)
