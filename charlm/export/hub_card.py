"""Writes the README.md of an exported model, in the reader's language: its model card on the Hugging Face Hub."""

import math
import shlex
import textwrap
from collections.abc import Iterator, Sequence

from charlm.events import EpochFinished, Event, SampleWritten, of_kind
from charlm.languages import N_, NN_, say
from charlm.storage.card import Card
from charlm.text.built_in import LANGUAGES

# What the Hub reads. Only the person who made the model can fill in a line that begins with #.
FRONT = """\
---
library_name: charlm
pipeline_tag: text-generation
tags:
- charlm
- character-level
- {cell}
# license: {license}
{language}
---

"""
LICENSE = N_("yours to choose, such as mit or cc-by-4.0; respect the rights in the text that the model learnt from")
LANGUAGE = N_("the language of the text, such as en or es")

ABOUT = N_(
    "A character-level language model: a small recurrent network that learnt to spell one text, one character after "
    "the other. charlm made it."
)
TEXT_LENGTH = NN_("{count:,} character", "{count:,} characters")
NETWORK = N_("{settings}; {count:,} parameters")
SCORE = N_(
    "{nats:.3f} nats = {bits:.3f} bits per character, on the last tenth of the text, which it did not learn from; "
    "guessing by letter frequencies has a loss of {guessing:.3f} nats"
)
NO_SCORE = N_("no epoch has been scored")

USE = N_("Use it")
USE_COMMANDS = """\
    python -m charlm import {file} --out checkpoints/{folder}
    python -m charlm generate checkpoints/{folder} --temperature 0.2 0.7 1.2"""
FILES = N_(
    "`card.json` has the facts of the table in a form for programs, `events.jsonl` has the loss of every epoch. "
    "`model.safetensors` holds the weights as plain numbers: opening it runs no code."
)
EXPECT = N_("What to expect")
BY_HEART = N_(
    "The model knows one text and no facts. It may write passages of that text word for word, and more of them the "
    "longer it learnt."
)
SAMPLE = N_("After epoch {epoch:.3g} it wrote:")
WIDTH = 120  # characters in a line


def markdown(card: Card, events: Sequence[Event], file: str) -> str:
    """The README.md for a model that is exported as a file with the name `file`."""
    known = LANGUAGES.get(card.corpus.sha256)
    front = FRONT.format(
        cell=card.model.cell,
        license=say(LICENSE),
        language=f"language: {known}" if known else f"# language: {say(LANGUAGE)}",
    )
    return front + _joined([*_about(card), *_use(card, file), *_expect(events)])


def about(card: Card, events: Sequence[Event]) -> str:
    """What the model is, for a page on which it can be tried: the same without the lines for the Hub's models."""
    return "\n" + _joined([*_about(card), *_expect(events)])


def _about(card: Card) -> Iterator[str]:
    yield f"# {_one_line(card.name)}"
    yield _paragraph(say(ABOUT))
    yield "\n".join(("| | |", "|---|---|", *(f"| {say(name)} | {fact} |" for name, fact in _facts(card))))


def _facts(card: Card) -> Iterator[tuple[str, str]]:
    """The rows of the table."""
    corpus, alphabet = card.corpus, len(card.vocabulary)
    length = say(TEXT_LENGTH, count=corpus.length)
    yield N_("text"), f"{_code(corpus.name)}, {length}, sha256 `{_one_line(corpus.sha256)}`"
    yield N_("alphabet"), say(TEXT_LENGTH, count=alphabet)
    yield N_("network"), say(NETWORK, settings=_listed(card.model.as_dict()), count=card.parameters)
    yield N_("training"), _listed(card.training.as_dict())
    yield "val_loss", _score(card.best, card.frequency_loss)
    yield N_("made with"), _listed(card.versions)


def _use(card: Card, file: str) -> Iterator[str]:
    yield f"## {say(USE)}"
    names = {"file": file, "folder": card.name}
    yield USE_COMMANDS.format(**{name: shlex.quote(_one_line(value)) for name, value in names.items()})
    yield _paragraph(say(FILES))


def _expect(events: Sequence[Event]) -> Iterator[str]:
    yield f"## {say(EXPECT)}"
    yield _paragraph(say(BY_HEART))
    for sample in of_kind(SampleWritten, events)[-1:]:
        yield say(SAMPLE, epoch=sample.epoch)
        yield textwrap.indent(sample.text.strip("\n"), "    ")


def _score(best: EpochFinished | None, guessing: float) -> str:
    if best is None:
        return say(NO_SCORE)
    return say(SCORE, nats=best.val_loss, bits=best.val_loss / math.log(2), guessing=guessing)


def _joined(parts: Sequence[str]) -> str:
    return "\n\n".join(parts) + "\n"


def _paragraph(sentences: str) -> str:
    return textwrap.fill(sentences, WIDTH, break_long_words=False, break_on_hyphens=False)


def _listed(facts: dict) -> str:
    return _one_line(", ".join(f"{name} {value}" for name, value in facts.items() if value is not None))


def _code(text: str) -> str:
    return f"`{_one_line(text)}`"


def _one_line(text: str) -> str:
    """A text for one cell of a Markdown table, without the characters that would end the line, the cell or the code."""
    return " ".join(text.replace("`", "'").replace("|", "/").split())
