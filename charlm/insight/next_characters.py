"""The characters that may come next, and how likely each one is."""

from dataclasses import dataclass as plain_dataclass

from pydantic import Field
from pydantic.dataclasses import dataclass

from charlm.generation.temperature import likeliest_first, probabilities
from charlm.insight.reading import Reader
from charlm.languages import N_
from charlm.records import STRICT, Checked
from charlm.settings import SamplingSettings
from charlm.text.vocabulary import LARGEST_ALPHABET


@plain_dataclass(frozen=True)
class NextCharacter:
    """A character and its probabilities."""

    character: str
    id: int
    probability: float  # of the network, at temperature 1
    heated: float  # with which it would be drawn, at the temperature and the top_k of the caller


@dataclass(frozen=True, config=STRICT)
class Offer(Checked):
    """How many characters may be drawn, and how many of them the function returns."""

    top_k: int = Field(default=0, ge=0, le=LARGEST_ALPHABET, description=N_("characters to draw from; 0 is all"))
    count: int | None = Field(
        default=None, ge=0, le=LARGEST_ALPHABET, description=N_("characters to return; None is all")
    )


def next_characters(
    model: Reader, start_text: str, temperature: float = 1.0, top_k: int = 0, count: int | None = None
) -> tuple[NextCharacter, ...]:
    """The characters that may come after the start, the likeliest first.

    Only the `top_k` likeliest characters can be drawn, or all of them with 0. The function returns the first `count`
    characters, or all of them with None. With an empty start the model begins a new line. Raises UnknownCharacter and
    InvalidSetting.
    """
    settings = SamplingSettings(temperature)
    offer = Offer(top_k, count)
    logits = model.next_logits(start_text)
    likely, heated = probabilities(logits, 1.0), probabilities(logits, settings.temperature, offer.top_k)
    return tuple(
        NextCharacter(model.vocabulary.characters[i], int(i), float(likely[i]), float(heated[i]))
        for i in likeliest_first(logits)[: offer.count]
    )
