"""One network, Embedding -> recurrent layer(s) -> Dense, built by charlm, by Keras and by PyTorch."""

from typing import TYPE_CHECKING

from benchmarks.shape import Shape

if TYPE_CHECKING:
    import keras
    import torch

    from charlm.network.model import CharacterModel
    from charlm.settings import RunSettings


def charlm_settings(shape: Shape) -> "RunSettings":
    """The settings of the shape's preset with the sizes of the shape."""
    from charlm.presets import PRESETS

    return PRESETS[shape.preset or "balanced"].settings.override(
        cell=shape.cell,
        rnn_units=shape.units,
        embedding_dim=shape.embedding_dim,
        layers=shape.layers,
        dropout=shape.dropout,
        batch_size=shape.batch_size,
        seq_length=shape.seq_length,
    )


def charlm_network(shape: Shape) -> "CharacterModel":
    """As in `charlm.train`."""
    from charlm.network.model import CharacterModel

    return CharacterModel(shape.vocabulary, charlm_settings(shape).model)


def keras_network(shape: Shape, rows: int | None) -> "keras.Sequential":
    """Keras' own layers. With a number of `rows` the state is carried from call to call."""
    import keras

    layers, stateful = keras.layers, rows is not None
    cell = {"lstm": layers.LSTM, "gru": layers.GRU, "rnn": layers.SimpleRNN}[shape.cell]
    stack = [layers.Input(batch_shape=(rows, None)), layers.Embedding(shape.vocabulary, shape.embedding_dim)]
    for _ in range(shape.layers):
        stack.append(cell(shape.units, return_sequences=True, stateful=stateful))
        if shape.dropout:
            stack.append(layers.Dropout(shape.dropout))
    network = keras.Sequential([*stack, layers.Dense(shape.vocabulary)])
    network.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return network


def torch_network(shape: Shape) -> "torch.nn.Module":
    """PyTorch's own layers: ids (batch, time) and a state or None -> logits (batch, time, alphabet), the next state."""
    import torch

    cell = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn": torch.nn.RNN}[shape.cell]

    class Network(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.embedding = torch.nn.Embedding(shape.vocabulary, shape.embedding_dim)
            between = shape.dropout if shape.layers > 1 else 0.0
            self.recurrent = cell(
                shape.embedding_dim, shape.units, num_layers=shape.layers, dropout=between, batch_first=True
            )
            self.dropout = torch.nn.Dropout(shape.dropout)
            self.dense = torch.nn.Linear(shape.units, shape.vocabulary)

        def forward(self, ids, state=None):
            x, state = self.recurrent(self.embedding(ids), state)
            return self.dense(self.dropout(x)), state

    return Network()
