"""A run's film: the frames of its kept epochs, with the losses and what they mean."""

from dataclasses import dataclass

from charlm.events import EpochFinished, RunStarted, StepFinished, of_kind
from charlm.insight.references import Reference, references
from charlm.insight.replay import Frame, shown_epochs
from charlm.settings import SamplingSettings
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
    def empty(cls, run: RunFolder, start_text: str, asked: SamplingSettings, five_gram: float | None) -> "Film":
        """The film of a run before its first frame. `five_gram` is the loss of a 5-gram model on its text, if known.

        Raises NoEpochs and CheckpointDamaged.
        """
        card, events = run.read_card(), run.events()
        started = of_kind(RunStarted, events)
        return cls(
            start_text=start_text,
            temperature=asked.temperature,
            length=asked.length,
            seed=asked.seed,
            epochs=tuple(one.epoch for one in shown_epochs(run)),
            planned=started[-1].epochs if started else card.training.epochs,
            scored=tuple(of_kind(EpochFinished, events)),
            steps=tuple(of_kind(StepFinished, events)),
            references=references(card, events, five_gram),
        )
