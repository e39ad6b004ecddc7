"""Runs side by side: what their curves are drawn from, and the same text learnt by every kind of cell."""

from collections.abc import Mapping, Sequence
from typing import Any

from charlm.errors import CharlmError, InvalidSetting
from charlm.events import EpochFinished, Event, RunStarted, of_kind
from charlm.insight.references import references
from charlm.languages import say
from charlm.runs.background import RunState
from charlm.runs.visitors import Asker
from charlm.storage.run_names import VISITORS
from charlm.ui import texts
from charlm.ui.choices import TextChoice, settings_of
from charlm.ui.learning import Begun
from charlm.ui.machine import Machine
from charlm.ui.standing import Contender

MOST = 4  # runs beside each other: more lines cannot be told apart
CELLS = ("rnn", "gru", "lstm")  # in the order in which they were invented to forget less


def side_by_side(machine: Machine, chosen: Sequence[str]) -> tuple[Contender, ...]:
    """What is known of the chosen runs and models. One that does not exist is left out.

    Raises InvalidSetting for more than MOST.
    """
    if len(chosen) > MOST:
        raise InvalidSetting(*texts.CONTEST_TOO_MANY, count=len(chosen), most=MOST)
    found = (_contender(machine, one) for one in dict.fromkeys(chosen))
    return tuple(one for one in found if one is not None)


def begin_every_cell(
    machine: Machine, asker: Asker, text: TextChoice, preset: str, settings: Mapping[str, Any]
) -> list[Begun]:
    """Put three runs in the queue that differ only in their cell: all of them, or none.

    Raises what `learning.begin` raises; TooBusy also if there is no room for all three.
    """
    corpus = text.read(machine.limits, machine.texts).corpus
    plans = [settings_of(preset, len(corpus.text), {**settings, "cell": cell}) for cell in CELLS]
    runs = machine.runs.submit_all(corpus, plans, asker)
    return [
        Begun(run, machine.runs.keys.owner_key(run), tuple(map(say, machine.runs.status(run).lowered))) for run in runs
    ]


def _contender(machine: Machine, model: str) -> Contender | None:
    state: RunState = "ended"
    place, events, card = 0, tuple[Event, ...](), None
    if VISITORS.fullmatch(model):
        try:
            status = machine.runs.status(model)
            state, place, events = status.state, status.place, status.events
        except CharlmError:  # a model from a file is no run
            pass
    try:
        card = machine.shelf.card(model)
        events = events or tuple(machine.shelf.folder(model).events())
    except CharlmError:
        if state not in ("waiting", "running"):
            return None
    started = of_kind(RunStarted, events)
    planned = started[-1].epochs if started else card.training.epochs if card else 0
    guesses = references(card, events, card.five_gram_loss) if card else ()
    return Contender(model, state, place, card, planned, tuple(of_kind(EpochFinished, events)), guesses)
