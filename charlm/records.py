"""Records: frozen values that are converted and checked once, where they enter charlm. All other code relies on that.

There are two kinds, both made with pydantic:

- Values that a person chooses (settings, limits, a lesson) are checked when the object is made: `Checked`.
- Values in a file (cards, events, requests) are checked when the file is read: `from_json`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass as plain_dataclass
from dataclasses import fields
from reprlib import repr as short
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, ValidationInfo, field_validator
from pydantic.dataclasses import dataclass
from pydantic_core import to_jsonable_python

from charlm.errors import InvalidSetting
from charlm.languages import N_, Told

# A text or True is not accepted as a number, and an unknown field is an error.
STRICT = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)
Count = Annotated[int, Field(ge=0, lt=2**63)]  # no real count in charlm is larger

T = TypeVar("T")


@plain_dataclass(frozen=True)
class Setting:
    """One setting, with all that a form or a command line needs to show it."""

    name: str
    meaning: str
    default: Any
    options: tuple[str, ...]  # the allowed values, if the setting is a choice
    low: float
    high: float
    number: bool
    whole: bool
    optional: bool  # the value may be None, which means "not set"

    @property
    def expected(self) -> str:
        """Which values are allowed, in words."""
        if self.options:
            return Told(N_("one of: {options}"), options=self.options)
        if not self.number:
            return self.meaning
        told = N_("a whole number from {low:,} to {high:,}") if self.whole else N_("a number from {low:,} to {high:,}")
        return Told(told, low=_plain(self.low), high=_plain(self.high))


@dataclass(frozen=True, config=STRICT)
class Checked:
    """Values that a person chooses. A subclass gives its fields, their limits and meanings with pydantic's `Field`.

    A float such as 3.0 is accepted as a whole number, and NumPy's numbers are accepted too. Raises InvalidSetting for a
    value outside its limits.
    """

    @field_validator("*", mode="wrap")
    @classmethod
    def _in_words(cls, value: Any, check: Any, about: ValidationInfo) -> Any:
        try:
            return check(_plain(value))
        except ValidationError as error:
            setting = settings_of(cls)[about.field_name or ""]
            cure = N_("Choose a number within these limits.") if setting.number else N_("Choose another {name}.")
            raise InvalidSetting(
                N_("{name} is {value}."),
                N_("Expected {expected}."),
                cure,
                name=setting.name,
                value=short(value),
                expected=setting.expected,
            ) from error

    def as_dict(self) -> dict[str, Any]:
        """The values by name, in types that JSON knows."""
        values: dict[str, Any] = to_jsonable_python(self)
        return values


def settings_of(kind: type[Any]) -> dict[str, Setting]:
    """All settings of a class, by name, in order."""
    return {f.name: _setting(f.name, kind.__pydantic_fields__[f.name]) for f in fields(kind)}


def _setting(name: str, field: Any) -> Setting:
    kind = field.annotation
    inner = next((k for k in get_args(kind) if k is not type(None)), kind) if type(None) in get_args(kind) else kind
    bounds = {type(bound).__name__: bound for bound in field.metadata}
    return Setting(
        name=name,
        meaning=field.description or "",
        default=field.default,
        options=get_args(inner) if get_origin(inner) is Literal else (),
        low=bounds["Ge"].ge if "Ge" in bounds else -float("inf"),
        high=bounds["Le"].le if "Le" in bounds else float("inf"),
        number=inner in (int, float),
        whole=inner is int,
        optional=inner is not kind,
    )


def _plain(value: Any) -> Any:
    """Convert a NumPy scalar to a Python number, and a float without a fraction to an int."""
    value = value.item() if hasattr(value, "item") and getattr(value, "ndim", 0) == 0 else value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def from_json(kind: type[T], text: str | bytes, name: str) -> T:
    """Read a record, or a frozen dataclass with STRICT as its `__pydantic_config__`, from its JSON.

    Error messages call the text `name`. Raises ValueError, which says where the text is wrong and why. If a record
    refuses a value, the error is the same as when the record is made in code.
    """
    with _named(name):
        record: T = _adapter(kind).validate_json(text)
        return record


def parse_object(text: str | bytes, name: str) -> dict[str, Any]:
    """The values of a JSON object, unchecked. Raises ValueError if the text is not a JSON object."""
    with _named(name):
        values: dict[str, Any] = _adapter(dict[str, Any]).validate_json(text)
        return values


@contextmanager
def _named(name: str) -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join([name, *map(str, first["loc"])])
        raise ValueError(f"{place} is {short(first['input'])}: {first['msg'][0].lower()}{first['msg'][1:]}") from error


def to_json(record: object, indent: int | None = None) -> str:
    """The JSON of a record."""
    return _adapter(type(record)).dump_json(record, indent=indent).decode()


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]
