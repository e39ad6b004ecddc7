"""Shows the card of a model and the check-up of a text as tables."""

import math
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from charlm.command_line.terminal import facts, quote, visible
from charlm.events import EpochFinished, Event, SampleWritten, of_kind
from charlm.storage.card import Card
from charlm.text.checkup import CheckUp, label
from charlm.text.doubts import Doubt

LETTERS_SHOWN = 40


def show_check_up(console: Console, facts_of: CheckUp) -> None:
    """Show the facts about a text."""
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
        console.print(f"... and {len(c.alphabet) - LETTERS_SHOWN:,} more: --json shows all of them.")


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
    """Show the facts about a model, its scored epochs and the last sample."""
    model, training, best = card.model, card.training, card.best
    rows = [
        ("model", card.name),
        ("text", f"{card.corpus.name}, {card.corpus.length:,} characters, sha256 {card.corpus.sha256[:16]}…"),
        ("alphabet", " ".join(map(sign, card.vocabulary.characters))),
        ("network", f"{_network(card)}, {card.parameters:,} parameters"),
        (
            "training",
            f"{training.epochs} epochs, seq_length {training.seq_length}, batch_size {training.batch_size}, "
            f"{training.order}, {training.optimizer}, learning rate {training.learning_rate:g}, "
            f"dropout {model.dropout:g}, weight drop {model.weight_drop:g}, seed {training.seed}",
        ),
        ("uniform guess", f"a loss of {card.uniform_loss:.3f} nats per character"),
        ("letter frequencies", f"a loss of {card.frequency_loss:.3f}"),
        *(("5-gram model", f"a loss of {loss:.3f}") for loss in [card.five_gram_loss] if loss is not None),
        ("best", score(best) if best else "no epoch has been scored yet"),
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
        quote(console, sample.text)


def score(epoch: EpochFinished) -> str:
    """The scores of an epoch on the held-out part of the text, as words."""
    bits = epoch.val_loss / math.log(2)
    return f"val_loss {epoch.val_loss:.3f} ({bits:.2f} bits), {epoch.val_accuracy:.1%} of the characters predicted"


def _network(card: Card) -> str:
    m = card.model
    return f"{m.cell}, {m.layers} layer{'s' * (m.layers > 1)} of {m.rnn_units} units, embedding of {m.embedding_dim}"


def sign(character: str) -> str:
    """The character itself if it is visible, else its name in parentheses."""
    first = label(character).split()[0]
    return first if len(first) == 1 else f"({label(character)})"
