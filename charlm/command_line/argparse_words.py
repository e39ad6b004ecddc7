"""The words that argparse says itself, such as "usage: ", in the reader's language.

argparse asks its own functions `_` and `ngettext` for them, which know only catalogues that the system has installed.
"""

import argparse
from typing import Any

from charlm.languages import N_, NN_, Message, Plural, say

# What argparse may say to a user of charlm, in the words of Python 3.11 to 3.13. Listed, so that they can be collected.
WORDS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("not allowed with argument %s"),
    N_("one of the arguments %s is required"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    NN_("expected %s argument", "expected %s arguments"),
    N_("ignored explicit argument %r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("unknown parser %(parser_name)r (choices: %(choices)s)"),
)


def translate() -> None:
    """Let argparse speak the reader's language, in this whole program."""
    words: Any = argparse
    words._ = lambda text: say(Message(text))
    words.ngettext = lambda one, many, count: Plural(one, many).translated(count=count)
