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

# A thread begins without a reader: it takes that of the whole program.
_reader: ContextVar[Locale | None] = ContextVar("reader", default=None)
_of_program = Locale(ENGLISH)


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


@lru_cache(maxsize=1_000)  # a stranger may send any number of wishes
def best(wanted: str) -> Locale:
    """The first wish whose language charlm speaks, or else English.

    `wanted` is a browser's Accept-Language, or the name of a locale such as es_MX.UTF-8. A browser gives its wishes in
    their order, so their weights need not be read.
    """
    spoken = languages()
    for wish in wanted[:200].split(","):
        tag = wish.partition(";")[0].partition(".")[0].strip().replace("-", "_")
        try:
            locale = Locale.parse(tag)
        except (ValueError, UnknownLocaleError):
            continue  # not a language, or none that Babel knows
        if locale.language in spoken:
            return locale
    return Locale(ENGLISH)


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
