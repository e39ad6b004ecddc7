"""A toy that stands for a language model: what may come next depends on one character, and stands in a table."""

import numpy as np
import pytest

from charlm.generation.temperature import dice, fall, probabilities
from charlm.text.vocabulary import Vocabulary

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
        texts = [""] * len(temperatures)
        for at, number in enumerate(dice(seed, length)):
            for i, temperature in enumerate(temperatures):
                chances = probabilities(self.next_logits(start_text + texts[i]), temperature)
                texts[i] += self.vocabulary.characters[fall(chances, number)[0]]
            if (at + 1) % PIECE == 0 or at + 1 == length:
                yield tuple(text[at - at % PIECE :] for text in texts)


@pytest.fixture(scope="session")
def toy():
    return Toy("\nthe cat sat on the hat\nthe rat ran to the café\n")


@pytest.fixture
def toy_of():
    return Toy
