"""The card of a model: all that is needed to use it, and where it came from. As text it is card.json."""

import json
import re
import textwrap
from dataclasses import asdict, dataclass, fields, replace
from typing import Self

from charlm.errors import CheckpointDamaged, InvalidSetting
from charlm.events import EpochFinished, SampleWritten
from charlm.settings import RunSettings
from charlm.text.vocabulary import Vocabulary
from charlm.typed import typed

FORMAT_VERSION = 1


@dataclass(frozen=True)
class Card:
    """What a model is."""

    name: str
    vocabulary: Vocabulary
    settings: RunSettings
    corpus_name: str
    corpus_length: int
    corpus_sha256: str
    uniform_loss: float
    frequency_loss: float
    parameters: int
    versions: dict[str, str]
    commands: tuple[str, ...] = ()  # what was typed to make it, one for each different sitting
    history: tuple[EpochFinished, ...] = ()
    samples: tuple[SampleWritten, ...] = ()

    def __post_init__(self) -> None:
        """A name or a command with bytes that are no text, as a file's may have, shows a � for each of them."""
        for name in ("name", "corpus_name"):
            object.__setattr__(self, name, writable(getattr(self, name)))
        object.__setattr__(self, "commands", tuple(map(writable, self.commands)))

    @property
    def best(self) -> EpochFinished | None:
        """The epoch of the lowest val_loss, or None before the first was scored."""
        return min(self.history, key=lambda e: e.val_loss, default=None)

    def with_event(self, event: EpochFinished | SampleWritten) -> Self:
        """The same card, one epoch or one sample longer."""
        if isinstance(event, EpochFinished):
            return replace(self, history=(*self.history, event))
        return replace(self, samples=(*self.samples, event))

    def with_command(self, command: str | None) -> Self:
        """The same card, made by one command more, if it is a new one."""
        return self if command is None else replace(self, commands=tuple(dict.fromkeys((*self.commands, command))))

    def to_json(self) -> str:
        """The text of card.json."""
        values = {
            "format_version": FORMAT_VERSION,
            "name": self.name,
            "corpus": {"name": self.corpus_name, "length": self.corpus_length, "sha256": self.corpus_sha256},
            "model": self.settings.model.as_dict(),
            "training": self.settings.training.as_dict(),
            "parameters": self.parameters,
            "vocabulary": self.vocabulary.characters,
            "uniform_loss": self.uniform_loss,
            "frequency_loss": self.frequency_loss,
            "best_epoch": self.best.epoch if self.best else None,
            "best_val_loss": self.best.val_loss if self.best else None,
            "versions": self.versions,
            "commands": self.commands,
            "history": [asdict(e) for e in self.history],
            "samples": [asdict(e) for e in self.samples],
        }
        return json.dumps(values, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The card of a card.json. Raises CheckpointDamaged for anything else and for a newer format."""
        try:
            values = typed(dict, json.loads(text), "card.json")
            version = typed(int, values.get("format_version"), "format_version")
            if version > FORMAT_VERSION:
                raise CheckpointDamaged(
                    f"This model has format version {version}.",
                    f"Expected at most {FORMAT_VERSION}: a newer charlm made it.",
                    "Update charlm.",
                )
            corpus = typed(dict, values.get("corpus"), "corpus")
            plain = {
                **{f.name: values[f.name] for f in fields(cls) if f.name in values},
                **{f"corpus_{fact}": corpus.get(fact) for fact in ("name", "length", "sha256")},
                "vocabulary": {"characters": values.get("vocabulary")},
                "settings": {"model": values.get("model"), "training": values.get("training")},
            }
            card: Self = typed(cls, plain, "card.json")
            return card
        except (ValueError, RecursionError, InvalidSetting) as error:
            reason = f"{error.happened} {error.expected}" if isinstance(error, InvalidSetting) else str(error)
            raise CheckpointDamaged(
                f"The card of this model cannot be read ({textwrap.shorten(reason.rstrip('.'), 200)}).",
                "Expected the card.json that charlm wrote.",
                "Restore the file from a copy, or train again.",
            ) from error


def writable(text: str) -> str:
    """The text with a � for every half of a surrogate pair, which is how Python shows bytes that are no text."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)
