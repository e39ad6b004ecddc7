"""Cards of format 1, which contained the history of the run. Every later charlm can open them."""

import json
from dataclasses import asdict
from reprlib import repr as short
from typing import Any, TypeVar

from charlm.events import EpochFinished, Event, SampleWritten
from charlm.records import from_json, parse_object

LARGEST_CARD = 2**20  # bytes that a card of this format may have in a model file

E = TypeVar("E", bound=Event)


def upgraded(text: str | bytes) -> tuple[str, list[Event]]:
    """The card in format 2, and the events that the old card contains, in order.

    Raises ValueError if the text is not a JSON object or its history cannot be read.
    """
    values = parse_object(text, "card.json")
    epochs = _read(EpochFinished, values.pop("history", []), "history")
    samples = _read(SampleWritten, values.pop("samples", []), "samples")
    best = min(epochs, key=lambda epoch: epoch.val_loss, default=None)
    for dropped in ("best_epoch", "best_val_loss"):
        values.pop(dropped, None)
    card = values | {"format_version": 2, "best": None if best is None else asdict(best)}
    return json.dumps(card, ensure_ascii=False), sorted((*epochs, *samples), key=lambda event: event.step)


def is_one(text: str | bytes) -> bool:
    """Is this text a card of format 1?"""
    try:
        return parse_object(text, "card.json").get("format_version") == 1
    except ValueError:
        return False


def _read(kind: type[E], values: Any, name: str) -> list[E]:
    if not isinstance(values, list):
        raise ValueError(f"{name} is {short(values)} and not a list")
    return [from_json(kind, json.dumps(value), f"{name}.{at}") for at, value in enumerate(values)]
