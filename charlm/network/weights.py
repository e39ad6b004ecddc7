"""The weights as plain numbers: their names and shapes, computed without a network, and their bytes in a file.

    embedding.embeddings            (vocab_size, embedding_dim)
    recurrent.0.kernel              (embedding_dim, gates * rnn_units); of a layer above: (rnn_units, ...)
    recurrent.0.recurrent_kernel    (rnn_units, gates * rnn_units)
    recurrent.0.bias                (gates * rnn_units,); Keras' GRU has two: (2, gates * rnn_units)
    dense.kernel                    (rnn_units, vocab_size)
    dense.bias                      (vocab_size,)

The bytes are in the safetensors format: a header in JSON with the name, type, shape and place of every array; then the
numbers, one after the other, and nothing else.
"""

import math
import struct
from collections.abc import Sequence

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from charlm.languages import N_, Told
from charlm.settings import ModelSettings

GATES = {"lstm": 4, "gru": 3, "rnn": 1}
BYTES = 4  # per number, float32
# Most bytes before the numbers: 8 for the length of the header, then the header, which takes about 1,000 in charlm.
LARGEST_START = 2**14

Shape = tuple[int, ...]


def shapes(vocab_size: int, settings: ModelSettings) -> dict[str, Shape]:
    """The name and shape of every array of weights, in the order in which the network has them."""
    units, gates = settings.rnn_units, GATES[settings.cell] * settings.rnn_units
    named: dict[str, Shape] = {"embedding.embeddings": (vocab_size, settings.embedding_dim)}
    for depth in range(settings.layers):
        named[f"recurrent.{depth}.kernel"] = (units if depth else settings.embedding_dim, gates)
        named[f"recurrent.{depth}.recurrent_kernel"] = (units, gates)
        named[f"recurrent.{depth}.bias"] = (2, gates) if settings.cell == "gru" else (gates,)
    return named | {"dense.kernel": (units, vocab_size), "dense.bias": (vocab_size,)}


def size(expected: dict[str, Shape]) -> int:
    """How many bytes the numbers take."""
    return BYTES * sum(map(math.prod, expected.values()))


def to_bytes(arrays: Sequence[np.ndarray], expected: dict[str, Shape]) -> bytes:
    """The bytes of the arrays, which are in the order of the names in `expected`."""
    # safetensors copies the memory of an array as it is, so the array has to be contiguous.
    return save({name: np.ascontiguousarray(a, np.float32) for name, a in zip(expected, arrays, strict=True)})


def from_bytes(content: bytes, expected: dict[str, Shape]) -> dict[str, np.ndarray]:
    """The float32 arrays by name, in order. Raises ValueError if names or shapes differ or a number is not finite."""
    (header,) = struct.unpack_from("<Q", content.ljust(8))
    if 8 + header > LARGEST_START or len(content) != 8 + header + size(expected):
        raise ValueError(N_("the weights are not as long as the card says"))
    try:
        arrays = load(content)
    except (SafetensorError, KeyError) as error:
        raise ValueError(Told(N_("the weights cannot be read: {error}"), error=error)) from error
    found = {name: (array.dtype.name, array.shape) for name, array in arrays.items()}
    if found != {name: ("float32", shape) for name, shape in expected.items()}:
        raise ValueError(N_("the weights have other names, types or shapes than the card says"))
    if not all(np.isfinite(array).all() for array in arrays.values()):
        raise ValueError(N_("the weights hold numbers that are not finite"))
    return {name: arrays[name] for name in expected}
