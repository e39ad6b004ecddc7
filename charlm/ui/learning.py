"""What can be asked of runs: begin one, stop it, go on with it, delete it. The Train tab and the HTTP API ask here."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from filecmp import cmp
from pathlib import Path
from typing import Any

from gradio.utils import get_upload_folder

from charlm.errors import CharlmError, CheckpointNotFound
from charlm.presets import fit_to_text
from charlm.ui.choices import TextChoice, settings_of
from charlm.ui.machine import Machine


@dataclass(frozen=True)
class Begun:
    """A run that was put in the queue."""

    run: str  # its id
    lowered: tuple[str, ...]  # a sentence for each number that was lowered because the text is short


def begin(machine: Machine, visitor: str, text: TextChoice, preset: str, settings: Mapping[str, Any]) -> Begun:
    """Put a new run in the queue.

    Raises a CorpusError, InvalidSetting, TooBusy and CannotWrite.
    """
    corpus = text.read(machine.limits, machine.texts).corpus
    run = machine.runs.submit(corpus, settings_of(preset, len(corpus.text), settings), visitor)
    return Begun(run, machine.runs.status(run).lowered)


@dataclass(frozen=True)
class Expected:
    """How long a run would take, and how fast this machine is with it."""

    seconds: float
    characters_per_second: float
    lowered: tuple[str, ...]  # as in Begun


def estimate(machine: Machine, text: TextChoice, preset: str, settings: Mapping[str, Any]) -> Expected:
    """How long the run would take that `begin` begins. Raises a CorpusError, InvalidSetting and TooBusy."""
    corpus = text.read(machine.limits, machine.texts).corpus
    characters = len(corpus.text)
    plan = fit_to_text(machine.limits.allow(settings_of(preset, characters, settings)), characters)
    found = machine.speeds.estimate(characters, len(set(corpus.text)), plan.settings)
    return Expected(found.seconds, found.characters_per_second, plan.lowered)


def halt(machine: Machine, run_id: str) -> str:
    """Stop a run, or take it out of the queue. Returns the run to look at: none, if this one never began.

    Raises CheckpointNotFound.
    """
    status = machine.runs.status(run_id)
    machine.runs.stop(run_id)
    return "" if status.state == "waiting" and not status.events else run_id


def go_on(machine: Machine, run_id: str, more_epochs: int) -> None:
    """Go on with a run: to its end if it was cut short, for more epochs if it had come to one.

    Raises CannotResume, CheckpointNotFound, InvalidSetting and TooBusy.
    """
    at_its_end = machine.runs.status(run_id).state == "ended"
    machine.runs.resume(run_id, more_epochs if at_its_end else None)


def delete(machine: Machine, run_id: str) -> None:
    """Delete a run with its text and model, and what Gradio holds of it to be fetched. Raises CheckpointNotFound."""
    for packed in machine.runs.packed(run_id):
        for copy in Path(get_upload_folder()).glob(f"*/{packed.name}"):
            if cmp(copy, packed, shallow=False):
                copy.unlink(missing_ok=True)
    machine.runs.delete(run_id)


def delete_all(machine: Machine, run_ids: Iterable[str]) -> None:
    """Delete every one of these runs that is still there."""
    for run_id in run_ids:
        with suppress(CheckpointNotFound):
            delete(machine, run_id)


def still_there(machine: Machine, run_ids: Iterable[str]) -> str:
    """The first of these runs that is still there, or nothing."""
    for run_id in run_ids:
        try:
            machine.runs.status(run_id)
        except CharlmError:
            continue
        return run_id
    return ""
