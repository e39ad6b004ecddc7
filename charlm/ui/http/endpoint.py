"""Makes an endpoint of a function: a script sees the function's signature, and a refusal reaches it as a sentence."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import Parameter, Signature, isgeneratorfunction, signature
from typing import Any, Literal

import gradio as gr

from charlm.errors import CharlmError
from charlm.settings import FIELDS
from charlm.ui.answers import Refusal
from charlm.ui.http.arguments import checked
from charlm.ui.machine import Machine


def offer(function: Callable[..., Any], machine: Machine, **options: Any) -> None:
    """Offer a function of the machine as an endpoint with the function's name.

    The parameters after the machine become the endpoint's, with the same names, types and defaults. `**settings` stands
    for every setting of a run; the preset gives those that are not sent. The endpoint answers a dict, or a stream of
    dicts if the function yields.
    """
    seen = signature_of(function)
    answer = _streaming(function, machine, seen) if isgeneratorfunction(function) else _plain(function, machine, seen)
    answer.__name__, answer.__doc__ = function.__name__, function.__doc__
    answer.__signature__ = seen  # type: ignore[attr-defined]
    answer.__annotations__ = {name: p.annotation for name, p in seen.parameters.items()} | {"return": dict}
    gr.api(answer, api_name=function.__name__, **options)


def signature_of(function: Callable[..., Any]) -> Signature:
    """The signature that a script sees: without the machine, and with a parameter for every setting."""
    _, *parameters = signature(function).parameters.values()
    if parameters and parameters[-1].kind is Parameter.VAR_KEYWORD:
        parameters[-1:] = [
            Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation=type_of(name) | None)
            for name in FIELDS
        ]
    return Signature(parameters, return_annotation=dict)


def type_of(setting: str) -> Any:
    """The type of a setting's values."""
    options = FIELDS[setting].options
    if options:
        return Literal[options]
    return int if FIELDS[setting].whole else float


def _plain(function: Callable[..., Any], machine: Machine, seen: Signature) -> Callable[..., Any]:
    def answer(*sent: Any) -> Any:
        with in_sentences():
            return function(machine, **_arguments(seen, sent))

    return answer


def _streaming(function: Callable[..., Any], machine: Machine, seen: Signature) -> Callable[..., Any]:
    def answer(*sent: Any) -> Iterator[Any]:
        with in_sentences():
            yield from function(machine, **_arguments(seen, sent))

    return answer


def _arguments(seen: Signature, sent: tuple[Any, ...]) -> dict[str, Any]:
    """The values that were sent, by name. A setting that was not sent is left out."""
    found = {}
    for parameter, value in zip(seen.parameters.values(), sent, strict=True):
        name = parameter.name
        found[name] = value if parameter.annotation is gr.Request else checked(parameter, value)
    return {name: value for name, value in found.items() if not (value is None and name in FIELDS)}


@contextmanager
def in_sentences() -> Iterator[None]:
    """Send a CharlmError to the script as a sentence. It is not logged."""
    try:
        yield
    except CharlmError as error:
        raise Refusal(str(error)) from error
