"""The state of a run in numbers. The page draws them, and the HTTP API answers them."""

from collections.abc import Sequence
from dataclasses import dataclass

from charlm.events import E, EpochFinished, Event, RunFinished, RunStarted, SampleWritten, StepFinished, of_kind
from charlm.insight.references import Reference
from charlm.languages import say
from charlm.runs.background import RunState, RunStatus
from charlm.storage.card import Card


@dataclass(frozen=True)
class Standing:
    """A run at this moment. A number that is not known yet is None; a number that counts something begins at 0."""

    state: RunState
    place: int  # in the queue: 1 is next; 0 means that it does not wait
    failure: str  # why it could not go on
    lowered: tuple[str, ...]  # a sentence for each number that was lowered because the text is short
    end: str  # how it ended last: "finished", "stopped", "time is up", "learnt by heart", "diverged"; before that, ""
    learning: bool  # is it running, and is the network set up?
    epoch: float  # epochs read so far; 1.5 is one and a half
    epochs: int  # epochs that it will read
    step: int  # updates of the weights so far
    steps: int  # updates that it will make
    loss: float | None  # of the last steps, in nats per character
    val_loss: float | None  # of the last epoch that was scored
    scored_epoch: float | None
    best_val_loss: float | None
    best_epoch: float | None
    characters_per_second: float | None
    seconds: float  # spent on learning so far
    seconds_left: float | None  # only while it runs


@dataclass(frozen=True)
class Contender:
    """A run or a model, as far as it has come."""

    model: str
    state: RunState
    place: int  # in the queue; 0 means that it does not wait
    card: Card | None  # None until the run has begun
    planned: int  # epochs
    scored: tuple[EpochFinished, ...]
    references: tuple[Reference, ...]

    @property
    def best(self) -> EpochFinished | None:
        """The epoch with the lowest val_loss."""
        return min(self.scored, key=lambda e: e.val_loss, default=None)

    @property
    def under_way(self) -> bool:
        """Does it wait or learn?"""
        return self.state in ("waiting", "running")


def standing(run: RunStatus) -> Standing:
    """The numbers of a run, from its events so far."""
    started, step = last(RunStarted, run.events), last(StepFinished, run.events)
    finished = last(RunFinished, run.events)
    scored = of_kind(EpochFinished, run.events)
    best = min(scored, key=lambda e: e.val_loss, default=None)
    latest = run.events[-1] if run.events else None
    timed = [e for e in (step, *scored[-1:], finished) if e]  # the last ones that have an epoch and a time
    running = run.state == "running"
    return Standing(
        state=run.state,
        place=run.place,
        failure=say(run.failure),
        lowered=tuple(map(say, run.lowered)),
        end=finished.reason if finished and finished is latest else "",
        learning=running and isinstance(latest, (StepFinished, EpochFinished, SampleWritten)),
        epoch=max((e.epoch for e in timed), default=0.0),
        epochs=started.epochs if started else 0,
        step=latest.step if latest else 0,
        steps=started.epochs * started.steps_per_epoch if started else 0,
        loss=step.loss if step else None,
        val_loss=scored[-1].val_loss if scored else None,
        scored_epoch=scored[-1].epoch if scored else None,
        best_val_loss=best.val_loss if best else None,
        best_epoch=best.epoch if best else None,
        characters_per_second=step.characters_per_second if step else None,
        seconds=max((e.seconds for e in timed), default=0.0),
        seconds_left=step.seconds_left if step and running else None,
    )


def last(kind: type[E], events: Sequence[Event]) -> E | None:
    """The latest event of a kind; None if there is none."""
    return next((e for e in reversed(events) if isinstance(e, kind)), None)
