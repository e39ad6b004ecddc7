"""Back in time: what a network answered before learning and after each kept epoch, always to the same question."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass as plain_dataclass
from pathlib import Path
from typing import Any

from charlm.errors import CheckpointDamaged, NoEpochs
from charlm.events import EpochFinished, Event, of_kind
from charlm.insight.next_characters import NextCharacter, next_characters
from charlm.insight.reading import Reader
from charlm.languages import N_
from charlm.settings import SamplingSettings
from charlm.storage.epochs import MOST, KeptEpoch, spread
from charlm.storage.run_folder import RunFolder
from charlm.storage.shipped import find_model
from charlm.text.copies import CopyFinder

OFFERED = 12  # next characters of a frame

Load = Callable[[Path], Reader]  # a weights file -> its network; only the latest one needs to work
Remember = Callable[[Any, Callable[[], "Answer"]], "Answer"]  # a question's key, and how to find the answer


@plain_dataclass(frozen=True)
class Answer:
    """What one network wrote after the start, and what it expected there."""

    text: str  # without the start
    characters: tuple[NextCharacter, ...]  # that may come after the start, likeliest first


@plain_dataclass(frozen=True)
class Frame:
    """A network at one moment of its run."""

    epoch: float  # 0 is before learning
    val_loss: float | None  # nats per character; None where it was not scored, as before learning
    start_text: str
    text: str  # without the start
    characters: tuple[NextCharacter, ...]
    copied: float | None = None  # share that stands word for word in the text it learns from; None if that is not here


def replay(
    folder: str | Path | RunFolder,
    start_text: str = "",
    temperature: float = 0.7,
    length: int = 300,
    seed: int = 1,
    *,
    events: Sequence[Event] | None = None,
    finder: CopyFinder | None = None,
    load: Load | None = None,
    remember: Remember = lambda key, ask: ask(),
) -> Iterator[Frame]:
    """Ask every kept epoch of a run to go on from the same start with the same random numbers.

    `folder` is a run folder, or the name of a model that comes with charlm. Yields a frame for each epoch, as soon as
    it is written. An empty start begins a line. `events` are the run's, if they are known already. `finder` finds what
    stands word for word in the run's text. `load` replaces the loading of the networks; `remember` may keep answers and
    give them again. Raises NoEpochs, UnknownCharacter, InvalidSetting, CheckpointNotFound and CheckpointDamaged.
    """
    run = folder if isinstance(folder, RunFolder) else RunFolder(find_model(folder))
    card, asked = run.read_card(), SamplingSettings(temperature, length, seed)
    start = card.vocabulary.normalized(start_text)
    card.vocabulary.encode(start)  # refuses what the model never saw before anything is written
    epochs, scores = shown_epochs(run), of_kind(EpochFinished, run.events() if events is None else events)
    if load is None:
        from charlm.generation.epochs import EpochLoader  # imported late, because TensorFlow takes seconds to start

        load = EpochLoader(card)
    for one in epochs:
        try:
            key = (str(one.file), one.file.stat().st_mtime_ns, start, asked)
            answer = remember(key, lambda file=one.file: _ask(load(file), start, asked))  # type: ignore[misc]
        except (FileNotFoundError, CheckpointDamaged):
            if one.file.exists():
                raise
            continue  # a run that is under way has thinned its epochs meanwhile
        copied = finder.find(answer.text).share if finder else None
        yield Frame(one.epoch, _val_loss(one.epoch, scores), start, answer.text, answer.characters, copied)


def shown_epochs(run: RunFolder) -> list[KeptEpoch]:
    """The kept epochs that a replay shows: all, or a part of those of an old run. Raises NoEpochs if there are none."""
    kept = run.epochs.kept()
    if not kept:
        raise NoEpochs(
            N_("The model {name} holds only one network, the one of its best epoch."),
            N_("Expected the networks of single epochs, which a run keeps in its folder."),
            N_("Choose a model that was trained here, or train one; a model file has no epochs."),
            name=run.path.name,
        )
    return spread(kept, MOST)


def _ask(reader: Reader, start: str, asked: SamplingSettings) -> Answer:
    pieces = reader.write(start, [asked.temperature], asked.length, asked.seed)
    text = "".join(piece.text for (piece,) in pieces)
    return Answer(text, next_characters(reader, start, asked.temperature, count=OFFERED))


def _val_loss(epoch: float, scores: list[EpochFinished]) -> float | None:
    return next((e.val_loss for e in reversed(scores) if f"{e.epoch:.2f}" == f"{epoch:.2f}"), None)
