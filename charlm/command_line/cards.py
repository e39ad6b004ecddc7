"""Shows the card of a model and the check-up of a text as tables."""

import math
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from charlm.command_line.terminal import facts, plain_table, quote, tell, visible
from charlm.events import EpochFinished, Event, SampleWritten, of_kind
from charlm.languages import N_, NN_, Told, number, say
from charlm.storage.card import Card
from charlm.text.checkup import CheckUp, label
from charlm.text.doubts import Doubt

LETTERS_SHOWN = 40
MORE = N_("... and {count:,} more: --json shows all of them.")
LOSS = N_("a loss of {loss:.3f} nats per character")
SHORT_LOSS = N_("a loss of {loss:.3f}")


def show_check_up(console: Console, facts_of: CheckUp) -> None:
    """Show the facts about a text."""
    c = facts_of
    rows = [
        (N_("text"), c.name),
        (N_("encoding"), c.encoding),
        *((N_("note"), sentence) for sentence in c.changes),
        (
            N_("characters"),
            Told(N_("{count:,}, {different:,} of them different"), count=c.characters, different=len(c.alphabet)),
        ),
        (N_("lines"), number(c.lines, ",")),
        (
            N_("rare"),
            ", ".join(f"{say(a.label)} ×{a.count}" for a in c.rare[:LETTERS_SHOWN]) or N_("no character is rare"),
        ),
        (N_("inputs"), repr(c.first_inputs)),
        (N_("targets"), repr(c.first_targets)),
        (N_("uniform guess"), Told(LOSS, loss=c.uniform_loss)),
        (N_("letter frequencies"), Told(LOSS, loss=c.frequency_loss)),
    ]
    console.print(facts(rows))
    show_doubts(console, c.doubts)
    title = say(N_("The alphabet, commonest first"))
    table = plain_table(N_("character"), N_("id"), N_("count"), title=title, title_justify="left")
    for letter in sorted(c.alphabet, key=lambda a: -a.count)[:LETTERS_SHOWN]:
        table.add_row(Text(say(letter.label)), str(letter.id), number(letter.count, ","))
    console.print(table)
    if len(c.alphabet) > LETTERS_SHOWN:
        tell(console, say(MORE, count=len(c.alphabet) - LETTERS_SHOWN))


def show_doubts(console: Console, doubts: Iterable[Doubt]) -> None:
    """A line of each file that could be in several encodings, as it reads in each."""
    for doubt in doubts:
        asked = say(
            N_("{name}: which line reads right? The first was taken; --encoding names another."), name=doubt.name
        )
        console.print(visible(asked), markup=False, highlight=False)
        table = plain_table(N_("encoding"), N_("the line"))
        for reading in doubt.readings:
            table.add_row(reading.encoding, Text(visible(reading.line)))
        console.print(table)


def show_card(console: Console, card: Card, events: Sequence[Event]) -> None:
    """Show the facts about a model, its scored epochs and the last sample."""
    model, training, best = card.model, card.training, card.best
    rows = [
        (N_("model"), card.name),
        (
            N_("text"),
            Told(
                N_("{name}, {count:,} characters, sha256 {fingerprint}…"),
                name=card.corpus.name,
                count=card.corpus.length,
                fingerprint=card.corpus.sha256[:16],
            ),
        ),
        (N_("alphabet"), " ".join(map(sign, card.vocabulary.characters))),
        (N_("network"), _network(card)),
        (
            N_("training"),
            Told(
                N_(
                    "{epochs} epochs, seq_length {seq_length}, batch_size {batch_size}, {order}, {optimizer}, "
                    "learning rate {learning_rate:g}, dropout {dropout:g}, weight drop {weight_drop:g}, seed {seed}"
                ),
                **training.as_dict() | model.as_dict(),
            ),
        ),
        (N_("uniform guess"), Told(LOSS, loss=card.uniform_loss)),
        (N_("letter frequencies"), Told(SHORT_LOSS, loss=card.frequency_loss)),
        *((N_("5-gram model"), Told(SHORT_LOSS, loss=loss)) for loss in [card.five_gram_loss] if loss is not None),
        (N_("best"), score(best) if best else N_("no epoch has been scored yet")),
        *((N_("made by"), command) for command in card.commands),
        (N_("made with"), ", ".join(f"{name} {version}" for name, version in card.versions.items())),
    ]
    console.print(facts(rows))
    if epochs := of_kind(EpochFinished, events):
        table = plain_table(N_("epoch"), N_("loss"), "val_loss", N_("accuracy"), N_("minutes"))
        for e in epochs:
            mark = " *" if e == best else ""
            table.add_row(
                number(e.epoch, ".3g"),
                number(e.loss, ".3f"),
                f"{number(e.val_loss, '.3f')}{mark}",
                number(e.val_accuracy, ".1%"),
                number(e.seconds / 60, ".1f"),
            )
        console.print(table)
    for sample in of_kind(SampleWritten, events)[-1:]:
        tell(console, say(N_("After epoch {epoch:.3g} it wrote:"), epoch=sample.epoch))
        quote(console, sample.text)


def score(epoch: EpochFinished) -> str:
    """The scores of an epoch on the held-out part of the text, as words."""
    bits = epoch.val_loss / math.log(2)
    told = N_("val_loss {val_loss:.3f} ({bits:.2f} bits), {accuracy:.1%} of the characters predicted")
    return say(told, val_loss=epoch.val_loss, bits=bits, accuracy=epoch.val_accuracy)


def _network(card: Card) -> str:
    m = card.model
    told = NN_(
        "{cell}, {count} layer of {units} units, embedding of {embedded}, {parameters:,} parameters",
        "{cell}, {count} layers of {units} units, embedding of {embedded}, {parameters:,} parameters",
    )
    return say(
        told, cell=m.cell, count=m.layers, units=m.rnn_units, embedded=m.embedding_dim, parameters=card.parameters
    )


def sign(character: str) -> str:
    """The character itself if it is visible, else its name in parentheses."""
    first = label(character).split()[0]
    return first if len(first) == 1 else f"({label(character)})"
