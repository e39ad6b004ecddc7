"""How much each character of a text surprises a model."""

from dataclasses import dataclass

from charlm.generation.temperature import probabilities
from charlm.insight.observations import surprisal
from charlm.insight.reading import Reader, readable, thoughts


@dataclass(frozen=True)
class SurprisingCharacter:
    """A character, its surprise in bits, and the character that the model expected most."""

    character: str
    bits: float  # -log2 of its probability
    expected: str  # the likeliest character at that place
    expected_probability: float


@dataclass(frozen=True)
class Surprise:
    """The surprise of a model at a text, at temperature 1."""

    text: str  # as the model read it: in NFC, unknown characters replaced
    characters: tuple[SurprisingCharacter, ...]
    replaced: dict[str, str]  # unknown character -> the similar one that was read instead, "" if it was left out

    @property
    def total_bits(self) -> float:
        """The surprise of the whole text in bits."""
        return sum(c.bits for c in self.characters)

    @property
    def bits_per_character(self) -> float:
        """The mean, which is the cross-entropy of this text, in the unit that `evaluate` uses."""
        return self.total_bits / len(self.characters)


def surprise(model: Reader, text: str, *, replace_unknown: bool = True) -> Surprise:
    """Read a text as the beginning of a line and measure how much each character surprises the model.

    With `replace_unknown`, a character that the model never saw is replaced by a similar one, or left out if the model
    knows no similar one. Raises UnknownCharacter if the text has an unknown character that may not be replaced, or if
    no character is left.
    """
    text, replaced = readable(model.vocabulary, text, replace_unknown)
    ids, alphabet = model.vocabulary.encode(text), model.vocabulary.characters
    characters: list[SurprisingCharacter] = []
    for logits in thoughts(model, "", text):
        here = ids[len(characters) : len(characters) + len(logits)]
        facts = zip(here, surprisal(logits, here), logits.argmax(-1), probabilities(logits, 1.0).max(-1), strict=True)
        characters += [SurprisingCharacter(alphabet[i], float(b), alphabet[e], float(p)) for i, b, e, p in facts]
    return Surprise(text, tuple(characters), replaced)
