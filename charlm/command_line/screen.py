"""Shows a training run while it happens: a progress bar, and lines that stay."""

import math
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from charlm.command_line.cards import score
from charlm.command_line.terminal import clock, quote, tell
from charlm.events import EpochFinished, Event, RunFinished, RunStarted, SampleWritten, StepFinished
from charlm.languages import N_, NN_, Told, say

_ENDS = {
    "finished": N_("Finished after {time} of training."),
    "stopped": N_("Stopped after {time} of training."),
    "time is up": N_("The time is up after {time} of training."),
    "learnt by heart": N_(
        "The network gets no better on the held-out part and only learns the rest by heart: "
        "stopped after {time} of training."
    ),
    "diverged": N_("Diverged after {time} of training."),
}


class TrainingScreen:
    """A training run on a terminal: the bar moves with every step, every other event adds a line."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[facts]}"),
            console=console, transient=True, disable=not console.is_terminal,
        )  # fmt: skip
        self._task = self._bar.add_task(say(N_("starting")), facts="", total=None)
        self._epochs = 0

    def __enter__(self) -> "TrainingScreen":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def show(self, event: Event) -> None:
        """Show the next event."""
        match event:
            case RunStarted():
                self._start(event)
            case StepFinished():
                line = say(
                    N_("loss {loss:.3f}, {speed:,.0f} characters/s, {time} left"),
                    loss=event.loss,
                    speed=event.characters_per_second,
                    time=clock(event.seconds_left),
                )
                description = self._description(math.ceil(event.epoch))
                self._bar.update(self._task, completed=event.step, description=description, facts=line)
            case EpochFinished():
                told = N_("Epoch {epoch:.3g} of {epochs}: loss {loss:.3f}, {score}{mark}")
                mark = N_(" (best so far)") if event.best else ""
                self._say(told, epoch=event.epoch, epochs=self._epochs, loss=event.loss, score=score(event), mark=mark)
            case SampleWritten() if _shown(event.epoch, self._epochs):
                self._say(N_("Before it learns, it writes:") if event.step == 0 else N_("It writes:"))
                quote(self._console, event.text)
            case RunFinished():
                self._say(_ENDS[event.reason], time=clock(event.seconds))

    def _start(self, event: RunStarted) -> None:
        self._epochs = event.epochs
        total = event.epochs * event.steps_per_epoch
        self._bar.update(self._task, total=total, completed=event.step, description=self._description(1))
        for sentence in event.warnings:
            self._say(sentence)
        self._say(
            N_(
                "{train:,} characters to learn from, {held_out:,} held out, {different:,} different ones. "
                "{parameters:,} parameters. {plan}"
            ),
            train=event.train_characters,
            held_out=event.validation_characters,
            different=event.vocab_size,
            parameters=event.parameters,
            plan=Told(
                NN_("{count} epoch of {steps:,} steps.", "{count} epochs of {steps:,} steps."),
                count=event.epochs,
                steps=event.steps_per_epoch,
            ),
        )
        guesses = N_(
            "Guessing blindly has a loss of {uniform:.2f} nats per character, "
            "guessing by letter frequencies {frequency:.2f}{five_gram}."
        )
        five_gram = event.five_gram_loss
        self._say(
            guesses,
            uniform=event.uniform_loss,
            frequency=event.frequency_loss,
            five_gram="" if five_gram is None else Told(N_(", a 5-gram model {loss:.2f}"), loss=five_gram),
        )
        if event.step:
            self._say(N_("Going on from step {step:,} of {steps:,}."), step=event.step, steps=total)

    def _description(self, epoch: int) -> str:
        return say(N_("epoch {epoch}/{epochs}"), epoch=epoch, epochs=self._epochs)

    def _say(self, sentence: str, **values: Any) -> None:
        tell(self._console, say(sentence, **values))


class ReadingScreen:
    """How much of a long text is read, on a terminal; elsewhere one line that it is being read."""

    def __init__(self, console: Console, size: int) -> None:
        """Take the size of the file in bytes."""
        self._console = console
        self._told = say(N_("Reading {megabytes:,.0f} MB in pieces."), megabytes=size / 2**20)
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(),
            console=console, transient=True, disable=not console.is_terminal,
        )  # fmt: skip
        self._task = self._bar.add_task("", total=1)

    def __enter__(self) -> "ReadingScreen":
        tell(self._console, self._told)
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def show(self, share: float) -> None:
        """Show which share of the text is read, 0 to 1."""
        self._bar.update(self._task, completed=share)


def _shown(epoch: float, epochs: int) -> bool:
    """Is the sample of this epoch shown? Epochs 0, 1, 2, 4, 8 ... and the last are, because early samples change most.

    events.jsonl holds all samples.
    """
    return epoch == epochs or epoch % 1 > 0 or int(epoch).bit_count() <= 1
