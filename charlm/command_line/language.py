"""Which language the command line speaks: that of --language, else that of the environment, else English."""

import argparse
import os
from collections.abc import Mapping, Sequence
from itertools import zip_longest

from charlm.command_line import argparse_words
from charlm.errors import InvalidSetting
from charlm.languages import N_, languages, say, speak
from charlm.languages.reader import best

OPTION = "--language"
SHORTEST = len("--la")  # argparse accepts abbreviations; no other option begins so, except --layer of `inside`
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts, as POSIX has it; C and POSIX are English


def add_language(parser: argparse.ArgumentParser) -> None:
    """Add the option, which every command has, and the whole program before the command."""
    spoken = say(
        N_("the language of what is printed: {names} (default: that of LC_ALL, LC_MESSAGES or LANG)"),
        names=tuple(languages()),
    )
    parser.add_argument(OPTION, metavar="TAG", default=argparse.SUPPRESS, help=spoken)


def choose_language(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> None:
    """Speak the language that the arguments or else the environment ask for. Raises InvalidSetting for an unknown one.

    The arguments are read before the parser is made, because the parser's own sentences need the language.
    """
    speak(_first(environment))
    argparse_words.translate()
    if wanted := _named(arguments):
        if best(wanted).language != wanted.replace("_", "-").partition("-")[0].lower():
            raise InvalidSetting(
                N_("charlm does not speak {language!r}."),
                N_("Expected one of: {names}."),
                N_("Choose one of these."),
                language=wanted,
                names=tuple(languages()),
            )
        speak(wanted)


def _first(environment: Mapping[str, str]) -> str:
    return next((environment[name] for name in VARIABLES if environment.get(name)), "")


def _named(arguments: Sequence[str]) -> str:
    """The last value of the option; an argument after -- is none."""
    options = list(arguments)[: arguments.index("--")] if "--" in arguments else list(arguments)
    found = ""
    for option, following in zip_longest(options, options[1:], fillvalue=""):
        name, sign, value = option.partition("=")
        if len(name) >= SHORTEST and OPTION.startswith(name):
            found = value if sign else following
    return found
