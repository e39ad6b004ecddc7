"""Options that several commands share, and what argparse would misread."""

import argparse
import os
import random
import shutil
import sys
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from charlm.errors import InvalidSetting
from charlm.records import settings_of
from charlm.settings import SamplingSettings
from charlm.storage.shipped import NAMES
from charlm.text.built_in import BUILT_IN

TEXTS = f"a text file, or one of: {', '.join(BUILT_IN)}"
MODEL = f"the folder of a model, or one that comes with charlm: {', '.join(NAMES)}"
LONGEST_NAME = 255  # bytes, of a file on nearly every disk


def program() -> str:
    """The words that started this program: pip puts a program called charlm beside Python."""
    return "charlm" if Path(sys.argv[0]).stem == "charlm" else "python -m charlm"


def add_command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], summary: str, description: str, example: str
) -> argparse.ArgumentParser:
    """A command's own parser, with what all have: an example, and --json."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=textwrap.fill(description, shutil.get_terminal_size().columns - 2),  # as argparse would
        epilog=f"example: {program()} {name} {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="print facts as JSON")
    parser.set_defaults(command=run)
    return parser


def add_encoding(parser: argparse.ArgumentParser) -> None:
    """How a text file was saved."""
    parser.add_argument("--encoding", help="how the text file was saved, if what is found is wrong")


def add_replace_unknown(parser: argparse.ArgumentParser) -> None:
    """What to do about characters the model never saw."""
    near = "replace characters the model never saw by near ones"
    parser.add_argument("--replace-unknown", action="store_true", default=None, help=near)


def add_start(parser: argparse.ArgumentParser) -> None:
    """What the model goes on from."""
    parser.add_argument("--start-text", default="", help="what to write on from; an empty one begins a line")
    add_replace_unknown(parser)


def add_sampling(parser: argparse.ArgumentParser, temperatures: tuple[float, ...], length: int) -> None:
    """How the model writes, at one temperature or at several."""
    told = " ".join(f"{t:g}" for t in temperatures)
    several = f"{meaning('temperature')}; several share their random numbers (default: {told})"
    parser.add_argument("--temperature", type=float, nargs="+", default=list(temperatures), help=several)
    parser.add_argument("--length", type=int, default=length, help=f"{meaning('length')} (%(default)s)")
    parser.add_argument("--seed", type=int, help=f"{meaning('seed')} (default: another every time)")


def meaning(setting: str) -> str:
    """What a setting of writing means."""
    return settings_of(SamplingSettings)[setting].meaning


def seed_of(chosen: argparse.Namespace) -> int:
    """The seed that was named, or another one every time."""
    return random.SystemRandom().randrange(2**31) if chosen.seed is None else chosen.seed


def place(text: str) -> str:
    """A path as it was typed. Raises InvalidSetting where no disk could have a file of that name."""
    if any(len(os.fsencode(part)) > LONGEST_NAME for part in Path(text).parts):
        raise InvalidSetting(
            f"The name {text[:20]}... has {len(text):,} characters.",
            f"Expected a path whose every part has at most {LONGEST_NAME} bytes.",
            "Choose a shorter one.",
        )
    return text


def untangled(arguments: Sequence[str]) -> list[str]:
    """The arguments in a form that argparse reads as they were meant.

    It would take `--start-text -hola` for two options, and the folder in `--temperature 0.2 1.0 FOLDER`, which is the
    order of its own usage line, for a number.
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
            end = at + 2  # whatever it is: if it is no number, that is told
            while end < len(arguments) and _is_number(arguments[end]):
                end += 1
            temperatures += arguments[at:end]
        else:
            others.append(arguments[at])
        at = end
    return others + temperatures


def _means(argument: str, option: str) -> bool:
    """Is it this option, or one of the abbreviations that argparse takes for it?"""
    return option.startswith(argument) and len(argument) > len("--s")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
