"""Measures of a text: how many choices the model had, how surprising the text is, whether it repeats itself."""

from dataclasses import dataclass

import numpy as np

from charlm.text.traces import Traces

LONGEST_PHRASE = 120  # characters: a longer phrase that comes back is a refrain, not a loop
LEAST_REPEATED = 30  # characters that must be repetition: "hahaha" is too short to be a loop


@dataclass(frozen=True)
class Observation:
    """The facts about one written text."""

    choices: float  # the perplexity: between how many characters the model really chose
    known_words: float | None  # share of the words that the training text has too; None without its traces
    loop: str  # the phrase that the text repeats, "" for none


def observe(written: str, entropies: np.ndarray, traces: Traces) -> Observation:
    """Measure a written text. `entropies` (characters,) tell how open the choice of each character was, in nats."""
    return Observation(choices(entropies), traces.known(written), loop(written))


def choices(entropies: np.ndarray) -> float:
    """Between how many characters the model really chose: exp of the mean entropy, known as the perplexity.

    1 means that the model had no choice, vocab_size means a blind guess.
    """
    return float(np.exp(np.asarray(entropies, np.float64).mean()))


def surprisal(logits: np.ndarray, ids: np.ndarray) -> np.ndarray:
    """How little each character was expected, -log2 p, in bits: float64 (characters,).

    Each row of `logits` (characters, vocab_size) predicts one of the `ids` (characters,). The mean is the
    cross-entropy, which `evaluate` calls bits per character.
    """
    # Computed from the logits and not from p, because a very small p is 0 in float64 and 0 has no logarithm.
    above = logits.astype(np.float64) - logits.max(-1, keepdims=True)
    return (np.log(np.exp(above).sum(-1)) - above[np.arange(len(ids)), ids]) / np.log(2)


def parting(text: str, other: str) -> int | None:
    """The first position at which the two texts differ; None if one is the beginning of the other."""
    return next((i for i, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), None)


def loop(text: str) -> str:
    """The shortest phrase that comes at least three times in a row, or "" if there is none."""
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
