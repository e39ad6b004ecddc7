"""Sentences: marked in English where they are written, filled in and translated where they are shown."""

import re
from string import Formatter
from typing import Any

from babel import Locale
from babel.lists import format_list

from charlm.languages.reader import ENGLISH, catalogue, reader, speaking


class Message(str):
    """An English sentence, or a part of one, that has a translation. `{name}` in it stands for a value."""

    def format(self, *unnamed: Any, **values: Any) -> str:
        """The sentence in the reader's language, with these values."""
        return _FORMATTER.vformat(self.translated(**values), unnamed, values)

    def translated(self, **values: Any) -> str:
        """The sentence in the reader's language, as a template. A plural needs `count` among the values."""
        return catalogue(reader().language).gettext(str(self))


class Plural(Message):
    """A sentence with a number, `{count}`, that has other words for one and for many."""

    many: str

    def __new__(cls, one: str, many: str) -> "Plural":
        """Both forms in English; other languages may have more."""
        message = super().__new__(cls, one)
        message.many = many
        return message

    def translated(self, **values: Any) -> str:
        """The form that this language has for the value `count`."""
        return catalogue(reader().language).ngettext(str(self), self.many, values.get("count", 2))

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # what a copy is made of
        return str(self), self.many


class Told(Message):
    """One or several sentences with the values in them. As a text they are English, `say` gives the reader's language.

    So they can be kept and said later to somebody else: a note about a text, the reason why a run failed.
    """

    sentences: tuple[str, ...]
    values: dict[str, Any]

    def __new__(cls, *sentences: str, **values: Any) -> "Told":
        """The sentences, marked with `N_`, and the values of all of them by name."""
        with speaking(ENGLISH):
            told = super().__new__(cls, _said(sentences, values))
        told.sentences, told.values = sentences, values
        return told

    def format(self, *_: Any, **__: Any) -> str:
        """The sentences in the reader's language. They have their values already."""
        return _said(self.sentences, self.values)

    def translated(self, **_: Any) -> str:
        """The same."""
        return _said(self.sentences, self.values)

    def __getnewargs_ex__(self) -> tuple[tuple[str, ...], dict[str, Any]]:  # what a copy is made of
        return self.sentences, self.values


def _said(sentences: tuple[str, ...], values: dict[str, Any]) -> str:
    return " ".join(say(sentence, **values) for sentence in sentences)


_FOUR_DIGITS = re.compile(r"[^\d]*\d,\d{3}(?!,)")

# The usual names in programs with gettext: a sentence that is marked now and translated later.
N_, NN_ = Message, Plural


def say(message: str, /, **values: Any) -> str:
    """A sentence in the reader's language, filled in. A text that is no Message stays as it is."""
    if not isinstance(message, Message):
        return message
    return message.format(**values) if values else message.translated()


def number(value: float, spec: str = "") -> str:
    """A number as `format(value, spec)` writes it, with the reader's signs: 1,234.5 is 1.234,5 in Spanish."""
    return _in_signs_of(reader(), format(value, spec))


def _in_signs_of(locale: Locale, written: str) -> str:
    if locale.language == "en":
        return written
    symbols = locale.number_symbols["latn"]
    signs = {
        ".": symbols["decimal"],
        # Where the comma is the decimal sign, four digits stand together: Spanish asks for it, others allow it.
        ",": "" if symbols["decimal"] == "," and _FOUR_DIGITS.match(written) else symbols["group"],
        "%": locale.percent_formats[None].suffix[0],
    }
    return "".join(signs.get(sign, sign) for sign in written)


class _Local(Formatter):
    """Fills in a template: numbers in the reader's signs, and messages among the values in their language.

    A tuple becomes a list: `{names}` has commas, `{names:or}` and `{names:and}` have that word before the last one.
    """

    def format_field(self, value: Any, spec: str) -> Any:
        """One value of the template."""
        if isinstance(value, tuple):
            parts = [say(part) for part in value]
            return format_list(parts, _LISTS[spec], reader()) if spec else ", ".join(parts)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return number(value, spec)
        return super().format_field(say(value) if isinstance(value, Message) else value, spec)


_LISTS: dict[str, Any] = {"and": "standard", "or": "or"}  # what Babel calls them
_FORMATTER = _Local()
