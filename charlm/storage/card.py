"""The card of a model: all that is needed to use it, and where it came from. As text it is card.json.

What happened while it learnt is not in it, but in events.jsonl beside it.
"""

import textwrap
from dataclasses import dataclass, replace
from typing import Annotated, Self

from pydantic import PlainSerializer, PlainValidator

from charlm.errors import CheckpointDamaged, InvalidSetting
from charlm.events import EpochFinished
from charlm.records import STRICT, Count, from_json, parse_object, to_json
from charlm.settings import ModelSettings, RunSettings, TrainingSettings
from charlm.storage import format_1
from charlm.text.vocabulary import Vocabulary

FORMAT_VERSION = 2


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


@dataclass(frozen=True)
class Card:
    """What a model is."""

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
    commands: tuple[str, ...] = ()  # what was typed to make it, one for each different sitting
    format_version: int = FORMAT_VERSION

    @property
    def settings(self) -> RunSettings:
        """What the run was asked for."""
        return RunSettings(self.model, self.training)

    def with_command(self, command: str | None) -> Self:
        """The same card, made by one command more, if it is a new one."""
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
                    f"This model has format version {version}.",
                    f"Expected at most {FORMAT_VERSION}: a newer charlm made it.",
                    "Update charlm.",
                )
            return from_json(cls, format_1.upgraded(text)[0] if version == 1 else text, "card.json")
        except (ValueError, InvalidSetting) as error:
            reason = f"{error.happened} {error.expected}" if isinstance(error, InvalidSetting) else str(error)
            raise CheckpointDamaged(
                f"The card of this model cannot be read ({textwrap.shorten(reason.rstrip('.'), 200)}).",
                "Expected the card.json that charlm wrote.",
                "Restore the file from a copy, or train again.",
            ) from error
