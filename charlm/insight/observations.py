"""What can be seen in a text, with a model's eyes: how freely it was chosen, how surprising it is, where two part."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from charlm.generation.temperature import entropy, probabilities
from charlm.text.traces import Traces

LONGEST_PHRASE = 120  # characters: a longer repetition is a song's refrain, not a loop
LEAST_REPEATED = 30  # characters that must come back, so that "hahaha" is no loop yet


@dataclass(frozen=True)
class Observation:
    """What is worth saying about one text."""

    choices: float  # between how many characters it really chose
    known_words: float | None  # the share of its words that its model's text has; None where that cannot be told
    loop: str  # the phrase it repeats, or nothing


def observe(written: str, logits: Iterable[np.ndarray], temperature: float, traces: Traces) -> Observation:
    """Look at a text and at the logits that its characters were chosen from, which are those of `choices`."""
    return Observation(choices(logits, temperature), traces.known(written), loop(written))


def choices(logits: Iterable[np.ndarray], temperature: float) -> float:
    """Between how many characters it really chose: exp of the mean entropy of its choices.

    `logits` (characters, vocab_size) are those it chose each character from, at once or in pieces. 1 is no choice at
    all, vocab_size a blind guess. Known as the perplexity of the distribution chosen from.
    """
    return float(np.exp(np.hstack([entropy(probabilities(piece, temperature)) for piece in logits]).mean()))


def surprisal(logits: np.ndarray, ids: np.ndarray) -> np.ndarray:
    """How little each character was expected, -log2 p, in bits: float64 (characters,).

    `logits` (characters, vocab_size) are those before each of the `ids` (characters,). The mean is the cross-entropy,
    what `evaluate` calls bits per character.
    """
    # From the logits, not from p: the smallest p are 0 in float64, and the logarithm of 0 is no number.
    above = logits.astype(np.float64) - logits.max(-1, keepdims=True)
    return (np.log(np.exp(above).sum(-1)) - above[np.arange(len(ids)), ids]) / np.log(2)


def parting(text: str, other: str) -> int | None:
    """The position of the first character in `text` that `other` does not have there; None while they go together."""
    return next((i for i, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), None)


def loop(text: str) -> str:
    """The phrase that comes at least three times in a row, the shortest there is; nothing where none does."""
    codes = np.array([ord(c) for c in text])
    for length in range(1, min(LONGEST_PHRASE, len(text) // 3) + 1):
        breaks = np.flatnonzero(codes[length:] != codes[:-length])
        edges = np.concatenate(([-1], breaks, [len(codes) - length]))
        longest = int(np.diff(edges).argmax())
        start = int(edges[longest]) + 1
        repeated = int(edges[longest + 1]) - start  # characters equal to those `length` before them
        if repeated >= max(2 * length, LEAST_REPEATED):
            return text[start : start + length]
    return ""
