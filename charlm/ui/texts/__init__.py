"""The page's sentences in the language of its visitor: `texts.START` is "Start learning", or "Empezar a aprender".

A sentence is translated when it is asked for. So a module asks within a function, never while it is imported.
"""

from typing import TYPE_CHECKING, Any

from charlm.languages import Message, say
from charlm.ui.texts import english

if TYPE_CHECKING:
    from charlm.ui.texts.english import *  # noqa: F403  # the types of what __getattr__ returns


def __getattr__(name: str) -> Any:
    return _said(getattr(english, name))


def _said(value: Any) -> Any:
    """All sentences within a value, in the visitor's language. Where values are missing, `format` translates."""
    if isinstance(value, Message):
        return value if "{" in value else say(value)
    if isinstance(value, tuple):
        return tuple(map(_said, value))
    if isinstance(value, dict):
        return {key: _said(inner) for key, inner in value.items()}
    return value
