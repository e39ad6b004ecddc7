"""What is kept of a text beside the model that learnt it: its words, and how some of its lines begin."""

import json
import re
from dataclasses import dataclass
from typing import Self

import numpy as np

from charlm.errors import CheckpointDamaged
from charlm.languages import N_

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
BEGINNING = re.compile(r"^\S+(?:[ \t]+\S+)?", re.MULTILINE)  # the first two words of a line
BEGINNINGS = 200  # kept, from all over the text


@dataclass(frozen=True)
class Traces:
    """A text's words, each once and without capitals, and the beginnings of some of its lines."""

    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> Self:
        """The traces of a text."""
        beginnings = list(dict.fromkeys(BEGINNING.findall(text)))
        spread = np.unique(np.linspace(0, len(beginnings) - 1, BEGINNINGS).astype(int)) if beginnings else ()
        return cls(frozenset(w.casefold() for w in WORD.findall(text)), tuple(beginnings[i] for i in spread))

    def beginning(self, seed: int) -> str:
        """The beginning of a line, drawn; nothing of a text without lines."""
        return np.random.default_rng(seed).choice(self.beginnings).item() if self.beginnings else ""

    def known(self, written: str) -> float | None:
        """The share of the words in `written` that the text has too; None where there are none to tell by.

        A last word is left out where the writing broke off in it.
        """
        if not self.words:
            return None
        words = [m.group().casefold() for m in WORD.finditer(written) if m.end() < len(written)]
        return sum(w in self.words for w in words) / len(words) if words else None

    def to_json(self) -> str:
        """The text of traces.json."""
        return json.dumps({"beginnings": self.beginnings, "words": sorted(self.words)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The traces of a traces.json. Raises CheckpointDamaged for anything else."""
        try:
            values = json.loads(text)
            return cls(frozenset(map(str, values["words"])), tuple(map(str, values["beginnings"])))
        except (ValueError, KeyError, TypeError) as error:
            raise CheckpointDamaged(
                N_("What is kept of the text cannot be read ({error!r})."),
                N_("Expected the traces.json that charlm wrote."),
                N_("Delete it: the model writes without it."),
                error=error,
            ) from error
