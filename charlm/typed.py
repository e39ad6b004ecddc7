"""Plain values, as JSON gives them, to what a type promises; every type is checked, however deep.

What lies on a disk may come from anybody. A value of another kind is refused here, by its name, before it surprises
a room further on.
"""

import math
from dataclasses import MISSING, fields, is_dataclass
from reprlib import repr as short
from types import UnionType
from typing import Any, Literal, get_args, get_origin

LARGEST_NUMBER = 2**63  # more digits than that are no count of anything here
_CALLED = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a text",
    list: "a list",
    dict: "an object",
}


def typed(kind: Any, value: Any, name: str) -> Any:
    """The value as that kind: a plain one, one of a `Literal`, `X | None`, `tuple[X, ...]`, `dict[str, X]`, or a
    dataclass of such.

    `name` is what an error calls it. Raises ValueError for a value of another kind, for numbers that are not finite
    and for text that cannot be written; a dataclass raises what it raises at birth.
    """
    inner = get_args(kind)
    if isinstance(kind, UnionType):
        return None if value is None else typed(inner[0], value, name)
    if get_origin(kind) is Literal:
        if value not in inner:
            raise ValueError(f"{name} is {short(value)} and none of {', '.join(inner)}")
        return value
    if get_origin(kind) is tuple:
        return tuple(typed(inner[0], item, f"{name}[{at}]") for at, item in enumerate(_plain(list, value, name)))
    if get_origin(kind) is dict:
        items = _plain(dict, value, name).items()
        return {_plain(str, key, name): typed(inner[1], item, f"{name}[{short(key)}]") for key, item in items}
    return _born(kind, _plain(dict, value, name), name) if is_dataclass(kind) else _plain(kind, value, name)


def _born(kind: Any, values: dict[str, Any], name: str) -> Any:
    """A dataclass from its fields; one that has a default may be missing."""
    known = {f.name: f for f in fields(kind) if f.init}
    if unknown := values.keys() - known.keys():
        raise ValueError(f"{name} has {short(sorted(unknown))}, which nobody knows here")
    wanted = (f for f in known.values() if f.name in values or f.default is MISSING)
    return kind(**{f.name: typed(f.type, values.get(f.name), f.name) for f in wanted})


def _plain(kind: Any, value: Any, name: str) -> Any:
    fits = type(value) is kind or (kind is float and type(value) is int)  # and True is no number
    if fits and kind in (int, float):
        fits = math.isfinite(value) if type(value) is float else abs(value) < LARGEST_NUMBER
    if not fits:
        raise ValueError(f"{name} is {short(value)} and not {_CALLED[kind]}")
    if kind is str:
        value.encode()  # half a surrogate pair can be read from JSON, but never be written
    return float(value) if kind is float else value
