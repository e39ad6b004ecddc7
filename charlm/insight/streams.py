"""A long text, cut into streams that are read side by side: faster than one after the other."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

SIZES = ((1, 0), (8, 1_000), (32, 8_000))  # streams, and how long a text must be for so many
WINDOW = 64  # characters of each stream in a step
WARM_UP = 64  # the first characters of a stream do not count, because the network has read too little before them


class Window(NamedTuple):
    """Some characters of each stream, (streams, WINDOW) each."""

    inputs: np.ndarray  # int32 ids
    targets: np.ndarray  # int32: the id that follows
    places: np.ndarray  # where the inputs are in the text
    counts: np.ndarray  # bool: not a stream's beginning, not behind the text's end, and followed by a character


def windows(ids: np.ndarray) -> Iterator[Window]:
    """The windows of all streams of a text, int32 (characters,), in order. The state is carried from one to the next.

    The first stream begins where the text begins, so there every character counts.
    """
    streams = max(n for n, least in SIZES if len(ids) >= least)
    width = max(1, -(-len(ids) // streams // WINDOW)) * WINDOW
    begins = np.arange(streams)[:, None] * width
    padded = np.pad(ids, (0, streams * width + 1 - len(ids)))
    for at in range(0, width, WINDOW):
        places = begins + at + np.arange(WINDOW)  # (streams, WINDOW)
        counts = (places < len(ids) - 1) & ((begins == 0) | (places - begins >= WARM_UP))
        yield Window(padded[places], padded[places + 1], places, counts)
