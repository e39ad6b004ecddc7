"""Every sentence of the code stands in every catalogue, with the same values and the same markup in it."""

import ast
import re
from string import Formatter

import pytest
from babel.messages.catalog import Catalog

from charlm.languages.reader import CATALOGUES
from charlm.languages.update import MARKS, ROOT, marked, read, updated

PATHS = sorted(CATALOGUES.glob("*.po"))
each_catalogue = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
MARKUP = re.compile(r"<[^>]+>|%(?:\(\w+\))?[sr]|\*\*|`|^#+ |\n|\(\./\S+|^\s|\s$", re.MULTILINE)


def values(template):
    """What a template asks for: each value's name, and how it is written."""
    return {(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(template) if name is not None}


def pairs(catalogue):
    """Each sentence in English with its translation; of a plural, each form with the English one for its number."""
    for message in catalogue:
        if message.pluralizable:
            one, many = message.id
            yield from ((one if form == 0 else many, said) for form, said in enumerate(message.string))
        elif message.id:
            yield message.id, message.string


@pytest.fixture(scope="module")
def code():
    return marked()


@each_catalogue
def test_a_catalogue_is_exactly_what_the_update_writes(path, code):
    """So there is no sentence that is missing, none that is no longer used, and no difference in the next update."""
    assert path.read_text("utf-8") == updated(read(path), code), "run python -m charlm.languages.update"


@each_catalogue
def test_every_sentence_is_translated_and_none_is_a_guess(path):
    catalogue = read(path)
    assert not [message.id for message in catalogue if message.id and message.fuzzy]
    assert not [english for english, said in pairs(catalogue) if not said]


@each_catalogue
def test_a_translation_has_the_values_of_the_sentence(path):
    def asked(template):
        return {value for value in values(template) if value[0] != "count"}

    catalogue = read(path)
    plurals = {form for message in catalogue if message.pluralizable for form in message.id}
    for english, said in pairs(catalogue):
        assert asked(said) == asked(english), said
        assert values(said) == values(english) or english in plurals, said  # “one character” needs no number


@each_catalogue
def test_a_plural_says_its_number(path):
    for message in read(path):
        if message.pluralizable:
            assert values(message.string[-1]) == values(message.id[1]), message.string


@each_catalogue
def test_a_translation_has_the_markup_of_the_sentence(path):
    for english, said in pairs(read(path)):
        assert sorted(MARKUP.findall(said)) == sorted(MARKUP.findall(english)), said


def test_spanish_opens_what_it_closes():
    for _, template in pairs(read(CATALOGUES / "es.po")):
        said = re.sub(r"<[^>]+>|\{[^}]*\}", "", template)
        assert said.count("¿") == said.count("?"), said
        assert said.count("¡") == said.count("!"), said
        assert said.count("“") == said.count("”"), said
        assert not re.search("[«»‘]|\"|(?<!\\w)'", said), said


def test_what_is_marked_is_a_plain_sentence():
    """Babel finds no others: a variable, or a string with values in it, would stay in English without a word."""
    for file in [ROOT / "app.py", *(ROOT / "charlm").rglob("*.py")]:
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in MARKS:
                sentences = [part.value for part in call.args if isinstance(part, ast.Constant)]
                assert len(sentences) == (2 if call.func.id == "NN_" else 1), f"{file.name}, line {call.lineno}"
                assert all(isinstance(sentence, str) and sentence for sentence in sentences), (
                    f"{file.name}: {sentences}"
                )


def test_an_update_keeps_what_is_translated_and_nothing_else(tmp_path):
    code, old = Catalog(), Catalog(locale="fr")
    for sentence in ("Stop", "Start", ("{count} file", "{count} files")):
        code.add(sentence, locations=[("charlm/page.py", 7)])
    old.add("Start", "Commencer", locations=[("charlm/older.py", 1)])
    old.add("Gone", "Parti")

    (tmp_path / "fr.po").write_text(updated(old, code), encoding="utf-8")

    new = read(tmp_path / "fr.po")
    assert [message.id for message in new if message.id] == ["Stop", "Start", ("{count} file", "{count} files")]
    assert (new["Start"].string, new["Stop"].string) == ("Commencer", "")
    assert "Gone" not in (written := (tmp_path / "fr.po").read_text("utf-8"))
    assert "page.py:" not in written
    assert updated(new, code) == written


def test_no_mark_stands_within_an_f_string():
    """Babel finds it there on some Pythons only."""
    within = [
        f"{file.relative_to(ROOT)}, line {part.lineno}"
        for file in [ROOT / "app.py", *(ROOT / "charlm").rglob("*.py")]
        for text in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for part in ast.walk(text)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in MARKS
    ]
    assert not within


def test_a_new_language_begins_with_its_own_plurals(tmp_path):
    assert "nplurals=3" in updated(read(tmp_path / "pl.po"), Catalog())
