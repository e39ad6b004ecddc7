"""Shows what a model thinks of a text (comparison, next characters, surprise, copies) as text and tables."""

import heapq
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from charlm.command_line.terminal import facts, replacements, say, visible
from charlm.insight.comparison import Column, Comparison
from charlm.insight.next_characters import NextCharacter
from charlm.insight.surprise import Surprise
from charlm.text.checkup import label
from charlm.text.copies import Copies, CopyFinder

CHARACTERS_SHOWN = 40  # rows in the table of a surprise
STRETCHES_SHOWN = 20
BAR = 20  # characters of the longest bar
TELLING = 0.1  # bits per character: a smaller difference means nothing
MARK = "bold reverse"


def show_comparison(console: Console, comparison: Comparison) -> None:
    """Show what the model wrote at each temperature, and a table of the facts about each text."""
    table = Table("temperature", "chose between", "words known", "parts from the one above", "repeats", box=None)
    for place, column in enumerate(comparison.columns):
        say(console, f"--- temperature {column.temperature:g} ---")
        console.print(_marked(comparison.start_text, column), "", sep="\n", soft_wrap=True)
        table.add_row(*map(Text, _seen(column, first=place == 0)))
    console.print(table)


def _marked(start: str, column: Column) -> Text:
    text = Text(visible(start), style="dim") + Text(visible(column.text), style="not dim")
    if column.parts_at is not None:
        text.stylize(MARK, len(start) + column.parts_at, len(start) + column.parts_at + 1)
    return text


def _seen(column: Column, first: bool) -> list[str]:
    parting = "never" if column.parts_at is None else f"at character {column.parts_at + 1:,}"
    return [
        f"{column.temperature:g}",
        f"{column.choices:.1f} characters",
        "-" if column.known_words is None else f"{column.known_words:.0%}",
        "" if first else parting,
        repr(visible(column.loop)) if column.loop else "",
    ]


def show_next(console: Console, offered: Sequence[NextCharacter], heated: bool) -> None:
    """Show the likeliest next characters. With `heated`, a second column has the probabilities for drawing."""
    table = Table("character", "probability", *(["drawn with"] if heated else []), "", box=None)
    block = "#" if console.options.ascii_only else "█"
    for c in offered:
        drawn = [f"{c.heated:.1%}"] if heated else []
        table.add_row(Text(visible(label(c.character))), f"{c.probability:.1%}", *drawn, block * round(BAR * c.heated))
    console.print(table)


def show_surprise(console: Console, model: str, seen: Surprise) -> None:
    """Show the bits of a text, in all and for each character. Of a long text, show the most surprising characters."""
    count = len(seen.characters)
    told = f"{seen.bits_per_character:.2f} bits per character, {seen.total_bits:,.1f} in all for {count:,} characters"
    read_as = [("read as", sentence) for sentence in replacements(seen.replaced)]
    console.print(facts([("model", model), ("surprise", told), *read_as]))
    shown = heapq.nlargest(CHARACTERS_SHOWN, range(count), key=lambda i: seen.characters[i].bits)
    table = Table("", "character", "bits", "expected most", "probability", box=None)
    for i in sorted(shown):
        c = seen.characters[i]
        signs = (Text(visible(label(sign))) for sign in (c.character, c.expected))
        table.add_row(f"{i + 1:,}", next(signs), f"{c.bits:.2f}", next(signs), f"{c.expected_probability:.1%}")
    console.print(table)
    if count > CHARACTERS_SHOWN:
        say(console, f"These are the {CHARACTERS_SHOWN} most surprising characters: --json shows all of them.")
    console.print()


def show_verdict(console: Console, seen: Mapping[str, Surprise]) -> None:
    """Say which of two models is less surprised: the text is closer to its style. Print nothing for one model."""
    if len(seen) < 2:
        return
    (less, name), (more, other) = sorted((facts.bits_per_character, model) for model, facts in seen.items())
    if more - less < TELLING:
        say(console, f"Both models expect the text equally: {less:.2f} and {more:.2f} bits per character.")
    else:
        say(console, f"{name} expects the text more: {less:.2f} bits per character, {other} {more:.2f}.")


def show_copies(console: Console, found: Copies, finder: CopyFinder, source: str, own: bool) -> None:
    """Show the written text with its copies marked, their share, and where each one is in the source."""
    text = Text()
    for piece, copy in found.pieces():
        text.append(visible(piece), MARK if copy else None)
    console.print(text, "", sep="\n", soft_wrap=True)
    count = len(found.stretches)
    rows = [
        ("copied", f"{found.share:.0%} of {len(found.written):,} characters, {count} stretch{'es' * (count != 1)}"),
        ("longest", f"{found.longest:,} characters"),
        ("source", source if own else f"{source}, which is not the text that the model learnt"),
    ]
    console.print(facts(rows))
    table = Table("at", "characters", "line in the source", "stretch", box=None)
    for copy in found.stretches[:STRETCHES_SHOWN]:
        line = finder.text.count("\n", 0, copy.source) + 1
        stretch = " ".join(found.written[copy.start : copy.end].split())
        table.add_row(f"{copy.start + 1:,}", f"{copy.length:,}", f"{line:,}", Text(visible(stretch)))
    if count:
        console.print(table)
    if count > STRETCHES_SHOWN:
        say(console, f"... and {count - STRETCHES_SHOWN:,} more: --json shows all of them.")
