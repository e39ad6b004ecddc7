"""`python -m charlm`: the parser of all commands, and the function that runs one and returns its exit status."""

import argparse
import shlex
import sys

from charlm.command_line import copying, inside, keeping, learning, replaying, scoring, serving, streams, writing
from charlm.command_line.arguments import program, untangled
from charlm.command_line.language import add_language, choose_language
from charlm.command_line.terminal import visible
from charlm.errors import CharlmError
from charlm.languages import N_, say

LONGEST_TOLD = 200  # characters of a path in an error sentence
# Modules; each adds its commands to the parser.
FAMILIES = (learning, writing, replaying, scoring, copying, inside, keeping, serving)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status.

    0: the command is done, or the program that reads its output has stopped reading (`| head`); that also stops a
    training run, as Ctrl-C does. 1: the command was refused; a sentence on standard error says why. 2: the command line
    was not understood. 130: the user interrupted the command.
    """
    try:
        streams.prepare()
        status = _run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()  # here, because an error (a full disk) can still be reported
        return status
    except CharlmError as error:
        return _refused(str(error))
    except BrokenPipeError:
        streams.abandon()
        return 0
    except OSError as error:
        streams.abandon()
        what = N_("The output") if error.filename is None else str(error.filename)[:LONGEST_TOLD]
        return _refused(say(N_("{what} could not be used ({why})."), what=what, why=error.strerror or error))


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    description = say(N_("Learn a text, character by character, and write more like it."))
    whole = argparse.ArgumentParser(program(), description=description)
    add_language(whole)
    commands = whole.add_subparsers(required=True, metavar=say(N_("command")))
    for family in FAMILIES:
        family.add_to(commands)
    return whole


def _run(arguments: list[str]) -> int:
    try:
        understood = untangled(arguments)
        choose_language(understood)
        chosen = parser().parse_args(understood)
        chosen.arguments = arguments
        chosen.typed = shlex.join([*program().split(), *arguments])
        status: int = chosen.command(chosen)
        return status
    except CharlmError as error:
        return _refused(str(error))
    except KeyboardInterrupt:
        return 130
    except SystemExit as told:  # argparse has printed its help or its error message
        return int(told.code or 0)


def _refused(sentence: str) -> int:
    print(f"charlm: {visible(sentence)}", file=sys.stderr)
    return 1
