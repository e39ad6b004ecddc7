"""`python -m charlm`: the parser of all commands, one run of it, its exit status."""

import argparse
import shlex
import sys

from charlm.command_line import copying, keeping, learning, scoring, streams, writing
from charlm.command_line.arguments import program, untangled
from charlm.command_line.terminal import visible
from charlm.errors import CharlmError

LONGEST_TOLD = 200  # characters of a path that cannot be used
FAMILIES = (learning, writing, scoring, copying, keeping)  # of commands, a room each


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit status.

    0: done, or whoever read the answer had enough (`| head`), which also stops a run that learns as Ctrl-C does. 1:
    refused, in a sentence on standard error. 2: the command line was not understood. 130: interrupted.
    """
    try:
        streams.prepare()
        status = _run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()  # here, where a full disk can still be told
        return status
    except CharlmError as error:
        return _refused(str(error))
    except BrokenPipeError:
        streams.abandon()
        return 0
    except OSError as error:
        streams.abandon()
        what = "The output" if error.filename is None else str(error.filename)[:LONGEST_TOLD]
        return _refused(f"{what} could not be used ({error.strerror or error}).")


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    whole = argparse.ArgumentParser(program(), description="Learn a text, character by character, and write on.")
    commands = whole.add_subparsers(required=True, metavar="command")
    for family in FAMILIES:
        family.add_to(commands)
    return whole


def _run(arguments: list[str]) -> int:
    try:
        chosen = parser().parse_args(untangled(arguments))
        chosen.typed = shlex.join([*program().split(), *arguments])
        status: int = chosen.command(chosen)
        return status
    except CharlmError as error:
        return _refused(str(error))
    except KeyboardInterrupt:
        return 130
    except SystemExit as told:  # argparse has printed its help, or what it did not understand
        return int(told.code or 0)


def _refused(sentence: str) -> int:
    print(f"charlm: {visible(sentence)}", file=sys.stderr)
    return 1
