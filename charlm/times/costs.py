"""What a run costs on this machine, part by part, and what these costs depend on."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from charlm.presets import held_out
from charlm.records import STRICT
from charlm.settings import FIELDS, RunSettings

FREE = ("embedding_initializer", "schedule")  # choices that cost no time
STREAMS, WINDOW = 32, 128  # as the held-out part is scored: see training/evaluation.py

Seconds = Annotated[float, Field(gt=0)]


@dataclass(frozen=True)
class Costs:
    """Seconds of the parts of a run, each more than 0."""

    __pydantic_config__ = STRICT
    start: Seconds  # until the process of the run has loaded TensorFlow
    setup: Seconds  # everything that is done once: building the network, compiling, the first save and sample
    update: Seconds  # one update of the weights
    scoring: Seconds  # one window of every stream of the held-out part
    saving: Seconds  # saving the network after an epoch, and writing a sample


@dataclass(frozen=True)
class Shape:
    """What the costs depend on. Two runs of the same shape have updates of the same cost, whatever their texts are."""

    __pydantic_config__ = STRICT
    kind: tuple[str, ...]  # the choices: the cell, the order ...; each kind has to be measured
    rnn_units: int
    embedding_dim: int
    layers: int
    batch_size: int
    seq_length: int
    vocab_size: int
    streams: int  # in which the held-out part is scored

    @classmethod
    def of(cls, characters: int, vocab_size: int, settings: RunSettings) -> "Shape":
        """The shape of a run over a text with that many characters; the settings already fit the text."""
        model, training = settings.model, settings.training
        values = model.as_dict() | training.as_dict()
        choices = [values[name] for name, s in FIELDS.items() if s.options and name not in FREE]
        return cls(
            kind=(*choices, *(["dropout"] if model.dropout else [])),
            rnn_units=model.rnn_units,
            embedding_dim=model.embedding_dim,
            layers=model.layers,
            batch_size=training.batch_size,
            seq_length=training.seq_length,
            vocab_size=vocab_size,
            streams=streams(characters),
        )

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers on which the cost of an update depends."""
        return (
            self.rnn_units, self.embedding_dim, self.layers, self.batch_size, self.seq_length, self.vocab_size
        )  # fmt: skip


def streams(characters: int) -> int:
    """In how many streams the held-out part of a text with that many characters is scored."""
    return max(1, min(STREAMS, held_out(characters) // WINDOW))


@dataclass(frozen=True)
class Asked:
    """What a probe is asked to try: a run over a text with that many characters, with settings that fit it."""

    __pydantic_config__ = STRICT
    at: float  # when its process was started, on the clock that all processes share
    characters: int
    vocab_size: int
    settings: RunSettings
