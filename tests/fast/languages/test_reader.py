"""Whose language is spoken: what a browser wishes, what a program was told, and what a thread knows of it."""

from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charlm.languages import languages, reader, speak, speaking
from charlm.languages.reader import _best, best


@pytest.mark.parametrize(
    ("wish", "understood"),
    [
        ("es", "es"),
        ("es-MX,es;q=0.9,en;q=0.8", "es_MX"),
        ("fr-CH, fr;q=0.9, es;q=0.8, en;q=0.7, *;q=0.5", "es"),
        ("en-GB,es;q=0.5", "en_GB"),
        ("ca-ES, es-ES;q=0.9", "es_ES"),
        ("ES_mx.UTF-8", "es_MX"),
        ("es-419", "es_419"),
        ("es-AQ", "es"),
        ("es-MX-u-nu-arab", "es"),
        ("C.UTF-8", "en"),
        ("POSIX", "en"),
        ("*", "en"),
        ("de", "en"),
        ("", "en"),
        ("../../es, <script>, es\0, \N{PILE OF POO}, ;;;,,,", "en"),
        ("x" * 1_000_000 + ",es", "en"),
    ],
)
def test_the_first_wish_that_can_be_met(wish, understood):
    assert str(best(wish)) == understood


@given(st.one_of(st.text(), st.text(alphabet="esEN_-@.,;=*xX0 \0", max_size=40)))
def test_whatever_a_browser_sends_there_is_a_language(wish):
    assert best(wish).language in languages()


def test_hostile_wishes_do_not_fill_the_memory():
    for visitor in range(3_000):
        best(f"es-{visitor},{'x' * 10_000}")
    assert _best.cache_info().currsize <= 1_000


def test_languages_call_themselves_by_their_own_names():
    assert languages() == {"en": "English", "es": "español"}


def test_a_block_ends_with_the_language_before_it():
    with speaking("es-CO"):
        with pytest.raises(ZeroDivisionError), speaking("en"):
            1 / 0  # noqa: B018
        assert str(reader()) == "es_CO"
    assert str(reader()) == "en"


def test_threads_do_not_hear_each_other():
    heard = {}

    def listen(name):
        heard[name] = str(reader())
        with speaking(name):
            heard[name] += f", {reader()}"

    with speaking("es-MX"):
        threads = [Thread(target=listen, args=[name]) for name in ("es", "en")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert heard == {"es": "en, es", "en": "en, en"}


def test_the_whole_program_speaks_a_language_in_every_thread():
    heard = []
    speak("es_MX.UTF-8")
    try:
        thread = Thread(target=lambda: heard.append(str(reader())))
        thread.start()
        thread.join()
    finally:
        speak("en")
    assert heard == ["es_MX"]
