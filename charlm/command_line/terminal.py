"""What the command line shows: events and facts as lines, tables and a progress bar."""

import math
import textwrap
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from charlm.events import EpochFinished, Event, RunFinished, RunStarted, SampleWritten, StepFinished, of_kind
from charlm.storage.card import Card
from charlm.text.checkup import CheckUp, label
from charlm.text.doubts import Doubt

LETTERS_SHOWN = 40
# What would steer a terminal is shown, not sent to it: a card, and what a model writes, may be a stranger's.
_STEERING = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"} | dict.fromkeys(range(127, 160), "�")
_ENDS = {
    "finished": "Finished",
    "stopped": "Stopped",
    "time is up": "The time is up",
    "learnt by heart": "It gets no better at the part held out and only learns the rest by heart: stopped",
    "diverged": "Diverged",
}


def facts(rows: Iterable[tuple[str, str]]) -> Table:
    """A table of names and values without a frame."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows:
        table.add_row(name, Text(visible(value)))
    return table


def show_check_up(console: Console, facts_of: CheckUp) -> None:
    """The facts of a text."""
    c = facts_of
    rows = [
        ("text", c.name),
        ("encoding", c.encoding),
        *(("note", sentence) for sentence in c.changes),
        ("characters", f"{c.characters:,}, {len(c.alphabet):,} of them different"),
        ("lines", f"{c.lines:,}"),
        ("rare", ", ".join(f"{a.label} ×{a.count}" for a in c.rare[:LETTERS_SHOWN]) or "no character is rare"),
        ("inputs", repr(c.first_inputs)),
        ("targets", repr(c.first_targets)),
        ("uniform guess", f"a loss of {c.uniform_loss:.3f} nats per character"),
        ("letter frequencies", f"a loss of {c.frequency_loss:.3f} nats per character"),
    ]
    console.print(facts(rows))
    show_doubts(console, c.doubts)
    table = Table("character", "id", "count", title="The alphabet, commonest first", title_justify="left", box=None)
    for letter in sorted(c.alphabet, key=lambda a: -a.count)[:LETTERS_SHOWN]:
        table.add_row(Text(letter.label), str(letter.id), f"{letter.count:,}")
    console.print(table)
    if len(c.alphabet) > LETTERS_SHOWN:
        console.print(f"... and {len(c.alphabet) - LETTERS_SHOWN:,} more: all of them with --json.")


def show_doubts(console: Console, doubts: Iterable[Doubt]) -> None:
    """A line of each file that could be in several encodings, as it reads in each."""
    for doubt in doubts:
        asked = f"{doubt.name}: which line reads right? The first was taken; --encoding names another."
        console.print(visible(asked), markup=False, highlight=False)
        table = Table("encoding", "the line", box=None)
        for reading in doubt.readings:
            table.add_row(reading.encoding, Text(visible(reading.line)))
        console.print(table)


def show_card(console: Console, card: Card, events: Sequence[Event]) -> None:
    """What a model is and how it came to be."""
    model, training, best = card.model, card.training, card.best
    rows = [
        ("model", card.name),
        ("text", f"{card.corpus.name}, {card.corpus.length:,} characters, sha256 {card.corpus.sha256[:16]}…"),
        ("alphabet", " ".join(label(c).split()[0] for c in card.vocabulary.characters)),
        ("network", f"{_network(card)}, {card.parameters:,} parameters"),
        (
            "training",
            f"{training.epochs} epochs, seq_length {training.seq_length}, batch_size {training.batch_size}, "
            f"{training.order}, learning rate {training.learning_rate:g}, dropout {model.dropout:g}, "
            f"seed {training.seed}",
        ),
        ("uniform guess", f"a loss of {card.uniform_loss:.3f} nats per character"),
        ("letter frequencies", f"a loss of {card.frequency_loss:.3f}"),
        ("best", _score(best) if best else "no epoch has been scored yet"),
        *(("made by", command) for command in card.commands),
        ("made with", ", ".join(f"{name} {number}" for name, number in card.versions.items())),
    ]
    console.print(facts(rows))
    if epochs := of_kind(EpochFinished, events):
        table = Table("epoch", "loss", "val_loss", "accuracy", "minutes", box=None)
        for e in epochs:
            mark = " *" if e == best else ""
            table.add_row(
                f"{e.epoch:.3g}",
                f"{e.loss:.3f}",
                f"{e.val_loss:.3f}{mark}",
                f"{e.val_accuracy:.1%}",
                f"{e.seconds / 60:.1f}",
            )
        console.print(table)
    for sample in of_kind(SampleWritten, events)[-1:]:
        console.print(f"After epoch {sample.epoch:.3g} it wrote:")
        _quote(console, sample.text)


class TrainingScreen:
    """A training run on a terminal: the bar moves with every step, everything else is a line that stays."""

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
        """Take the next event."""
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
                self._say(f"Epoch {event.epoch:.3g} of {self._epochs}: loss {event.loss:.3f}, {_score(event)}{mark}")
            case SampleWritten() if _shown(event.epoch, self._epochs):
                self._say("Before it learns, it writes:" if event.step == 0 else "It writes:")
                _quote(self._console, event.text)
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
            f"Guessing blindly costs {event.uniform_loss:.2f} nats per character, "
            f"guessing by letter frequencies {event.frequency_loss:.2f}."
        )
        if event.step:
            self._say(f"Going on from step {event.step:,} of {total:,}.")

    def _say(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)


def _network(card: Card) -> str:
    m = card.model
    return f"{m.cell}, {m.layers} layer{'s' * (m.layers > 1)} of {m.rnn_units} units, embedding of {m.embedding_dim}"


def _score(epoch: EpochFinished) -> str:
    bits = epoch.val_loss / math.log(2)
    return f"val_loss {epoch.val_loss:.3f} ({bits:.2f} bits), {epoch.val_accuracy:.1%} of the characters foreseen"


def _shown(epoch: float, epochs: int) -> bool:
    """Early samples change most: epochs 0, 1, 2, 4, 8 ... and the last. The card has them all."""
    return epoch == epochs or epoch % 1 > 0 or int(epoch).bit_count() <= 1


def _quote(console: Console, text: str) -> None:
    quoted = textwrap.indent(visible(text).strip("\n"), "    ")
    console.print(quoted + "\n", markup=False, highlight=False, soft_wrap=True)


def visible(text: str) -> str:
    """The text with pictures of its control characters in their place, but for line ends and tabs."""
    return text.translate(_STEERING)


def clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
