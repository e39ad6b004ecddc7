"""Prints on a terminal: names and values, quoted text, times. Control characters are shown, never sent."""

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from charlm.languages import N_, say

# Control characters could steer the terminal, and a card or a text may come from a stranger: show pictures of them.
_STEERING = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"} | dict.fromkeys(range(127, 160), "�")


def facts(rows: Iterable[tuple[str, str]]) -> Table:
    """A table of names and values without a frame."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows:
        table.add_row(say(name), Text(visible(say(value))))
    return table


def plain_table(*headings: str, **options: Any) -> Table:
    """An empty table without a frame, with its headings in the reader's language."""
    return Table(*map(say, headings), box=None, **options)


def tell(console: Console, line: str) -> None:
    """Print a line as it is. It is never wrapped, because it may be a command that the user copies."""
    console.print(line, markup=False, highlight=False, soft_wrap=True)


def quote(console: Console, text: str) -> None:
    """Print a text, indented, and an empty line."""
    tell(console, textwrap.indent(visible(text).strip("\n"), "    ") + "\n")


def replacements(replaced: Mapping[str, str]) -> list[str]:
    """One sentence for each character that was replaced or left out because the model never saw it."""
    by_another, left_out = N_("{character!r} replaced by {near!r}."), N_("{character!r} left out.")
    return [say(by_another if near else left_out, character=c, near=near) for c, near in replaced.items()]


def visible(text: str) -> str:
    """The text with a picture in place of each control character, except line ends and tabs."""
    return text.translate(_STEERING)


def clock(seconds: float) -> str:
    """A duration such as 1:05 (minutes, seconds) or 2:00:00 (hours, minutes, seconds)."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
