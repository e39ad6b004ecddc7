"""Begin, estimate, stop and delete runs: the functions that the Train tab and the HTTP API share."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from charlm.errors import CharlmError, CheckpointNotFound, NotYours
from charlm.languages import say
from charlm.presets import fit_to_text
from charlm.runs.visitors import Asker
from charlm.times.wishes import Wish
from charlm.ui.choices import TextChoice, settings_of
from charlm.ui.machine import Machine


@dataclass(frozen=True)
class Begun:
    """A run that was put in the queue."""

    run: str  # its id; everybody who knows it may watch the run
    key: str  # the owner's key: it lets one stop, continue and delete the run
    lowered: tuple[str, ...]  # a sentence for each number that was lowered because the text is short


def begin(machine: Machine, asker: Asker, text: TextChoice, preset: str, settings: Mapping[str, Any]) -> Begun:
    """Put a new run in the queue.

    Raises a CorpusError, InvalidSetting, TooBusy and CannotWrite.
    """
    corpus = text.read(machine.limits, machine.texts).corpus
    run = machine.runs.submit(corpus, settings_of(preset, len(corpus.text), settings), asker)
    return Begun(run, machine.runs.keys.owner_key(run), tuple(map(say, machine.runs.status(run).lowered)))


@dataclass(frozen=True)
class Expected:
    """How long a run would take, and how fast this machine is with it."""

    seconds: float
    characters_per_second: float
    measured: bool  # were these settings tried on this machine, or is it worked out from others?
    lowered: tuple[str, ...]  # as in Begun


def estimate(machine: Machine, text: TextChoice, preset: str, settings: Mapping[str, Any]) -> Expected:
    """How long a run would take that `begin` starts with these values; the machine tries it if it has the time.

    Raises CorpusError, InvalidSetting and TooBusy.
    """
    facts = text.read(machine.limits, machine.texts).facts
    wish = wish_for(machine, facts.characters, len(facts.alphabet), preset, settings)
    found = machine.times.best(*wish.asked)
    return Expected(**asdict(found), lowered=tuple(map(say, fit_to_text(wish.settings, wish.characters).lowered)))


def wish_for(machine: Machine, characters: int, vocab_size: int, preset: str, settings: Mapping[str, Any]) -> Wish:
    """The run that `begin` would start over such a text with these values, within the limits. Raises InvalidSetting."""
    return Wish(characters, vocab_size, machine.limits.allow(settings_of(preset, characters, settings)))


def halt(machine: Machine, run_id: str, key: str) -> str:
    """Stop a run, or take it out of the queue. Returns the id of the run to show: "" if this run never began.

    Raises CheckpointNotFound and NotYours.
    """
    status = machine.runs.status(run_id)
    machine.runs.stop(run_id, key)
    return "" if status.state == "waiting" and not status.events else run_id


def delete_all(machine: Machine, own: Mapping[str, str]) -> None:
    """Delete those of the runs `own` (id: owner's key) that still exist, and forget what is in memory of them."""
    for run_id, key in own.items():
        with suppress(CheckpointNotFound, NotYours):
            machine.runs.delete(run_id, key)
    machine.texts.forget()
    machine.insides.forget()
    machine.answers.clear()


def still_there(machine: Machine, run_ids: Iterable[str]) -> str:
    """The id of the first of these runs that still exists; "" if none does."""
    for run_id in run_ids:
        try:
            machine.runs.status(run_id)
        except CharlmError:
            continue
        return run_id
    return ""
