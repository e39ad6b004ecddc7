"""An address that opens the page as a lesson needs it: which tab, with which model and start, with which settings.

    ?tab=replay&model=lamplighter-film
    ?tab=train&epochs=40&dropout=0

What the Temperature tab and the runs side by side add to an address is in `lesson.py` and in their own tabs.
"""

from collections.abc import Mapping
from typing import Any

from charlm.errors import InvalidSetting
from charlm.settings import FIELDS, RunSettings
from charlm.ui.choices import NAMES
from charlm.ui.lesson import LONGEST_START


def start_in(query: Mapping[str, str]) -> str:
    """The start in an address, cut where a start must end."""
    return query.get("start", "")[:LONGEST_START]


def settings_in(query: Mapping[str, str]) -> dict[str, Any]:
    """The settings in an address that opens Train. There are none if one of them is outside its limits."""
    if query.get("tab") != "train":
        return {}
    try:
        values = {name: _value(name, query[name]) for name in NAMES if name in query}
        RunSettings().override(**values)
    except (ValueError, InvalidSetting):
        return {}
    return values


def _value(name: str, text: str) -> Any:
    setting = FIELDS[name]
    if setting.options:
        return text
    return int(text) if setting.whole else float(text)
