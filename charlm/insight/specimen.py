"""A text on which a model is examined: the part of its own text that it did not learn from, another text, its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from charlm.insight.reading import readable
from charlm.presets import held_out
from charlm.text.corpus import Corpus, read_corpus

if TYPE_CHECKING:
    from charlm.generation.language_model import LanguageModel

LONGEST = 100_000  # characters
WRITTEN = 6_000  # characters that a model writes when there is no text at all
AT_HAND = ("lamplighter", "molino")  # built-in texts that need no network

Source = Literal["held out", "given", "written"]


@dataclass(frozen=True)
class Specimen:
    """A text that the model can read, and where it comes from."""

    text: str
    source: Source  # "held out": it never learnt from it; "given": any other text; "written": by the model itself
    name: str = ""  # of the text


def specimen(model: "LanguageModel", corpus: Corpus | None = None, longest: int = LONGEST) -> Iterator[Specimen]:
    """Find a text for a model. Yields what there is so far, because writing one takes seconds; the last one counts.

    Of the text that the model learnt, this is the held-out part, of any other text the beginning. Without a text it is
    the built-in one that the model learnt, or else what the model writes. Raises UnknownCharacter.
    """
    found = text_at_hand(model, corpus, longest)
    yield from _written(model, min(WRITTEN, longest)) if found is None else [found]


def text_at_hand(model: "LanguageModel", corpus: Corpus | None = None, longest: int = LONGEST) -> Specimen | None:
    """The same without writing: None if there is no text. Raises UnknownCharacter."""
    own = model.card.corpus.sha256
    corpus = corpus or next((text for text in map(read_corpus, AT_HAND) if text.sha256 == own), None)
    if corpus is None:
        return None
    learnt = corpus.sha256 == own
    text = corpus.text[-held_out(len(corpus.text)) :] if learnt else corpus.text
    text, _ = readable(model.vocabulary, text[:longest])
    return Specimen(text, "held out" if learnt else "given", corpus.name)


def _written(model: "LanguageModel", length: int) -> Iterator[Specimen]:
    text = ""
    for (piece,) in model.compare("", [1.0], length, seed=0):
        text += piece
        yield Specimen(text, "written", model.card.name)
