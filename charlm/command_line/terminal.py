"""How anything is shown on a terminal: names and values, quoted text, times, and nothing that would steer it."""

import textwrap
from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

# What would steer a terminal is shown, not sent to it: a card, and what a model writes, may be a stranger's.
_STEERING = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"} | dict.fromkeys(range(127, 160), "�")


def facts(rows: Iterable[tuple[str, str]]) -> Table:
    """A table of names and values without a frame."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows:
        table.add_row(name, Text(visible(value)))
    return table


def say(console: Console, line: str) -> None:
    """A line as it is, however long: it may be a command to copy."""
    console.print(line, markup=False, highlight=False, soft_wrap=True)


def quote(console: Console, text: str) -> None:
    """A text, indented, and an empty line."""
    say(console, textwrap.indent(visible(text).strip("\n"), "    ") + "\n")


def replacements(replaced: Mapping[str, str]) -> list[str]:
    """What was read in the place of characters the model never saw, a sentence each."""
    return [f"{character!r} {f'replaced by {near!r}' if near else 'left out'}." for character, near in replaced.items()]


def visible(text: str) -> str:
    """The text with pictures of its control characters in their place, but for line ends and tabs."""
    return text.translate(_STEERING)


def clock(seconds: float) -> str:
    """1:05 or 2:00:00."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
