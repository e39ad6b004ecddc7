"""The one family of errors. Each says what happened, what was expected and how to cure it.

CharlmError
├── CorpusError              a text that cannot be used for training
│   ├── CorpusNotFound
│   ├── NotText              bytes that are not text, or not in the encoding that was named
│   ├── TextTooShort
│   ├── TextTooLong          longer than the host of this machine allows
│   ├── AlphabetTooLarge
│   └── DownloadFailed
├── UnknownCharacter         a character that the model has never seen
├── InvalidSetting           a value outside its limits
├── CheckpointError          a run folder, or a model file, that cannot be used
│   ├── CheckpointNotFound
│   ├── CheckpointExists
│   ├── CheckpointDamaged
│   ├── NoEpochs
│   ├── CannotWrite
│   └── CannotResume
│       └── AlreadyFinished
├── TrainingDiverged         the loss became NaN or exploded
├── MachineLost              another machine of the run did not come, or is gone
├── Superseded               another worker has taken over the run
├── QueueUnavailable         the queue on PostgreSQL does not answer, or is not prepared
├── TooBusy                  too many people ask at the same time
└── NotYours                 a run that only its owner may stop, continue or delete
"""

from typing import Any

from charlm.languages import Told, say


class CharlmError(Exception):
    """Anything that charlm refuses to do: a stable code, and three sentences that are made where they are shown."""

    def __init__(self, happened: str, expected: str, cure: str, /, **values: Any) -> None:
        """Take the sentences, marked with `N_`, and the values in them, of which one may be another error."""
        super().__init__(happened, expected, cure)
        self.sentences = (happened, expected, cure)
        self.values = {name: value.told if isinstance(value, CharlmError) else value for name, value in values.items()}

    @property
    def code(self) -> str:
        """The name of this kind of error, for programs: it is the same in every language."""
        return type(self).__name__

    @property
    def happened(self) -> str:
        """What happened, in the reader's language."""
        return say(self.sentences[0], **self.values)

    @property
    def expected(self) -> str:
        """What was expected, in the reader's language."""
        return say(self.sentences[1], **self.values)

    @property
    def cure(self) -> str:
        """How to cure it, in the reader's language."""
        return say(self.sentences[2], **self.values)

    @property
    def told(self) -> Told:
        """All three sentences with their values, to be kept and said later, in another language perhaps."""
        return Told(*self.sentences, **self.values)

    def __str__(self) -> str:
        return f"{self.happened} {self.expected} {self.cure}"


class CorpusError(CharlmError):
    """A text that cannot be used for training."""


class CorpusNotFound(CorpusError):
    """There is no file and no built-in text with that name."""


class NotText(CorpusError):
    """Bytes that are not text, or not in the encoding that was named."""


class TextTooShort(CorpusError):
    """Not enough characters for one window to train on and one to validate on."""


class TextTooLong(CorpusError):
    """The text is longer than a visitor may bring to this machine."""


class AlphabetTooLarge(CorpusError):
    """The text has more distinct characters than a character-level model can learn to choose from."""


class DownloadFailed(CorpusError):
    """A built-in text could not be downloaded from the internet."""


class UnknownCharacter(CharlmError):
    """A character that is not in the vocabulary."""


class InvalidSetting(CharlmError):
    """A setting outside its limits."""


class CheckpointError(CharlmError):
    """A run folder, or a model file, that cannot be used."""


class CheckpointNotFound(CheckpointError):
    """There is no model at that place."""


class CheckpointExists(CheckpointError):
    """A new run, or a new file, would overwrite an older one."""


class CheckpointDamaged(CheckpointError):
    """The folder or the file is there, but something in it is missing or unreadable."""


class NoEpochs(CheckpointError):
    """The model is there, but the network of no single epoch was kept beside the best one."""


class CannotWrite(CheckpointError):
    """The disk is full or read-only, or charlm has no permission to write. Files saved before are untouched."""


class CannotResume(CheckpointError):
    """The run cannot go on: it is finished, it is training already, or the new settings or the text do not fit it."""


class AlreadyFinished(CannotResume):
    """The run has done all the epochs that were asked for."""


class Superseded(CharlmError):
    """Another worker has taken over the run, so this one must not write any more."""


class QueueUnavailable(CharlmError):
    """The queue on PostgreSQL does not answer, is not prepared, or its packages are missing."""


class TrainingDiverged(CharlmError):
    """The loss became NaN or exploded; the last good checkpoint is kept."""


class MachineLost(CharlmError):
    """Another machine that trains the same run did not come, or has ended before the run was over."""


class TooBusy(CharlmError):
    """Too many people ask at the same time, and the queue is full."""


class NotYours(CharlmError):
    """Only the owner of a run may stop, continue or delete it."""
