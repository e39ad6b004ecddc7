"""Writes the README.md of an exported model: its model card on the Hugging Face Hub."""

import math
import shlex
import textwrap
from collections.abc import Sequence

from charlm.events import Event, SampleWritten, of_kind
from charlm.storage.card import Card

# Only the person who made the model can fill in the lines that begin with "# license" and "# language".
FRONT = """\
---
library_name: charlm
pipeline_tag: text-generation
tags:
- charlm
- character-level
- {cell}
# license: yours to choose, such as mit or cc-by-4.0; respect the rights in the text that the model learnt from
# language: the language of the text, such as en or es
---

"""
ABOUT = """\
# {name}

A character-level language model: a small recurrent network that learnt to spell one text, one character after the
other. charlm made it.

| | |
|---|---|
| text | {corpus}, {length:,} characters, sha256 `{sha256}` |
| alphabet | {alphabet:,} characters |
| network | {model}; {parameters:,} parameters |
| training | {training} |
| val_loss | {score} |
| made with | {versions} |
"""
USE = """
## Use it

    python -m charlm import {file} --out checkpoints/{folder}
    python -m charlm generate checkpoints/{folder} --temperature 0.2 0.7 1.2

`card.json` has the facts of the table in a form for programs, `events.jsonl` has the loss of every epoch.
`model.safetensors` holds the weights as plain numbers: opening it runs no code.
"""
EXPECT = """
## What to expect

The model knows one text and no facts. It may write passages of that text word for word, and more of them the longer it
learnt.
"""
SAMPLE = """
After epoch {epoch:.3g} it wrote:

{text}
"""


def markdown(card: Card, events: Sequence[Event], file: str) -> str:
    """The README.md for a model that is exported as a file with the name `file`."""
    use = USE.format(file=shlex.quote(_one_line(file)), folder=shlex.quote(_one_line(card.name)))
    return FRONT.format(cell=card.model.cell) + _table(card) + use + _expect(events)


def about(card: Card, events: Sequence[Event]) -> str:
    """What the model is, for a page on which it can be tried: the same without the lines for the Hub's models."""
    return "\n" + _table(card) + _expect(events)


def _table(card: Card) -> str:
    model, best = card.model, card.best
    return ABOUT.format(
        name=_one_line(card.name),
        corpus=_code(card.corpus.name),
        length=card.corpus.length,
        sha256=_one_line(card.corpus.sha256),
        alphabet=len(card.vocabulary),
        model=_listed(model.as_dict()),
        parameters=card.parameters,
        training=_listed(card.training.as_dict()),
        score="no epoch has been scored" if best is None else _score(best.val_loss, card.frequency_loss),
        versions=_listed(card.versions),
    )


def _expect(events: Sequence[Event]) -> str:
    return EXPECT + "".join(
        SAMPLE.format(epoch=s.epoch, text=textwrap.indent(s.text.strip("\n"), "    "))
        for s in of_kind(SampleWritten, events)[-1:]
    )


def _score(val_loss: float, frequency_loss: float) -> str:
    return (
        f"{val_loss:.3f} nats = {val_loss / math.log(2):.3f} bits per character, on the last tenth of the text, "
        f"which it did not learn from; guessing by letter frequencies has a loss of {frequency_loss:.3f} nats"
    )


def _listed(facts: dict) -> str:
    return _one_line(", ".join(f"{name} {value}" for name, value in facts.items() if value is not None))


def _code(text: str) -> str:
    return f"`{_one_line(text)}`"


def _one_line(text: str) -> str:
    """A text for one cell of a Markdown table, without the characters that would end the line, the cell or the code."""
    return " ".join(text.replace("`", "'").replace("|", "/").split())
