"""A run's film within this machine's limits: the tab draws it, HTTP sends it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from charlm.errors import CheckpointNotFound, NoEpochs, NotYours, UnknownCharacter
from charlm.events import Event
from charlm.insight.film import Film
from charlm.insight.references import five_gram_loss_of
from charlm.insight.replay import replay
from charlm.settings import SamplingSettings
from charlm.storage.run_folder import RunFolder
from charlm.storage.run_names import SHARED, VISITORS
from charlm.ui import models, texts
from charlm.ui.machine import Machine
from charlm.ui.writing import Waiting, beginning


def show(
    machine: Machine, model: str | None, start_text: str, temperature: float, length: int, seed: int
) -> Iterator[Waiting | Film]:
    """Ask every kept epoch of a model; yields the film as it grows. What was asked before comes at once.

    An empty start takes the beginning of a line of the model's text. Raises NoEpochs, InvalidSetting, NotYours,
    CheckpointNotFound, CheckpointDamaged, UnknownCharacter and TooBusy.
    """
    asked = SamplingSettings(temperature, length, seed)
    machine.limits.check_length(max(asked.length, len(start_text)))
    run, events = folder_of(machine, model), _events(machine, model)
    start = _known(run, start_text) or beginning(machine, model, asked.seed)
    film = Film.empty(run, events, start, asked, _five_gram_loss(machine, run))
    with machine.turns.take() as places:
        yield from map(Waiting, places)
        load = machine.shelf.epochs(model or "")
        numbers = asked.temperature, asked.length, asked.seed
        finder = machine.shelf.copy_finder(model or "")  # only the share is told: passages are the owner's to see
        known = {"events": events, "finder": finder, "load": load, "remember": machine.answers.get}
        for frame in replay(run, start, *numbers, **known):  # type: ignore[arg-type]
            film = replace(film, frames=(*film.frames, frame))
            yield film
    yield replace(film, finished=True)


def without_frames(machine: Machine, model: str) -> Film:
    """The losses of a model that has no epochs to go back to. Raises CheckpointDamaged."""
    run = machine.shelf.folder(model)
    return Film.empty(run, _events(machine, model), "", SamplingSettings(), _five_gram_loss(machine, run))


def folder_of(machine: Machine, model: str | None) -> RunFolder:
    """The folder of a model that has kept epochs. Raises NoEpochs, NotYours, CheckpointNotFound, CheckpointDamaged."""
    models.card(machine.shelf, model)  # refuses a name that no model has
    name = model or ""
    if SHARED.fullmatch(name):  # late epochs may know the text by heart: who gave away the model did not give these
        raise NotYours(*texts.FILM_SHARED)
    run = machine.shelf.folder(name)
    if not run.epochs.kept():
        raise NoEpochs(*texts.FILM_NONE, name=models.named(name))
    return run


def _events(machine: Machine, model: str | None) -> Sequence[Event]:
    """The events of a run are in memory, and only new ones are read; those of another model are few."""
    try:
        if VISITORS.fullmatch(model or ""):
            return machine.runs.status(model or "").events
    except CheckpointNotFound:  # a model from a file is no run
        pass
    return machine.shelf.folder(model or "").events()


def _five_gram_loss(machine: Machine, run: RunFolder) -> float | None:
    """From the card; for an old run, its text is counted once."""
    card = run.read_card()
    if card.five_gram_loss is not None:
        return card.five_gram_loss
    found: float | None = machine.answers.get(("5-gram", card.corpus.sha256), lambda: five_gram_loss_of(run))
    return found


def _known(run: RunFolder, start_text: str) -> str:
    vocabulary = run.read_card().vocabulary
    _, replaced = vocabulary.replace_unknown(start_text)
    if replaced:
        raise UnknownCharacter(*models.unknown(replaced), "")
    return vocabulary.normalized(start_text)
