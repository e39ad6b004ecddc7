"""A toy that stands for a language model: what may come next depends on one character, and stands in a table."""

from collections import namedtuple

import numpy as np
import pytest

from charlm.generation.temperature import dice, entropy, fall, probabilities
from charlm.text.vocabulary import Vocabulary

Piece = namedtuple("Piece", "text entropy")
PIECE = 5  # characters it writes, and reads, at a time


class Toy:
    """Thinks of each character as often as it followed the one before in its text; no network is in it."""

    def __init__(self, text):
        self.vocabulary = Vocabulary.of(text)
        self.line_start = "\n" if "\n" in self.vocabulary else self.vocabulary.characters[0]
        ids, size = self.vocabulary.encode(text), len(self.vocabulary)
        counts = np.full((size, size), 0.01)
        np.add.at(counts, (ids[:-1], ids[1:]), 1)
        self.table = np.log(counts / counts.sum(-1, keepdims=True)).astype(np.float32)

    def read(self, ids):
        for at in range(0, len(ids), PIECE):
            yield self.table[ids[at : at + PIECE]]

    def next_logits(self, text):
        return self.table[self.vocabulary.encode(self.vocabulary.normalized(text) or self.line_start)[-1]]

    def compare(self, start_text, temperatures, length, seed):
        for pieces in self.write(start_text, temperatures, length, seed):
            yield tuple(piece.text for piece in pieces)

    def write(self, start_text, temperatures, length, seed):
        texts, freedom = [""] * len(temperatures), [[] for _ in temperatures]
        for at, number in enumerate(dice(seed, length)):
            for i, temperature in enumerate(temperatures):
                chances = probabilities(self.next_logits(start_text + texts[i]), temperature)
                texts[i] += self.vocabulary.characters[fall(chances, number)[0]]
                freedom[i].append(entropy(chances))
            if (at + 1) % PIECE == 0 or at + 1 == length:
                new = slice(at - at % PIECE, None)
                yield tuple(Piece(text[new], np.array(f[new])) for text, f in zip(texts, freedom, strict=True))


@pytest.fixture(scope="session")
def toy():
    return Toy("\nthe cat sat on the hat\nthe rat ran to the café\n")


@pytest.fixture
def toy_of():
    return Toy
