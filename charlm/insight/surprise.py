"""How little a model expected each character of a text."""

from dataclasses import dataclass

from charlm.errors import UnknownCharacter
from charlm.generation.temperature import probabilities
from charlm.insight.observations import surprisal
from charlm.insight.reading import Reader, thoughts
from charlm.text.vocabulary import Vocabulary


@dataclass(frozen=True)
class SurprisingCharacter:
    """A character, how little it was expected, and the one that was expected most."""

    character: str
    bits: float  # -log2 of its probability
    expected: str  # the likeliest at that place
    expected_probability: float


@dataclass(frozen=True)
class Surprise:
    """A text with a model's eyes, at temperature 1."""

    text: str  # as it was read: in NFC, unknown characters replaced
    characters: tuple[SurprisingCharacter, ...]
    replaced: dict[str, str]  # unknown -> the near one read in its place, "" where it was left out

    @property
    def total_bits(self) -> float:
        """The surprise of the whole text in bits."""
        return sum(c.bits for c in self.characters)

    @property
    def bits_per_character(self) -> float:
        """The mean: the cross-entropy of this text, as `evaluate` counts it."""
        return self.total_bits / len(self.characters)


def surprise(model: Reader, text: str, *, replace_unknown: bool = True) -> Surprise:
    """Read a text as the beginning of a line and say of each character how little it was expected.

    A character that the model never saw is replaced by a near one, or left out where none is near. Raises
    UnknownCharacter where nothing is left of the text, and for any such character without `replace_unknown`.
    """
    text, replaced = _readable(model.vocabulary, text, replace_unknown)
    ids, alphabet = model.vocabulary.encode(text), model.vocabulary.characters
    characters: list[SurprisingCharacter] = []
    for logits in thoughts(model, "", text):
        here = ids[len(characters) : len(characters) + len(logits)]
        facts = zip(here, surprisal(logits, here), logits.argmax(-1), probabilities(logits, 1.0).max(-1), strict=True)
        characters += [SurprisingCharacter(alphabet[i], float(b), alphabet[e], float(p)) for i, b, e, p in facts]
    return Surprise(text, tuple(characters), replaced)


def _readable(vocabulary: Vocabulary, text: str, replace_unknown: bool) -> tuple[str, dict[str, str]]:
    text, replaced = vocabulary.normalized(text), dict[str, str]()
    if replace_unknown:
        text, replaced = vocabulary.replace_unknown(text)
    if not text:
        raise UnknownCharacter(
            f"The model never saw {', '.join(map(repr, replaced))}." if replaced else "The text is empty.",
            "Expected at least one character that the model knows, or one that is near to such a character.",
            "Give it another text, or ask another model.",
        )
    return text, replaced
