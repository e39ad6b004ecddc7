"""Writes from one start at several temperatures, with the same random numbers, and describes what each one wrote."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from charlm.insight.observations import observe, parting
from charlm.insight.reading import Reader
from charlm.settings import SamplingSettings
from charlm.text.traces import Traces

NO_TRACES = Traces()


@dataclass(frozen=True)
class Column:
    """What the model wrote at one temperature. The last three facts are filled in when the text is complete."""

    temperature: float
    text: str  # without the start
    parts_at: int | None = None  # where `text` first differs from the left neighbour's; None: never, or no neighbour
    choices: float | None = None  # the perplexity: between how many characters the model really chose
    known_words: float | None = None  # share of the words that the training text has too; None without its traces
    loop: str = ""  # the phrase that `text` repeats, "" for none

    def grown(self, piece: str, left: "Column | None", left_piece: str) -> "Column":
        """The column with `piece` added. `left` is its left neighbour before `left_piece` is added to that one."""
        parts_at = self.parts_at
        if left is not None and parts_at is None and (place := parting(piece, left_piece)) is not None:
            parts_at = len(self.text) + place
        return replace(self, text=self.text + piece, parts_at=parts_at)


@dataclass(frozen=True)
class Comparison:
    """The columns so far, in the order of the temperatures."""

    start_text: str
    seed: int
    finished: bool
    columns: tuple[Column, ...]


def compare(
    model: Reader, start_text: str, temperatures: Sequence[float], length: int, seed: int, traces: Traces = NO_TRACES
) -> Iterator[Comparison]:
    """Write `length` characters after the start at all temperatures side by side, then describe each text.

    Yields the comparison again and again as it grows; the last one is finished and has all facts. With an empty start
    the model begins a new line. `traces` are those of the model's training text: `Traces.of(text)`, or
    `RunFolder(folder).read_traces()`. Without them the function cannot tell which words are known. Raises
    UnknownCharacter and InvalidSetting.
    """
    start_text = model.vocabulary.normalized(start_text)
    asked = SamplingSettings(length=length, seed=seed)
    columns = tuple(Column(SamplingSettings(temperature).temperature, "") for temperature in temperatures)
    entropies: list[list[np.ndarray]] = [[] for _ in columns]
    for pieces in model.write(start_text, [column.temperature for column in columns], asked.length, asked.seed):
        columns = _grown(columns, [piece.text for piece in pieces])
        for known, piece in zip(entropies, pieces, strict=True):
            known.append(piece.entropy)
        yield Comparison(start_text, asked.seed, False, columns)
    seen = tuple(_seen(*column, traces) for column in zip(columns, map(np.concatenate, entropies), strict=True))
    yield Comparison(start_text, asked.seed, True, seen)


def _grown(columns: tuple[Column, ...], pieces: Sequence[str]) -> tuple[Column, ...]:
    neighbours = zip((None, *columns[:-1]), ("", *pieces[:-1]), strict=True)
    together = zip(columns, pieces, neighbours, strict=True)
    return tuple(column.grown(piece, left, left_piece) for column, piece, (left, left_piece) in together)


def _seen(column: Column, entropies: np.ndarray, traces: Traces) -> Column:
    seen = observe(column.text, entropies, traces)
    return replace(column, choices=seen.choices, known_words=seen.known_words, loop=seen.loop)
