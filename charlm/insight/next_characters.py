"""What may come next, and how likely it is."""

from dataclasses import dataclass

from charlm.errors import InvalidSetting
from charlm.generation.temperature import likeliest_first, probabilities
from charlm.insight.reading import Reader
from charlm.settings import SamplingSettings


@dataclass(frozen=True)
class NextCharacter:
    """A character and its chances."""

    character: str
    id: int
    probability: float  # as the network thinks, at temperature 1
    heated: float  # as it would be drawn, at the temperature and the top_k that were asked for


def next_characters(
    model: Reader, start_text: str, temperature: float = 1.0, top_k: int = 0, count: int | None = None
) -> tuple[NextCharacter, ...]:
    """The characters that may come after the start, the likeliest first.

    `top_k` leaves only that many to draw from, 0 leaves all; `count` is how many are told, None for all. An empty start
    begins a line. Raises UnknownCharacter and InvalidSetting.
    """
    settings = SamplingSettings(temperature)
    top_k, told = _whole("top_k", top_k), None if count is None else _whole("count", count)
    logits = model.next_logits(start_text)
    likely, heated = probabilities(logits, 1.0), probabilities(logits, settings.temperature, top_k)
    return tuple(
        NextCharacter(model.vocabulary.characters[i], int(i), float(likely[i]), float(heated[i]))
        for i in likeliest_first(logits)[:told]
    )


def _whole(name: str, value: float) -> int:
    if not value >= 0 or value != value // 1:
        raise InvalidSetting(f"{name} is {value}.", "Expected a whole number from 0.", f"Choose another {name}.")
    return int(value)
