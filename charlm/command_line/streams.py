"""Writes answers to standard output, whatever its encoding, and also if it is closed, full or no longer read."""

import json
import os
import sys
from contextlib import suppress
from typing import Any

import rich.console

from charlm.errors import CannotWrite
from charlm.languages import N_


class Console(rich.console.Console):
    """Rich's console, except for a reader that stops reading: Rich would end the process, this one raises an error."""

    def on_broken_pipe(self) -> None:
        """Raises BrokenPipeError, because the reader is gone."""
        raise BrokenPipeError


def prepare() -> None:
    """Let the standard streams accept any character. Raises CannotWrite if standard output is closed."""
    if sys.stderr is None:  # `2>&-`; print(file=None) would write to standard output instead
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115  # it stays open as long as the process
    if sys.stdout is None:
        raise CannotWrite(
            N_("Standard output is closed."),
            N_("Expected a place for the answer."),
            N_("Send it to a file, or to /dev/null."),
        )
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # shows characters outside the encoding as ?


def abandon() -> None:
    """Throw away all further output. Otherwise Python would try to write the rest at exit and fail again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_json(values: dict[str, Any]) -> None:
    """Print values as JSON."""
    print_as_json(json.dumps(values, ensure_ascii=False, indent=1))


def print_as_json(text: str) -> None:
    """Print JSON text at once, with \\u escapes if the stream's encoding lacks a character."""
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        # JSON has characters outside of ASCII only in its strings, and there \u means the same character.
        text = "".join(c if c.isascii() else json.dumps(c)[1:-1] for c in text)
    print(text, flush=True)
