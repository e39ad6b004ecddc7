"""One start, the same random numbers, several temperatures: what each wrote, and what can be said about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from charlm.insight.observations import observe, parting
from charlm.insight.reading import Reader, thoughts
from charlm.settings import SamplingSettings
from charlm.text.traces import Traces

NO_TRACES = Traces()


@dataclass(frozen=True)
class Column:
    """What was written at one temperature. The last three facts are there when all is written."""

    temperature: float
    text: str  # what was written, without the start
    parts_at: int | None = None  # where `text` first differs from the left neighbour's; None: never, or no neighbour
    choices: float | None = None  # between how many characters it really chose
    known_words: float | None = None  # the share of its words that the model's text has; None where nobody can tell
    loop: str = ""  # the phrase it repeats, or nothing

    def grown(self, piece: str, left: "Column | None", left_piece: str) -> "Column":
        """The column with a piece more, beside its left neighbour as that was, and the piece that goes on there."""
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
    """Write `length` characters after the start at all temperatures at once, and then say what can be seen in them.

    The comparison grows piece by piece; the last one is finished and has all facts. An empty start begins a line.
    `traces` are those of the model's own text, `Traces.of(text)` or what its folder keeps
    (`RunFolder(folder).read_traces()`); without them nobody can tell which words are known. Raises UnknownCharacter and
    InvalidSetting.
    """
    start_text = model.vocabulary.normalized(start_text)
    asked = SamplingSettings(length=length, seed=seed)
    columns = tuple(Column(SamplingSettings(temperature).temperature, "") for temperature in temperatures)
    for pieces in model.compare(start_text, [column.temperature for column in columns], asked.length, asked.seed):
        columns = _grown(columns, pieces)
        yield Comparison(start_text, asked.seed, False, columns)
    seen = tuple(_seen(model, start_text, column, traces) for column in columns)
    yield Comparison(start_text, asked.seed, True, seen)


def _grown(columns: tuple[Column, ...], pieces: Sequence[str]) -> tuple[Column, ...]:
    neighbours = zip((None, *columns[:-1]), ("", *pieces[:-1]), strict=True)
    together = zip(columns, pieces, neighbours, strict=True)
    return tuple(column.grown(piece, left, left_piece) for column, piece, (left, left_piece) in together)


def _seen(model: Reader, start_text: str, column: Column, traces: Traces) -> Column:
    seen = observe(column.text, thoughts(model, start_text, column.text), column.temperature, traces)
    return replace(column, choices=seen.choices, known_words=seen.known_words, loop=seen.loop)
