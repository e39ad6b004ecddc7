"""Where the answers go: to streams of any encoding, closed ones, full ones, and readers that have had enough."""

import json
import os
import sys
from contextlib import suppress
from typing import Any

import rich.console

from charlm.errors import CannotWrite


class Console(rich.console.Console):
    """Rich's console, which would end the process where nobody reads on; here the error goes up as any other."""

    def on_broken_pipe(self) -> None:
        """What is written to is gone."""
        raise BrokenPipeError


def prepare() -> None:
    """Make the standard streams fit for any character. Raises CannotWrite where there is no standard output."""
    if sys.stderr is None:  # `2>&-`; print() would take standard output in its place
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115  # it stays open as long as the process
    if sys.stdout is None:
        raise CannotWrite(
            "Standard output is closed.", "Expected a place for the answer.", "Send it to a file, or to /dev/null."
        )
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console of another encoding shows ? and goes on


def abandon() -> None:
    """Write nowhere from now on: what is still kept back would fail once more when the process ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_json(values: dict[str, Any]) -> None:
    """Print values as JSON."""
    print_as_json(json.dumps(values, ensure_ascii=False, indent=1))


def print_as_json(text: str) -> None:
    """Print what is JSON already, at once, with escapes where the stream has no such characters."""
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        # Outside of ASCII there is nothing in JSON but in its strings, where \u says the same.
        text = "".join(c if c.isascii() else json.dumps(c)[1:-1] for c in text)
    print(text, flush=True)
