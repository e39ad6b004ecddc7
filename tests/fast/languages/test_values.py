"""Every sentence gets all the values that stand in it, wherever it is said."""

import ast
from pathlib import Path
from string import Formatter

import pytest

import charlm
from charlm.languages import Message
from charlm.ui.texts import english

MARKS = ("N_", "NN_")
CODE = sorted(Path(charlm.__file__).parent.rglob("*.py"))


def names(template):
    """The values that a template asks for, by name."""
    fields = (field for _, field, _, _ in Formatter().parse(template) if field is not None)
    return {field.partition(".")[0].partition("[")[0] for field in fields}


def forms(message):
    return [str(message), *filter(None, [getattr(message, "many", None)])]


def of_the_page(node):
    """All forms of the page's sentences that `texts.NAME`, `texts.NAME[...]` may be."""
    while isinstance(node, ast.Subscript):
        node = node.value
    if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "texts"):
        return []
    found = getattr(english, node.attr)
    every = found.values() if isinstance(found, dict) else found if isinstance(found, tuple) else [found]
    return [form for message in every if isinstance(message, Message) for form in forms(message)]


def marked(node):
    """The forms of a sentence that is marked on the spot."""
    here = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS
    return [part.value for part in node.args] if here else []


def said(call):
    """The sentences that a call fills in: `texts.NAME.format(...)`, `say(N_(...), ...)`, an error of three."""
    if isinstance(call.func, ast.Attribute) and call.func.attr == "format":
        return of_the_page(call.func.value) + marked(call.func.value)
    if isinstance(call.func, ast.Name) and call.func.id not in MARKS:
        return [form for part in call.args for form in marked(part)] if all(map(marked, call.args)) else []
    return []


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(CODE[0].parent)))
def test_no_value_is_missing(path):
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and (templates := said(call)):
            given = {value.arg for value in call.keywords}
            missing = set().union(*map(names, templates)) - given
            assert None in given or not missing, f"line {call.lineno}: {missing}"
