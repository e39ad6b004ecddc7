"""The card of a model: what is needed to use the model, and where it came from. As a file it is card.json.

The history of the training is not in the card, but in events.jsonl beside it.
"""

import re
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Annotated, Self

from pydantic import PlainSerializer, PlainValidator

from charlm.errors import CheckpointDamaged, InvalidSetting
from charlm.events import EpochFinished
from charlm.languages import N_, Told
from charlm.records import STRICT, Count, from_json, parse_object, to_json
from charlm.settings import ModelSettings, RunSettings, TrainingSettings
from charlm.storage import format_1
from charlm.text.vocabulary import Vocabulary

# 2 knew no optimizer but Adam, 3 no weight drop and no 5-gram model, 4 one momentum only: the defaults say the same.
FORMAT_VERSION = 5


def _vocabulary(value: object) -> Vocabulary:
    if isinstance(value, str):
        return Vocabulary(value)
    raise ValueError("expected a text that holds every character once")


@dataclass(frozen=True)
class CorpusFacts:
    """Which text a model learnt."""

    __pydantic_config__ = STRICT
    name: str
    length: Count  # characters
    sha256: str

    def __post_init__(self) -> None:
        """A text can be named after its file, so bytes in the name that are not text become �, as in a card."""
        object.__setattr__(self, "name", writable(self.name))


@dataclass(frozen=True)
class Card:
    """Everything about a model except its weights and its history."""

    __pydantic_config__ = STRICT
    name: str
    corpus: CorpusFacts
    model: ModelSettings
    training: TrainingSettings
    parameters: Count
    vocabulary: Annotated[
        Vocabulary, PlainValidator(_vocabulary), PlainSerializer(lambda v: v.characters, return_type=str)
    ]
    uniform_loss: float
    frequency_loss: float
    versions: dict[str, str]
    best: EpochFinished | None = None  # the epoch of the lowest val_loss, or None before the first was scored
    five_gram_loss: float | None = None  # None in the card of an older charlm
    commands: tuple[str, ...] = ()  # the different commands that trained the model
    format_version: int = FORMAT_VERSION

    def __post_init__(self) -> None:
        """Names of files can have bytes that are not text. In the name and the commands each becomes a �."""
        object.__setattr__(self, "name", writable(self.name))
        object.__setattr__(self, "commands", tuple(map(writable, self.commands)))

    @property
    def settings(self) -> RunSettings:
        """All settings of the run."""
        return RunSettings(self.model, self.training)

    def with_command(self, command: str | None) -> Self:
        """The same card with one more command, unless that is None or already there."""
        return self if command is None else replace(self, commands=tuple(dict.fromkeys((*self.commands, command))))

    def to_json(self) -> str:
        """The text of card.json."""
        return to_json(self, indent=1)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The card of a card.json, of this format or an older one.

        Raises CheckpointDamaged for anything else and for a newer format.
        """
        try:
            version = parse_object(text, "card.json").get("format_version")
            if isinstance(version, int) and version > FORMAT_VERSION:
                raise CheckpointDamaged(
                    N_("This model has format version {version}."),
                    N_("Expected at most {newest}: a newer charlm made it."),
                    N_("Update charlm."),
                    version=version,
                    newest=FORMAT_VERSION,
                )
            card = from_json(cls, format_1.upgraded(text)[0] if version == 1 else text, "card.json")
            return replace(card, format_version=FORMAT_VERSION)
        except (ValueError, InvalidSetting) as error:
            if isinstance(error, InvalidSetting):
                reason: str = Told(*error.sentences[:2], **error.values)
            else:
                reason = shorten(str(error), 200)
            raise CheckpointDamaged(
                N_("The card of this model cannot be read ({reason})."),
                N_("Expected the card.json that charlm wrote."),
                N_("Restore the file from a copy, or train again."),
                reason=reason,
            ) from error


def writable(text: str) -> str:
    """The text with a � for every half of a surrogate pair. Python uses these halves for bytes that are not text."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)
