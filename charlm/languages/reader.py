"""Who reads what is written now: a language, and the country's way to write numbers."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

CATALOGUES = Path(__file__).parent
ENGLISH = "en"
LONGEST_WISH = 200  # characters of an Accept-Language that are read: anybody can send a longer one

# A thread begins without a reader: it takes that of the whole program.
_reader: ContextVar[Locale | None] = ContextVar("reader", default=None)
_of_program = Locale(ENGLISH)


@cache
def languages() -> dict[str, str]:
    """The languages that charlm speaks: for each tag (en, es) the name that the language calls itself."""
    tags = [ENGLISH, *sorted(file.stem for file in CATALOGUES.glob("*.po"))]
    return {tag: Locale(tag).get_display_name(tag) or tag for tag in tags}


def reader() -> Locale:
    """The language and the country of who reads."""
    return _reader.get() or _of_program


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """Within this block, sentences are in the best language for a wish such as `es-MX,es;q=0.9,en;q=0.8`."""
    before = _reader.set(best(wanted))
    try:
        yield
    finally:
        _reader.reset(before)


def speak(wanted: str) -> None:
    """From now on the whole program speaks the best language for that wish."""
    global _of_program
    _of_program = best(wanted)


def best(wanted: str) -> Locale:
    """The first wish whose language charlm speaks, or else English.

    `wanted` is a browser's Accept-Language, or the name of a locale such as es_MX.UTF-8. A browser gives its wishes in
    their order, so their weights need not be read.
    """
    return _best(wanted[:LONGEST_WISH])


@lru_cache(1_000)  # visitors send what they like, so not everything is kept
def _best(wanted: str) -> Locale:
    found = (_locale(wish.partition(";")[0].partition(".")[0].strip()) for wish in wanted.split(","))
    return next((locale for locale in found if locale and locale.language in languages()), Locale(ENGLISH))


def _locale(tag: str) -> Locale | None:
    """The language and country of a tag; the language alone if the rest is unknown; None if that is unknown, too."""
    for known in (tag, tag.replace("_", "-").partition("-")[0]):
        try:
            return Locale.parse(known.replace("-", "_"))
        except (ValueError, UnknownLocaleError):
            continue
    return None


@cache
def catalogue(language: str) -> NullTranslations:
    """The sentences of a language. English has none: its sentences stand in the code."""
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return Translations(compiled)
