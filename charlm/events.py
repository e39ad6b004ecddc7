"""The events that a training run reports while it runs. Each is one line of JSON in events.jsonl."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Literal, TypeVar

from charlm.languages.kept import Sentence, as_record
from charlm.records import STRICT, Count, from_json, parse_object

Ending = Literal["finished", "stopped", "time is up", "learnt by heart", "diverged"]


@dataclass(frozen=True)
class Event:
    """Something that happened in a run after `step` updates of the weights."""

    __pydantic_config__ = STRICT
    kinds: ClassVar[dict[str, Any]] = {}
    step: Count

    def __init_subclass__(cls) -> None:
        Event.kinds[cls.__name__] = cls

    def to_json(self) -> str:
        """The event as one line of JSON, without the line end."""
        return json.dumps(
            {"event": type(self).__name__} | {name: as_record(value) for name, value in asdict(self).items()},
            ensure_ascii=False,
        )

    @staticmethod
    def from_json(line: str) -> "Event":
        """Read an event from one line of JSON. Raises ValueError if the line is not an event."""
        values = parse_object(line, "the line")
        kind = values.pop("event", None)
        if not isinstance(kind, str) or kind not in Event.kinds:
            raise ValueError(f"not an event: {line[:80]!r}")
        event: Event = from_json(Event.kinds[kind], json.dumps(values), kind)
        return event


@dataclass(frozen=True)
class RunStarted(Event):
    """The run is set up and about to take its first step, or to go on from `step`."""

    parameters: int
    vocab_size: int
    train_characters: int
    validation_characters: int
    epochs: int
    steps_per_epoch: int
    uniform_loss: float  # nats per character, as all losses
    frequency_loss: float
    warnings: tuple[Sentence, ...] = ()
    five_gram_loss: float | None = None  # None in a run that an older charlm began
    clip_norm: float | None = None  # a gradient with a larger norm is scaled down to this


@dataclass(frozen=True)
class StepFinished(Event):
    """One update of the weights."""

    epoch: float  # epochs done so far: 2.5 is half way through the third
    loss: float
    accuracy: float
    learning_rate: float
    seconds: float  # of training so far, before and after every resume
    characters_per_second: float
    seconds_left: float
    gradient_norm: float | None = None  # global, before clipping; older files do not have it


@dataclass(frozen=True)
class EpochFinished(Event):
    """The training part was read once more (or until the time was up), and the held-out part was scored."""

    epoch: float
    loss: float  # the mean over the epoch's steps
    accuracy: float
    val_loss: float
    val_accuracy: float
    seconds: float
    best: bool  # the lowest val_loss so far


@dataclass(frozen=True)
class SampleWritten(Event):
    """A sample of what the model writes now. Every sample has the same start text and seed."""

    epoch: float
    text: str


@dataclass(frozen=True)
class RunFinished(Event):
    """The run came to its end."""

    reason: Ending
    epoch: float
    best_epoch: float | None
    best_val_loss: float | None
    seconds: float


E = TypeVar("E", bound=Event)


def of_kind(kind: type[E], events: Iterable[Event]) -> list[E]:
    """The events of one kind, in order."""
    return [event for event in events if isinstance(event, kind)]
