"""A run's film: the frames of its kept epochs, with the losses and what they mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from charlm.events import EpochFinished, Event, RunStarted, StepFinished, of_kind
from charlm.insight.references import Reference, references
from charlm.insight.replay import Frame
from charlm.settings import SamplingSettings
from charlm.storage.epochs import MOST, spread
from charlm.storage.run_folder import RunFolder


@dataclass(frozen=True)
class Film:
    """The film so far. It is finished when every kept epoch has its frame."""

    start_text: str
    temperature: float
    length: int
    seed: int
    epochs: tuple[float, ...]  # that are kept and shown; 0 is before learning
    planned: int  # epochs that the run reads if it comes to its end
    scored: tuple[EpochFinished, ...]
    steps: tuple[StepFinished, ...]
    references: tuple[Reference, ...]
    frames: tuple[Frame, ...] = ()
    finished: bool = False

    @classmethod
    def empty(
        cls,
        run: RunFolder,
        events: Sequence[Event],
        start_text: str,
        asked: SamplingSettings,
        five_gram: float | None,
    ) -> "Film":
        """The film of a run with these events, before its first frame; there are no `epochs` where none are kept.

        `five_gram` is the loss of a 5-gram model on the run's text, if known. Raises CheckpointDamaged.
        """
        card = run.read_card()
        started = of_kind(RunStarted, events)
        return cls(
            start_text=start_text,
            temperature=asked.temperature,
            length=asked.length,
            seed=asked.seed,
            epochs=tuple(one.epoch for one in spread(run.epochs.kept(), MOST)),
            planned=started[-1].epochs if started else card.training.epochs,
            scored=tuple(of_kind(EpochFinished, events)),
            steps=tuple(of_kind(StepFinished, events)),
            references=references(card, events, five_gram),
        )
