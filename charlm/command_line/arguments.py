"""Options that several commands share, and repairs for arguments that argparse would misread."""

import argparse
import os
import random
import shutil
import sys
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from charlm.command_line.language import add_language
from charlm.errors import InvalidSetting
from charlm.languages import N_, Told, say
from charlm.records import settings_of
from charlm.settings import SamplingSettings
from charlm.storage.shipped import NAMES
from charlm.text.built_in import BUILT_IN

TEXTS = Told(N_("a text file, or one of: {names}"), names=tuple(BUILT_IN))
MODEL = Told(N_("the folder of a model, or one that comes with charlm: {names}"), names=NAMES)
SEED = N_("{meaning} (default: a new one every time)")
LONGEST_NAME = 255  # bytes: the limit for a file name on nearly every disk


def program() -> str:
    """The words that the user typed to start this program: `charlm` if pip installed it, else `python -m charlm`."""
    return "charlm" if Path(sys.argv[0]).stem == "charlm" else "python -m charlm"


def add_command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], summary: str, description: str, example: str
) -> argparse.ArgumentParser:
    """Add a command and return its parser, with what every command has: an example, and --json."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=say(summary),
        description=textwrap.fill(
            say(description), shutil.get_terminal_size().columns - 2
        ),  # as argparse does by default
        epilog=say(N_("example: {command}"), command=f"{program()} {name} {example}"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help=say(N_("print facts as JSON")))
    add_language(parser)
    parser.set_defaults(command=run)
    return parser


def add_encoding(parser: argparse.ArgumentParser) -> None:
    """Add the option for the encoding of a text file."""
    parser.add_argument("--encoding", help=say(N_("the encoding of the text file, if charlm finds a wrong one")))


def add_replace_unknown(parser: argparse.ArgumentParser) -> None:
    """Add the option that replaces characters the model never saw."""
    similar = say(N_("replace characters that the model never saw by similar ones"))
    parser.add_argument("--replace-unknown", action="store_true", default=None, help=similar)


def add_start(parser: argparse.ArgumentParser) -> None:
    """Add the options for the text that the model continues."""
    parser.add_argument(
        "--start-text", default="", help=say(N_("the text to continue; without it the model begins a line"))
    )
    add_replace_unknown(parser)


def add_sampling(parser: argparse.ArgumentParser, temperatures: tuple[float, ...], length: int) -> None:
    """Add the options for writing: one or several temperatures, the length and the seed."""
    told = " ".join(f"{t:g}" for t in temperatures)
    several = say(
        N_("{meaning}; several of them use the same random numbers (default: {default})"),
        meaning=meaning("temperature"),
        default=told,
    )
    parser.add_argument("--temperature", type=float, nargs="+", default=list(temperatures), help=several)
    parser.add_argument("--length", type=int, default=length, help=f"{meaning('length')} (%(default)s)")
    parser.add_argument("--seed", type=int, help=say(SEED, meaning=meaning("seed")))


def meaning(setting: str) -> str:
    """The description of a sampling setting."""
    return say(settings_of(SamplingSettings)[setting].meaning)


def seed_of(chosen: argparse.Namespace) -> int:
    """The seed that the user named, or a new random one."""
    return random.SystemRandom().randrange(2**31) if chosen.seed is None else chosen.seed


def place(text: str) -> str:
    """The path as the user typed it. Raises InvalidSetting if a part is longer than a file name can be."""
    if any(len(os.fsencode(part)) > LONGEST_NAME for part in Path(text).parts):
        raise InvalidSetting(
            N_("The path {beginning}... has {count:,} characters."),
            N_("Expected a path in which every name has at most {most} bytes."),
            N_("Choose shorter names."),
            beginning=text[:20],
            count=len(text),
            most=LONGEST_NAME,
        )
    return text


def untangled(arguments: Sequence[str]) -> list[str]:
    """Rewrite the arguments so that argparse reads them as the user meant them.

    Without this, argparse reads `--start-text -hola` as two options. In `--temperature 0.2 1.0 FOLDER`, the order that
    the usage line shows, it reads the folder as a number.
    """
    joined, rest = list[str](), iter(arguments)
    for argument in rest:
        if argument == "--":
            return [*_temperatures_last(joined), argument, *rest]
        following = next(rest, None) if _means(argument, "--start-text") else None
        joined.append(argument if following is None else f"{argument}={following}")
    return _temperatures_last(joined)


def _temperatures_last(arguments: list[str]) -> list[str]:
    temperatures, others, at = list[str](), list[str](), 0
    while at < len(arguments):
        end = at + 1
        if _means(arguments[at], "--temperature"):
            end = at + 2  # the first value in any case: argparse refuses it if it is not a number
            while end < len(arguments) and _is_number(arguments[end]):
                end += 1
            temperatures += arguments[at:end]
        else:
            others.append(arguments[at])
        at = end
    return others + temperatures


def _means(argument: str, option: str) -> bool:
    """Is the argument this option, or one of the abbreviations that argparse accepts for it?"""
    return option.startswith(argument) and len(argument) > len("--s")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
