"""A sentence keeps its values: raised or written down in English, it is read in the language of who reads it."""

import copy
import json

import pytest
from babel.support import Translations

from charlm.errors import CharlmError, CheckpointDamaged, InvalidSetting
from charlm.events import Event, RunStarted
from charlm.languages import N_, NN_, Told, messages, say, speaking
from charlm.languages.kept import as_record, from_record, read_sentence, write_sentence
from charlm.presets import fit_to_text
from charlm.records import from_json, to_json
from charlm.runs.background import RunStatus
from charlm.runs.queue.marks import Marks
from charlm.settings import ModelSettings, RunSettings
from charlm.ui.standing import standing

LOWERED = "{name} lowered from {before} to {after}: the text has only {count:,} characters."
ELIGE = "Elige un número entre esos límites."
SPANISH = {
    "{name} is {value}.": "{name} vale {value}.",
    "Expected {expected}.": "Se esperaba {expected}.",
    "a whole number from {low:,} to {high:,}": "un entero de {low:,} a {high:,}",
    "Choose a number within these limits.": ELIGE,
    "The card of this model cannot be read ({reason}).": "No se puede leer la ficha ({reason}).",
    LOWERED: "{name} baja de {before} a {after}.",
    "{count} run": ("{count} entrenamiento", "{count} entrenamientos"),
}


class Fake(Translations):
    """A catalogue of a few sentences."""

    def gettext(self, message):
        return SPANISH.get(message, message)

    def ngettext(self, one, many, count):
        return SPANISH.get(one, (one, many))[count != 1]


@pytest.fixture(autouse=True)
def _few_sentences(monkeypatch):
    known = messages.catalogue
    monkeypatch.setattr(messages, "catalogue", lambda language: Fake() if language == "es" else known(language))


def raised() -> CharlmError:
    with pytest.raises(InvalidSetting) as caught:
        ModelSettings(rnn_units=5_000)
    return caught.value


def test_an_error_is_read_in_the_language_of_each_reader():
    error = raised()
    assert str(error).startswith("rnn_units is 5000. Expected a whole number from 1 to 4,096.")
    with speaking("es"):
        assert str(error) == "rnn_units vale 5000. Se esperaba un entero de 1 a 4096. " + ELIGE
        assert error.happened == "rnn_units vale 5000."


def test_an_error_about_an_error_is_translated_as_a_whole():
    inner = raised()
    outer = CheckpointDamaged(N_("The card of this model cannot be read ({reason})."), "", "", reason=inner)
    with speaking("es"):
        assert "ficha (rnn_units vale 5000. Se esperaba" in str(outer)


def through_a_file(told):
    return from_record(json.loads(json.dumps(as_record(told))))


@pytest.mark.parametrize("again", [copy.deepcopy, through_a_file])
def test_what_was_told_survives_every_copy(again):
    told = again(Told(NN_("{count} run", "{count} runs"), count=3))
    assert told == "3 runs"
    with speaking("es"):
        assert say(told) == "3 entrenamientos"


@pytest.mark.parametrize(
    "damaged",
    [
        "The disk is full.",
        "{",
        "3",
        "[[",
        '{"sentences": [["{a}"]], "values": {"b": 1}}',
        '{"sentences": [3], "values": {}}',
        '{"sentences": [["{a.b.c}"]], "values": {"a": 1}}',
        "[" * 100_000,
    ],
)
def test_a_file_that_holds_no_record_is_the_sentence_itself(damaged):
    assert read_sentence(damaged) == damaged


def test_values_with_braces_are_no_places_to_fill():
    told = Told(N_("{name} is {value}."), name="{value}", value="{0.__class__}")
    assert read_sentence(write_sentence(told)) == "{value} is {0.__class__}."


def test_why_a_run_failed_is_told_in_the_language_of_each_visitor(tmp_path):
    marks = Marks(tmp_path)
    marks.fail("molino-0123456789abcdef", raised().told)
    status = RunStatus("failed", failure=marks.failure("molino-0123456789abcdef"))
    assert standing(status).failure.startswith("rnn_units is 5000. Expected")
    with speaking("es"):
        assert standing(status).failure.startswith("rnn_units vale 5000. Se esperaba")


def test_a_failure_that_an_older_charlm_wrote_down_still_reads(tmp_path):
    (tmp_path / ".queue").mkdir()
    (tmp_path / ".queue" / "old.failed").write_text("The disk is full. Make room.", "utf-8")
    assert Marks(tmp_path).failure("old") == "The disk is full. Make room."


def test_what_was_lowered_is_told_in_the_language_of_each_visitor():
    plan = fit_to_text(RunSettings().override(seq_length=100), 300)
    again = from_json(type(plan), to_json(plan), "the plan")
    begun = RunStarted(0, 1, 2, 3, 4, 5, 6, 0.1, 0.2, warnings=again.lowered)
    read = Event.from_json(begun.to_json())
    assert isinstance(read, RunStarted)
    assert read.warnings[0].startswith("seq_length lowered from 100 to 29")
    with speaking("es"):
        assert standing(RunStatus("running", lowered=read.warnings)).lowered[0] == "seq_length baja de 100 a 29."


def test_a_note_that_an_older_charlm_wrote_down_still_reads():
    old = json.loads(RunStarted(0, 1, 2, 3, 4, 5, 6, 0.1, 0.2).to_json()) | {"warnings": ["seq_length lowered."]}
    read = Event.from_json(json.dumps(old))
    assert isinstance(read, RunStarted)
    assert read.warnings == ("seq_length lowered.",)


def test_a_list_has_its_words_in_the_readers_language():
    told = Told(N_("{names:or}"), names=("a", "b", "c"))
    assert told == "a, b, or c"
    with speaking("es"):
        assert say(told) == "a, b o c"
