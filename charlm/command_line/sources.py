"""What a name on the command line stands for: a model, a text, or what comes through standard input."""

import sys
from typing import TYPE_CHECKING

from charlm.errors import CorpusNotFound
from charlm.storage.run_folder import RunFolder
from charlm.text.corpus import Corpus, decode, read_corpus

if TYPE_CHECKING:
    from charlm.generation.language_model import LanguageModel

STANDARD_INPUT = "-"


def model_folder(named: str) -> RunFolder:
    """Where the model of that name lies, if there is one."""
    return RunFolder(named)


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
