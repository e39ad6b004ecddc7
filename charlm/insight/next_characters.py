"""What may come next, and how likely it is."""

from dataclasses import dataclass as plain_dataclass

from pydantic import Field
from pydantic.dataclasses import dataclass

from charlm.generation.temperature import likeliest_first, probabilities
from charlm.insight.reading import Reader
from charlm.records import STRICT, Checked
from charlm.settings import SamplingSettings
from charlm.text.corpus import LARGEST_ALPHABET


@plain_dataclass(frozen=True)
class NextCharacter:
    """A character and its chances."""

    character: str
    id: int
    probability: float  # as the network thinks, at temperature 1
    heated: float  # as it would be drawn, at the temperature and the top_k that were asked for


@dataclass(frozen=True, config=STRICT)
class Offer(Checked):
    """How many characters are drawn from, and how many are told."""

    top_k: int = Field(default=0, ge=0, le=LARGEST_ALPHABET, description="characters to draw from; 0 is all")
    count: int | None = Field(default=None, ge=0, le=LARGEST_ALPHABET, description="characters to tell; None is all")


def next_characters(
    model: Reader, start_text: str, temperature: float = 1.0, top_k: int = 0, count: int | None = None
) -> tuple[NextCharacter, ...]:
    """The characters that may come after the start, the likeliest first.

    `top_k` leaves only that many to draw from, 0 leaves all; `count` is how many are told, None for all. An empty start
    begins a line. Raises UnknownCharacter and InvalidSetting.
    """
    settings = SamplingSettings(temperature)
    offer = Offer(top_k, count)
    logits = model.next_logits(start_text)
    likely, heated = probabilities(logits, 1.0), probabilities(logits, settings.temperature, offer.top_k)
    return tuple(
        NextCharacter(model.vocabulary.characters[i], int(i), float(likely[i]), float(heated[i]))
        for i in likeliest_first(logits)[: offer.count]
    )
