"""The command line speaks the language of --language, else that of the environment, else English."""

import json
import os
import subprocess
import sys

import pytest

from charlm.command_line import language
from charlm.command_line.cli import main
from charlm.errors import InvalidSetting
from charlm.languages import reader, speak
from charlm.languages.messages import number


@pytest.fixture(autouse=True)
def _english_again():
    yield
    speak("en")


@pytest.mark.parametrize(
    ("arguments", "environment", "spoken"),
    [
        ([], {}, "en"),
        ([], {"LANG": "es_MX.UTF-8"}, "es"),
        ([], {"LANG": "es_ES.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ([], {"LANG": "es_ES.UTF-8", "LC_MESSAGES": "POSIX"}, "en"),
        ([], {"LANG": "es_ES.UTF-8", "LC_ALL": ""}, "es"),
        ([], {"LANG": "xx_YY.UTF-8"}, "en"),
        (["--language", "es", "show", "molino"], {"LANG": "en_GB.UTF-8"}, "es"),
        (["show", "molino", "--language=en"], {"LANG": "es_ES.UTF-8"}, "en"),
        (["show", "molino", "--lang", "es"], {}, "es"),
        (["show", "--", "--language", "es"], {}, "en"),
    ],
)
def test_the_option_comes_first_then_the_environment(arguments, environment, spoken):
    language.choose_language(arguments, environment)
    assert reader().language == spoken


def test_a_country_writes_numbers_in_its_own_way():
    language.choose_language(["--language", "es-MX"], {})
    assert number(1234.5, ",.1f") == "1,234.5"
    language.choose_language(["--language", "es"], {})
    assert number(12345.5, ",.1f") == "12.345,5"


def test_a_language_that_charlm_does_not_speak_is_refused():
    with pytest.raises(InvalidSetting, match=r"does not speak 'tlh'\. Expected one of: en, es"):
        language.choose_language(["--language", "tlh"], {})


def test_numbers_of_a_check_up_have_the_readers_signs(capsys, monkeypatch):
    for name in language.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    assert main(["show", "molino", "--language", "es"]) == 0
    assert "39.645" in capsys.readouterr().out
    assert main(["show", "molino"]) == 0
    assert "39,645" in capsys.readouterr().out


def test_json_is_the_same_in_every_language(capsys):
    told = []
    for spoken in ("en", "es"):
        assert main(["--language", spoken, "show", "molino", "--json"]) == 0
        told.append(json.loads(capsys.readouterr().out))
    assert told[0] == told[1]


def test_the_program_obeys_lang():
    command = [sys.executable, "-m", "charlm", "show", "molino"]
    clean = {name: value for name, value in os.environ.items() if name not in language.VARIABLES}
    answer = subprocess.run(command, env=clean | {"LANG": "es_ES.UTF-8"}, capture_output=True, encoding="utf-8")
    assert "39.645" in answer.stdout, answer.stderr
