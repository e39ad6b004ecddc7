"""What a visitor can ask of a model within this machine's limits: the tabs draw the answers, HTTP sends them."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from charlm.errors import CorpusNotFound, InvalidSetting
from charlm.insight import comparison, next_characters, surprise
from charlm.insight.comparison import Comparison
from charlm.insight.next_characters import NextCharacter
from charlm.insight.surprise import Surprise
from charlm.settings import SamplingSettings
from charlm.storage.run_names import VISITORS
from charlm.text.copies import Copies, CopyFinder
from charlm.ui import models, texts
from charlm.ui.machine import Machine

LONGEST_SENTENCE = 2_000  # characters of a sentence for the Surprise tab
LONGEST_CHECKED = 5_000  # characters of a text that is searched for copies
MOST_COLUMNS = 4
LARGEST_SEED = 2**31  # a drawn seed is below this


@dataclass(frozen=True)
class Waiting:
    """The visitor waits, because others are writing."""

    place: int  # in the row; 1 is next


@dataclass(frozen=True)
class Writing:
    """What is written so far."""

    start_text: str
    text: str  # without the start
    seed: int
    length: int  # that the text will have
    finished: bool = False


def write(
    machine: Machine, model: str | None, start_text: str, temperature: float, length: int, seed: int
) -> Iterator[Waiting | Writing]:
    """Go on from the start; yields the growing text. An empty start takes the beginning of a line of the model's text.

    Raises InvalidSetting, CheckpointNotFound, CheckpointDamaged, UnknownCharacter and TooBusy.
    """
    asked = SamplingSettings(temperature, length, seed)
    machine.limits.check_length(max(asked.length, len(start_text)))
    with machine.turns.take() as places:
        yield from map(Waiting, places)
        writer = models.ready(machine.shelf, model, start_text)
        start = writer.vocabulary.normalized(start_text) or beginning(machine, model, asked.seed)
        so_far = Writing(start, "", asked.seed, asked.length)
        for (piece,) in writer.compare(so_far.start_text, [asked.temperature], asked.length, asked.seed):
            so_far = replace(so_far, text=so_far.text + piece)
            yield so_far
    yield replace(so_far, finished=True)


def compare(
    machine: Machine, model: str | None, start_text: str, temperatures: Sequence[float], length: int, seed: int
) -> Iterator[Waiting | Comparison]:
    """Write at all temperatures at once, with the same random numbers. The last answer has the observations as well.

    Raises what `write` raises.
    """
    if not 1 <= len(temperatures) <= MOST_COLUMNS:
        raise InvalidSetting(*texts.TEMPERATURES_GIVEN, count=len(temperatures), most=MOST_COLUMNS)
    asked, *_ = [SamplingSettings(temperature, length, seed) for temperature in temperatures]
    machine.limits.check_length(max(asked.length, len(start_text)))
    with machine.turns.take() as places:
        yield from map(Waiting, places)
        writer = models.ready(machine.shelf, model, start_text)
        start = writer.vocabulary.normalized(start_text) or beginning(machine, model, asked.seed)
        traces = machine.shelf.traces(model or "")
        yield from comparison.compare(writer, start, temperatures, asked.length, asked.seed, traces)


def foresee(
    machine: Machine, model: str | None, start_text: str, temperature: float, top_k: int = 0, count: int | None = None
) -> tuple[NextCharacter, ...]:
    """The characters that may come after the start, likeliest first: `count` of them, or all.

    Raises what `write` raises, except TooBusy.
    """
    machine.limits.check_length(len(start_text))
    reader = models.ready(machine.shelf, model, start_text)
    return next_characters.next_characters(reader, start_text, temperature, top_k, count)


def be_surprised(machine: Machine, model: str | None, text: str) -> Surprise:
    """How surprising each character of a text is to the model.

    Raises InvalidSetting for a text that is empty or too long, CheckpointNotFound and CheckpointDamaged, and
    UnknownCharacter if the model knows no character of the text.
    """
    if not text.strip():
        raise InvalidSetting(*texts.SENTENCE_EMPTY)
    most = min(LONGEST_SENTENCE, machine.limits.length)
    if len(text) > most:
        raise InvalidSetting(*texts.SENTENCE_TOO_LONG, count=len(text), most=most)
    return surprise.surprise(models.take(machine.shelf, model), text)


def find_copies(machine: Machine, model: str | None, text: str, key: str) -> tuple[CopyFinder, Copies]:
    """Find the stretches of a text that appear word for word in the text that the model learnt from.

    The answer shows passages of that text, so a visitor's run needs its owner's `key`. Raises InvalidSetting for a text
    that is too long, CheckpointNotFound, CheckpointDamaged, and CorpusNotFound if the model's text is not here or the
    key is wrong.
    """
    if len(text) > LONGEST_CHECKED:
        raise InvalidSetting(texts.COPIED_TOO_LONG, "", "")
    if not model:
        raise CorpusNotFound(texts.NO_MODEL, "", "")
    if VISITORS.fullmatch(model) and not machine.runs.keys.is_owner(model, key):
        raise CorpusNotFound(texts.COPIED_NOT_YOURS, "", "")
    finder = machine.shelf.copy_finder(model)
    if finder is None:
        raise CorpusNotFound(texts.COPIED_NO_TEXT, "", "")
    return finder, finder.find(text)


def draw_seed() -> int:
    """A random seed, for a visitor who asked for none."""
    return secrets.randbelow(LARGEST_SEED)


def beginning(machine: Machine, model: str | None, seed: int) -> str:
    """How a line of the model's text begins, chosen by the seed; "" if that is not known."""
    return machine.shelf.traces(model or "").beginning(seed)
