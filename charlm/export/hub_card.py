"""What stands about a model on the Hugging Face Hub: the README.md that travels with it."""

import math
import shlex
import textwrap
from collections.abc import Sequence

from charlm.events import Event, SampleWritten, of_kind
from charlm.storage.card import Card

# What nobody but its maker can say is left open.
TEMPLATE = """\
---
library_name: charlm
pipeline_tag: text-generation
tags:
- charlm
- character-level
- {cell}
# license: yours to choose, such as mit or cc-by-4.0; mind the rights in the text it learnt from
# language: that of the text, such as en or es
---

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

## Use it

    python -m charlm import {file} --out checkpoints/{folder}
    python -m charlm generate checkpoints/{folder} --temperature 0.2 0.7 1.2

`card.json` says all of the above for programs, `events.jsonl` has the loss of every epoch. `model.safetensors` holds
the weights as plain numbers: opening it runs nothing.

## What to expect

It knows one text and no facts. It may write passages of that text word for word, the more so the longer it learnt.
{sample}"""
SAMPLE = """
After epoch {epoch:.3g} it wrote:

{text}
"""


def markdown(card: Card, events: Sequence[Event], file: str) -> str:
    """The README.md of a model that is handed out as the file of that name."""
    model, best = card.model, card.best
    return TEMPLATE.format(
        cell=model.cell,
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
        file=shlex.quote(_one_line(file)),
        folder=shlex.quote(_one_line(card.name)),
        sample="".join(
            SAMPLE.format(epoch=s.epoch, text=textwrap.indent(s.text.strip("\n"), "    "))
            for s in of_kind(SampleWritten, events)[-1:]
        ),
    )


def _score(val_loss: float, frequency_loss: float) -> str:
    return (
        f"{val_loss:.3f} nats = {val_loss / math.log(2):.3f} bits per character, on the last tenth of the text, "
        f"which it did not learn from; guessing by letter frequencies costs {frequency_loss:.3f} nats"
    )


def _listed(facts: dict) -> str:
    return _one_line(", ".join(f"{name} {value}" for name, value in facts.items() if value is not None))


def _code(text: str) -> str:
    return f"`{_one_line(text)}`"


def _one_line(text: str) -> str:
    """A name as a part of a line in a table: nothing in it ends the line, the cell or the code."""
    return " ".join(text.replace("`", "'").replace("|", "/").split())
