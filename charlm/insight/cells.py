"""What goes on inside a network while it reads a text: every cell and every gate, after every character."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from charlm.errors import InvalidSetting
from charlm.insight.reading import readable
from charlm.languages import N_

if TYPE_CHECKING:
    from charlm.generation.language_model import LanguageModel


@dataclass(frozen=True, eq=False)
class Cells:
    """The inside of a network, character by character. Layers and cells are counted from 0.

    `shown` is what is drawn, between -1 and 1: tanh c of an LSTM, where c is the memory cell; h of a GRU and of a plain
    cell. A gate is between 0 (closed) and 1 (open).
    """

    text: str  # as the model read it, as the beginning of a line
    replaced: dict[str, str]  # unknown character -> the similar one that was read instead, "" if it was left out
    cell: str  # "lstm", "gru", "rnn"
    shown: np.ndarray  # float32 (layers, characters, units): after each character
    gates: dict[str, np.ndarray]  # float32 (layers, characters, units) each: input, forget, output; update, reset
    memory: np.ndarray  # float32 (layers, 1 + characters, units): c of an LSTM, else h; before each character, and last
    output: np.ndarray  # float32 (layers, 1 + characters, units): h, before each character, and last

    @property
    def layers(self) -> int:
        """How many recurrent layers there are."""
        return len(self.shown)

    @property
    def units(self) -> int:
        """How many cells each layer has."""
        return self.shown.shape[-1]

    def along(self, layer: int, cell: int) -> np.ndarray:
        """One cell over the text: float32 (characters,). Raises InvalidSetting if there is no such cell."""
        check_cell(self.layers, self.units, layer, cell)
        values: np.ndarray = self.shown[layer, :, cell]
        return values

    def gates_along(self, layer: int, cell: int | None = None) -> dict[str, np.ndarray]:
        """The gates of one cell over the text, or their mean over the layer: float32 (characters,) each."""
        check_cell(self.layers, self.units, layer, cell or 0)
        return {
            name: gate[layer].mean(-1) if cell is None else gate[layer, :, cell] for name, gate in self.gates.items()
        }


def read_cells(model: "LanguageModel", text: str) -> Cells:
    """Read a text as the beginning of a line and record every cell and every gate.

    Unknown characters are replaced by similar ones or left out. Raises UnknownCharacter if none is left.
    """
    from charlm.network import activations  # imported late, because TensorFlow takes seconds to start

    text, replaced = readable(model.vocabulary, text)
    ids = model.vocabulary.encode(model.line_start + text)
    windows = list(activations.read(model.network, ids[None]))

    def whole(part: str) -> np.ndarray:
        return np.stack(
            [np.concatenate([getattr(w[depth], part)[0] for w in windows]) for depth in range(len(windows[0]))]
        )

    def gate(name: str) -> np.ndarray:
        return np.stack(
            [np.concatenate([w[depth].gates[name][0] for w in windows]) for depth in range(len(windows[0]))]
        )

    gates = {name: gate(name)[:, 1:] for name in windows[0][0].gates}
    kind = model.card.model.cell
    return Cells(text, replaced, kind, whole("shown")[:, 1:], gates, whole("memory"), whole("output"))


def check_cell(layers: int, units: int, layer: int, cell: int) -> None:
    """Raises InvalidSetting if the network has no such cell."""
    if not (0 <= layer < layers and 0 <= cell < units):
        raise InvalidSetting(
            N_("There is no cell {cell} in layer {layer}."),
            N_("Expected a layer from 1 to {layers} and a cell from 0 to {last}."),
            N_("Choose another cell."),
            cell=cell,
            layer=layer + 1,
            layers=layers,
            last=units - 1,
        )
