"""Shows a training run while it happens: a progress bar, and lines that stay."""

import math

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from charlm.command_line.cards import score
from charlm.command_line.terminal import clock, quote, say
from charlm.events import EpochFinished, Event, RunFinished, RunStarted, SampleWritten, StepFinished

_ENDS = {
    "finished": "Finished",
    "stopped": "Stopped",
    "time is up": "The time is up",
    "learnt by heart": "The network gets no better on the held-out part and only learns the rest by heart: stopped",
    "diverged": "Diverged",
}


class TrainingScreen:
    """A training run on a terminal: the bar moves with every step, every other event adds a line."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[facts]}"),
            console=console, transient=True, disable=not console.is_terminal,
        )  # fmt: skip
        self._task = self._bar.add_task("starting", facts="", total=None)
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
                speed, left = f"{event.characters_per_second:,.0f} characters/s", clock(event.seconds_left)
                line = f"loss {event.loss:.3f}, {speed}, {left} left"
                description = f"epoch {math.ceil(event.epoch)}/{self._epochs}"
                self._bar.update(self._task, completed=event.step, description=description, facts=line)
            case EpochFinished():
                mark = " (best so far)" if event.best else ""
                self._say(f"Epoch {event.epoch:.3g} of {self._epochs}: loss {event.loss:.3f}, {score(event)}{mark}")
            case SampleWritten() if _shown(event.epoch, self._epochs):
                self._say("Before it learns, it writes:" if event.step == 0 else "It writes:")
                quote(self._console, event.text)
            case RunFinished():
                self._say(f"{_ENDS[event.reason]} after {clock(event.seconds)} of training.")

    def _start(self, event: RunStarted) -> None:
        self._epochs = event.epochs
        total = event.epochs * event.steps_per_epoch
        self._bar.update(self._task, total=total, completed=event.step, description=f"epoch 1/{event.epochs}")
        for sentence in event.warnings:
            self._say(sentence)
        self._say(
            f"{event.train_characters:,} characters to learn from, {event.validation_characters:,} held out, "
            f"{event.vocab_size:,} different ones. {event.parameters:,} parameters. "
            f"{event.epochs} epochs of {event.steps_per_epoch:,} steps."
        )
        self._say(
            f"Guessing blindly has a loss of {event.uniform_loss:.2f} nats per character, "
            f"guessing by letter frequencies {event.frequency_loss:.2f}"
            + (f", a 5-gram model {event.five_gram_loss:.2f}." if event.five_gram_loss is not None else ".")
        )
        if event.step:
            self._say(f"Going on from step {event.step:,} of {total:,}.")

    def _say(self, line: str) -> None:
        say(self._console, line)


def _shown(epoch: float, epochs: int) -> bool:
    """Is the sample of this epoch shown? Epochs 0, 1, 2, 4, 8 ... and the last are, because early samples change most.

    events.jsonl holds all samples.
    """
    return epoch == epochs or epoch % 1 > 0 or int(epoch).bit_count() <= 1
