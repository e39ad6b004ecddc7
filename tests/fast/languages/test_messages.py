"""Sentences and numbers, as their reader writes them."""

import numpy as np
import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from charlm.languages import N_, NN_, Message, number, say, speaking
from charlm.languages.messages import _in_signs_of

START = N_("Start learning")
FILES = NN_("{count} file", "{count} files")
SPECS = ["", "g", ".2g", ".3f", "+.3f", ",.1f", ".0%", ".2%", ".1e"]
finite = st.floats(allow_nan=False, allow_infinity=False, width=32)


def test_a_sentence_is_in_the_language_of_who_reads_it():
    with speaking("es"):
        assert (say(START), START.format()) == ("Empezar a aprender", "Empezar a aprender")
    assert say(START) == "Start learning"


def test_a_sentence_that_nobody_translated_stays_english():
    with speaking("es"):
        assert say(N_("Nobody has translated {this}."), this="it") == "Nobody has translated it."
        assert say(N_("")) == ""
        assert say("a text that a visitor wrote, {not a template}") == "a text that a visitor wrote, {not a template}"


def test_a_message_within_a_message_is_translated_too():
    with speaking("es"):
        assert N_("→ {wish}").format(wish=START) == "→ Empezar a aprender"


@given(st.text())
def test_a_value_is_never_read_as_a_template(hostile):
    assert N_("{name}!").format(name=hostile) == f"{hostile}!"


@pytest.mark.parametrize(("count", "said"), [(0, "0 files"), (1, "1 file"), (2, "2 files"), (1.5, "1.5 files")])
def test_a_plural_has_the_form_of_its_number(count, said):
    assert FILES.format(count=count) == said


@pytest.mark.parametrize("one", [1, 1.0, np.int64(1), np.float32(1)])
def test_one_is_one_whatever_its_type(one):
    assert FILES.format(count=one) in ("1 file", "1.0 file")
    with speaking("es"):
        assert FILES.format(count=one) in ("1 file", "1,0 file")


@pytest.mark.parametrize(
    ("reader", "written"),
    [
        ("en", ["1,234,567.8", "1,234", "12.5%", "-0.250", "1e-05", "nan"]),
        ("es", ["1.234.567,8", "1234", "12,5\N{NO-BREAK SPACE}%", "-0,250", "1e-05", "nan"]),
        ("es-MX", ["1,234,567.8", "1,234", "12.5%", "-0.250", "1e-05", "nan"]),
        ("es-CO", ["1.234.567,8", "1234", "12,5%", "-0,250", "1e-05", "nan"]),
    ],
)
def test_a_number_has_the_signs_of_the_readers_country(reader, written):
    with speaking(reader):
        assert [
            number(1_234_567.8, ",.1f"),
            number(1_234, ","),
            number(0.125, ".1%"),
            number(-0.25, ".3f"),
            number(1e-5, "g"),
            number(float("nan"), ".2f"),
        ] == written


@pytest.mark.parametrize(
    ("value", "written"), [(-1234.5, "-1234,5"), (12_345, "12.345,0"), (999.96, "1000,0"), (1e6, "1.000.000,0")]
)
def test_spanish_writes_four_digits_together(value, written):
    with speaking("es"):
        assert number(value, ",.1f") == written


@given(finite, st.sampled_from(SPECS))
def test_english_is_what_python_writes(value, spec):
    assert number(value, spec) == format(value, spec) == Message(f"{{value:{spec}}}").format(value=value)


@given(finite, st.sampled_from(SPECS))
def test_only_the_signs_differ(value, spec):
    with speaking("es"):
        local = number(value, spec)
    plain = format(value, spec)
    assert local.replace(".", "").replace(",", ".").replace("\N{NO-BREAK SPACE}%", "%") == plain.replace(",", "")


def test_numbers_of_numpy_are_numbers():
    with speaking("es"):
        assert N_("{a:.2f} {b:,} {c}").format(a=np.float32(0.5), b=np.int64(12_345), c=True) == "0,50 12.345 True"


def test_the_percent_sign_stands_where_the_language_puts_it():
    assert _in_signs_of(Locale("tr"), "12.5%") == "%12,5"
