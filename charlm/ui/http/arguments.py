"""Checks the values that a script sends against the types of the endpoint. Every refusal is a sentence."""

import math
from collections.abc import Callable
from inspect import Parameter
from reprlib import repr as short
from textwrap import shorten
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from gradio.data_classes import FileData

from charlm.errors import InvalidSetting
from charlm.languages import N_, Told
from charlm.ui.gate import is_uploaded

LONGEST_TOLD = 80  # characters of a wrong value that the refusal repeats


def checked(parameter: Parameter, value: Any) -> Any:
    """The value, converted to the type that the endpoint takes. null stands for the default. Raises InvalidSetting."""
    if value is None and parameter.default is not Parameter.empty:
        return parameter.default
    kinds = [kind for kind in _alternatives(parameter.annotation) if kind is not NoneType]
    for kind in kinds:
        fits, convert, _ = _reading(kind)
        if fits(value):
            return convert(value)
    expected = tuple(_reading(kind)[2] for kind in kinds)
    told = shorten(short(value), LONGEST_TOLD, placeholder="…")
    raise InvalidSetting(
        N_("{name} is {told}."),
        N_("Expected {expected:or}."),
        N_("Send another value."),
        name=parameter.name,
        told=told,
        expected=expected,
    )


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


Reading = tuple[Callable[[Any], bool], Callable[[Any], Any], str]


def _reading(kind: Any) -> Reading:
    """Three parts for a type: the test whether a value fits, the conversion, and the name of the type in a sentence."""
    if get_origin(kind) is Literal:
        options = get_args(kind)
        return lambda v: isinstance(v, str) and v in options, str, Told(N_("one of: {options}"), options=options)
    if get_origin(kind) is list:
        fits, convert, name = _reading(get_args(kind)[0])
        return _list_of(fits), lambda values: [convert(v) for v in values], Told(N_("a list, each {kind}"), kind=name)
    return _PLAIN[kind]


def _list_of(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda values: isinstance(values, list) and all(map(fits, values))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < math.inf


def _is_file(value: Any) -> bool:
    return isinstance(value, dict) and is_uploaded(value.get("path"))


_PLAIN: dict[Any, Reading] = {
    str: (lambda v: isinstance(v, str), str, N_("a text")),
    bool: (lambda v: isinstance(v, bool), bool, N_("true or false")),
    int: (lambda v: _is_number(v) and v == int(v), int, N_("a whole number")),
    float: (_is_number, lambda v: v, N_("a number")),
    FileData: (_is_file, lambda v: v["path"], N_("a file that was uploaded here")),
}
