"""The network part by part: what goes in, what comes out, and how many numbers each part has learnt."""

import math
from dataclasses import dataclass

from charlm.network.weights import GATES, shapes
from charlm.settings import ModelSettings


@dataclass(frozen=True)
class Part:
    """One part of the network. The sizes are those of a single character."""

    name: str  # "ids", "embedding", "recurrent 1" ..., "dense"
    takes: int  # numbers that go in; 1 is an id
    gives: int  # numbers that come out
    gates: int  # matrices side by side: an LSTM has 3 gates and the candidate; 0 where there are none
    arrays: dict[str, tuple[int, ...]]  # name and shape of what it has learnt
    parameters: int  # numbers in these arrays


def parts(vocab_size: int, settings: ModelSettings) -> tuple[Part, ...]:
    """The parts in the order in which a character goes through them. Their parameters add up to the card's count."""
    named, units, embedded = shapes(vocab_size, settings), settings.rnn_units, settings.embedding_dim

    def part(name: str, prefix: str, takes: int, gives: int, gates: int = 0) -> Part:
        arrays = {key.removeprefix(prefix): shape for key, shape in named.items() if key.startswith(prefix)}
        return Part(name, takes, gives, gates, arrays, sum(map(math.prod, arrays.values())))

    layers = [
        part(f"recurrent {k + 1}", f"recurrent.{k}.", units if k else embedded, units, GATES[settings.cell])
        for k in range(settings.layers)
    ]
    ids, embedding = Part("ids", 1, 1, 0, {}, 0), part("embedding", "embedding.", vocab_size, embedded)
    return (ids, embedding, *layers, part("dense", "dense.", units, vocab_size))
