"""The sizes of a network and of the windows it learns from, and how much arithmetic an update of it is."""

from dataclasses import dataclass

GATES = {"lstm": 4, "gru": 3, "rnn": 1}


@dataclass(frozen=True)
class Shape:
    """What every contestant is given."""

    units: int
    batch_size: int = 64
    seq_length: int = 100
    cell: str = "lstm"
    embedding_dim: int = 64
    layers: int = 1
    dropout: float = 0.0
    vocabulary: int = 65  # characters, as many as tiny-shakespeare has
    preset: str = ""  # whose optimizer charlm takes; of no preset: that of balanced

    @property
    def title(self) -> str:
        """The shape in words."""
        depth = f"{self.layers} x " if self.layers > 1 else ""
        sizes = f"{self.cell}, {depth}{self.units} units, {self.batch_size} x {self.seq_length}"
        return f"{self.preset}: {sizes}" if self.preset else sizes

    @property
    def characters(self) -> int:
        """The characters of an update."""
        return self.batch_size * self.seq_length

    @property
    def operations(self) -> int:
        """The floating-point operations of an update, counted plainly: only the products of matrices.

        Forward, each weight of a matrix is multiplied and added once for each character; backward it is twice as much,
        once for the gradient of the inputs and once for that of the weights. The embedding's vectors count as inputs of
        a product, although charlm multiplies each of the alphabet only once.
        """
        inputs = self.embedding_dim + (self.layers - 1) * self.units
        weights = GATES[self.cell] * self.units * (inputs + self.layers * self.units) + self.units * self.vocabulary
        return 3 * 2 * weights * self.characters
