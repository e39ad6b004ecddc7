"""What goes on in the recurrent layers while the network reads: states and gates, character by character.

The loops are those of `scan.py`, with the weights as arguments. So a model needs no program of its own: networks with
the same cell, the same number of units and as many texts at a time share one.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from charlm.network import recurrence
from charlm.network.backend import tf
from charlm.network.model import CharacterModel
from charlm.network.recurrence import State

GATES = {"lstm": ["input", "forget", "output"], "gru": ["update", "reset"], "rnn": []}
WINDOW = 64  # characters of each text that are read in one call


class Layer(NamedTuple):
    """One layer while it read: float32 (rows, time, rnn_units) each, after each character."""

    memory: np.ndarray  # what the cell keeps: c of an LSTM, h of a GRU or a plain cell
    shown: np.ndarray  # the same between -1 and 1: tanh c of an LSTM, h elsewhere
    output: np.ndarray  # h, which the next layer reads
    gates: dict[str, np.ndarray]  # between 0 and 1: input, forget, output; or update, reset; or none


def read(network: CharacterModel, ids: np.ndarray, state: State | None = None) -> Iterator[list[Layer]]:
    """Read texts side by side: int32 (rows, time). Yields what went on in every layer, WINDOW characters at a time.

    Without a state the network begins from zero.
    """
    rows, time = ids.shape
    state = network.zero_state(rows) if state is None else state
    for at in range(0, time, WINDOW):
        part = ids[:, at : at + WINDOW]
        padded = np.pad(part, ((0, 0), (0, WINDOW - part.shape[1])))  # at the end, so it changes nothing before it
        layers, state = _window(network, padded, state)
        yield [_cut(layer, part.shape[1]) for layer in layers]


def logits(network: CharacterModel, output: np.ndarray) -> np.ndarray:
    """The logits (..., vocab_size) that follow from the output (..., rnn_units) of the last layer."""
    return output @ network.dense.kernel.numpy() + network.dense.bias.numpy()


def read_shown(network: CharacterModel, ids: np.ndarray, state: State) -> tuple[list[np.ndarray], State]:
    """Only `Layer.shown` of every layer, for one window of ids (rows, time), and the state after it; this is faster."""
    cell = network.settings.cell
    shown, after = [], []
    for outputs, carried, kept in _run(network, ids, state, ["tanh c"] if cell == "lstm" else []):
        shown.append(_rows_first(kept["tanh c"]) if kept else np.swapaxes(outputs.numpy(), 0, 1))
        after.append(carried)
    return shown, tuple(after)


def _window(network: CharacterModel, ids: np.ndarray, state: State) -> tuple[list[Layer], State]:
    names = GATES[network.settings.cell] + ["c before", "tanh c"] * (network.settings.cell == "lstm")
    layers, after = [], []
    for outputs, carried, kept in _run(network, ids, state, names):
        h = np.swapaxes(outputs.numpy(), 0, 1)
        gates = {name: _rows_first(kept[name]) for name in GATES[network.settings.cell]}
        memory = shown = h
        if "tanh c" in kept:
            memory = np.concatenate([_rows_first(kept["c before"])[:, 1:], carried[1].numpy()[:, None]], axis=1)
            shown = _rows_first(kept["tanh c"])
        layers.append(Layer(memory, shown, h, gates))
        after.append(carried)
    return layers, tuple(after)


def _run(network: CharacterModel, ids: np.ndarray, state: State, names: list[str]) -> Iterator[tuple]:
    """Outputs, next state and what was kept, of each layer. Every number of rows and of characters has a program."""
    x = tf.gather(tf.convert_to_tensor(network.embedding.embeddings), ids.T)  # (time, rows, embedding_dim)
    for layer, before in zip(network.recurrent, state, strict=True):
        x, carried, kept = recurrence.run_recorded(layer, x, before, names)
        yield x, carried, kept


def _rows_first(kept: tf.Tensor) -> np.ndarray:
    """(time, rnn_units, rows) to (rows, time, rnn_units)."""
    return np.ascontiguousarray(kept.numpy().transpose(2, 0, 1))


def _cut(layer: Layer, time: int) -> Layer:
    memory, shown, output = (part[:, :time] for part in layer[:3])
    return Layer(memory, shown, output, {name: gate[:, :time] for name, gate in layer.gates.items()})
