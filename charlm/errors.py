"""The one family of errors. Each says what happened, what was expected and how to cure it.

CharlmError
├── CorpusError              a text that cannot be learnt from
│   ├── CorpusNotFound
│   ├── NotText              bytes that are no text, or not in the encoding named
│   ├── TextTooShort
│   ├── TextTooLong          more than whoever hosts this machine allows
│   ├── AlphabetTooLarge
│   └── DownloadFailed
├── UnknownCharacter         a character the model never saw
├── InvalidSetting           a number out of its limits
├── CheckpointError          a run folder, or a model file, that cannot be used
│   ├── CheckpointNotFound
│   ├── CheckpointExists
│   ├── CheckpointDamaged
│   ├── CannotWrite
│   └── CannotResume
├── TrainingDiverged         the loss became NaN or exploded
├── TooBusy                  as many are waiting as may
└── NotYours                 a run that only its owner may stop, continue or delete
"""


class CharlmError(Exception):
    """Anything charlm refuses, as one message for the person who asked."""

    def __init__(self, happened: str, expected: str, cure: str) -> None:
        self.happened, self.expected, self.cure = happened, expected, cure
        super().__init__(f"{happened} {expected} {cure}")


class CorpusError(CharlmError):
    """A text that cannot be learnt from."""


class CorpusNotFound(CorpusError):
    """No file, and no built-in text, of that name."""


class NotText(CorpusError):
    """Bytes that are no text, or not in the encoding that was named."""


class TextTooShort(CorpusError):
    """Not enough characters for one window to train on and one to validate on."""


class TextTooLong(CorpusError):
    """More than one visitor may bring to this machine."""


class AlphabetTooLarge(CorpusError):
    """More distinct characters than a character-level model can sensibly choose between."""


class DownloadFailed(CorpusError):
    """A built-in text that lives on the network could not be fetched."""


class UnknownCharacter(CharlmError):
    """A character the vocabulary does not hold."""


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


class CannotWrite(CheckpointError):
    """The disk refused: full, read-only or not ours. What was saved before is untouched."""


class CannotResume(CheckpointError):
    """The run is finished, or what was asked for does not fit it."""


class TrainingDiverged(CharlmError):
    """The loss became NaN or exploded; the last good checkpoint is kept."""


class TooBusy(CharlmError):
    """More people ask at the same time than may wait."""


class NotYours(CharlmError):
    """Only the owner of a run may do that with it."""
