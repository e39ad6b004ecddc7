"""Shows what a model thinks of a text (comparison, next characters, surprise, copies) as text and tables."""

import heapq
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.text import Text

from charlm.command_line.cards import MORE
from charlm.command_line.terminal import facts, plain_table, replacements, tell, visible
from charlm.insight.comparison import Column, Comparison
from charlm.insight.next_characters import NextCharacter
from charlm.insight.surprise import Surprise
from charlm.languages import N_, NN_, Told, number, say
from charlm.text.checkup import label
from charlm.text.copies import Copies, CopyFinder

CHARACTERS_SHOWN = 40  # rows in the table of a surprise
STRETCHES_SHOWN = 20
COPIED = NN_(
    "{share:.0%} of {written:,} characters, {count} stretch", "{share:.0%} of {written:,} characters, {count} stretches"
)
BAR = 20  # characters of the longest bar
TELLING = 0.1  # bits per character: a smaller difference means nothing
MARK = "bold reverse"


def show_comparison(console: Console, comparison: Comparison) -> None:
    """Show what the model wrote at each temperature, and a table of the facts about each text."""
    table = plain_table(
        N_("temperature"), N_("chose between"), N_("words known"), N_("parts from the one above"), N_("repeats")
    )
    for place, column in enumerate(comparison.columns):
        tell(console, say(N_("--- temperature {temperature:g} ---"), temperature=column.temperature))
        console.print(_marked(comparison.start_text, column), "", sep="\n", soft_wrap=True)
        table.add_row(*map(Text, _seen(column, first=place == 0)))
    console.print(table)


def _marked(start: str, column: Column) -> Text:
    text = Text(visible(start), style="dim") + Text(visible(column.text), style="not dim")
    if column.parts_at is not None:
        text.stylize(MARK, len(start) + column.parts_at, len(start) + column.parts_at + 1)
    return text


def _seen(column: Column, first: bool) -> list[str]:
    parting = N_("never") if column.parts_at is None else Told(N_("at character {place:,}"), place=column.parts_at + 1)
    return [
        number(column.temperature, "g"),
        say(N_("{count:.1f} characters"), count=column.choices),
        "-" if column.known_words is None else number(column.known_words, ".0%"),
        "" if first else say(parting),
        repr(visible(column.loop)) if column.loop else "",
    ]


def show_next(console: Console, offered: Sequence[NextCharacter], heated: bool) -> None:
    """Show the likeliest next characters. With `heated`, a second column has the probabilities for drawing."""
    table = plain_table(N_("character"), N_("probability"), *([N_("drawn with")] if heated else []), "")
    block = "#" if console.options.ascii_only else "█"
    for c in offered:
        drawn = [number(c.heated, ".1%")] if heated else []
        bar = block * round(BAR * c.heated)
        table.add_row(Text(visible(label(c.character))), number(c.probability, ".1%"), *drawn, bar)
    console.print(table)


def show_surprise(console: Console, model: str, seen: Surprise) -> None:
    """Show the bits of a text, in all and for each character. Of a long text, show the most surprising characters."""
    count = len(seen.characters)
    told = Told(
        N_("{mean:.2f} bits per character, {total:,.1f} in all for {count:,} characters"),
        mean=seen.bits_per_character,
        total=seen.total_bits,
        count=count,
    )
    read_as = [(N_("read as"), sentence) for sentence in replacements(seen.replaced)]
    console.print(facts([(N_("model"), model), (N_("surprise"), told), *read_as]))
    shown = heapq.nlargest(CHARACTERS_SHOWN, range(count), key=lambda i: seen.characters[i].bits)
    table = plain_table("", N_("character"), N_("bits"), N_("expected most"), N_("probability"))
    for i in sorted(shown):
        c = seen.characters[i]
        signs = (Text(visible(label(sign))) for sign in (c.character, c.expected))
        numbers = number(i + 1, ","), number(c.bits, ".2f"), number(c.expected_probability, ".1%")
        table.add_row(numbers[0], next(signs), numbers[1], next(signs), numbers[2])
    console.print(table)
    if count > CHARACTERS_SHOWN:
        tell(
            console,
            say(
                N_("These are the {count} most surprising characters: --json shows all of them."),
                count=CHARACTERS_SHOWN,
            ),
        )
    console.print()


def show_verdict(console: Console, seen: Mapping[str, Surprise]) -> None:
    """Say which of two models is less surprised: the text is closer to its style. Print nothing for one model."""
    if len(seen) < 2:
        return
    (less, name), (more, other) = sorted((facts.bits_per_character, model) for model, facts in seen.items())
    if more - less < TELLING:
        told = N_("Both models expect the text equally: {less:.2f} and {more:.2f} bits per character.")
    else:
        told = N_("{name} expects the text more: {less:.2f} bits per character, {other} {more:.2f}.")
    tell(console, say(told, name=name, less=less, other=other, more=more))


def show_copies(console: Console, found: Copies, finder: CopyFinder, source: str, own: bool) -> None:
    """Show the written text with its copies marked, their share, and where each one is in the source."""
    text = Text()
    for piece, copy in found.pieces():
        text.append(visible(piece), MARK if copy else None)
    console.print(text, "", sep="\n", soft_wrap=True)
    count = len(found.stretches)
    rows = [
        (N_("copied"), Told(COPIED, share=found.share, written=len(found.written), count=count)),
        (N_("longest"), Told(N_("{count:,} characters"), count=found.longest)),
        (
            N_("source"),
            source if own else Told(N_("{source}, which is not the text that the model learnt"), source=source),
        ),
    ]
    console.print(facts(rows))
    table = plain_table(N_("at"), N_("characters"), N_("line in the source"), N_("stretch"))
    for copy in found.stretches[:STRETCHES_SHOWN]:
        line = finder.text.count("\n", 0, copy.source) + 1
        stretch = " ".join(found.written[copy.start : copy.end].split())
        table.add_row(*(number(n, ",") for n in (copy.start + 1, copy.length, line)), Text(visible(stretch)))
    if count:
        console.print(table)
    if count > STRETCHES_SHOWN:
        tell(console, say(MORE, count=count - STRETCHES_SHOWN))
