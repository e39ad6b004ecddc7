"""One cell is switched off: held at zero or at its mean. What the model writes then, and how much worse it predicts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from charlm.errors import InvalidSetting
from charlm.insight.cells import check_cell
from charlm.insight.features import NAMES, features
from charlm.insight.observations import parting
from charlm.insight.streams import windows
from charlm.languages import N_
from charlm.settings import ModelSettings, SamplingSettings

if TYPE_CHECKING:
    from charlm.generation.language_model import LanguageModel

LONGEST = 10_000  # characters on which the cost is measured
SHAPES = 4  # how many shapes of networks keep their programs

At = Literal["zero", "mean"]


@dataclass(frozen=True)
class Cost:
    """How well the model predicts, with the cell and without it, in nats per character."""

    characters: int
    with_cell: float
    without: float


@dataclass(frozen=True)
class SwitchedOff:
    """What is known so far. Costs are None until they are measured."""

    layer: int
    cell: int
    held: float  # the value: of c in an LSTM, of h elsewhere
    start_text: str
    seed: int
    text: str = ""  # with the cell, without the start
    without: str = ""  # without the cell, from the same start and with the same dice
    parts_at: int | None = None  # the first character that differs; None if none does
    cost: Cost | None = None  # on the whole text
    feature: str = ""
    feature_cost: Cost | None = None  # on the characters that come after the feature
    finished: bool = False


def switch_off(
    model: "LanguageModel", layer: int, cell: int, text: str, *, at: At = "zero", feature: str = "",
    start_text: str = "", temperature: float = 0.7, length: int = 300, seed: int = 1,
) -> Iterator[SwitchedOff]:  # fmt: skip
    """Write from one start with the cell and without it, then measure the cost on `text`, its first LONGEST characters.

    `feature` is one of `features.NAMES`: the cost is then also measured on the characters after it. A feature that is a
    number counts where it is above its mean. Both texts come from one program, so they differ because of the cell only.
    Yields what is known so far. Raises InvalidSetting and UnknownCharacter.
    """
    settings = model.card.model
    check_cell(settings.layers, settings.rnn_units, layer, cell)
    asked = SamplingSettings(temperature, length, seed)
    if feature and feature not in NAMES:
        raise InvalidSetting(
            N_("There is no feature {feature!r}."),
            N_("Expected one of: {names}."),
            N_("Choose one."),
            feature=feature,
            names=NAMES,
        )
    ids = model.vocabulary.encode(text[:LONGEST])
    start = model.vocabulary.normalized(start_text)
    held = Held(model, layer, cell, _mean(model, ids, layer, cell) if at == "mean" else 0.0)
    so_far = SwitchedOff(layer, cell, held.value, start, asked.seed, feature=feature)
    start_ids = model.vocabulary.encode(start or model.line_start)
    for off, name in ((False, "text"), (True, "without")):
        for piece in held.write(start_ids, asked, off):
            so_far = replace(so_far, **{name: getattr(so_far, name) + model.vocabulary.decode(piece)})
            yield so_far
    so_far = replace(so_far, parts_at=parting(so_far.text, so_far.without))
    yield so_far
    yield from _with_costs(so_far, held, ids, text[:LONGEST])


class Held:
    """A model of which one cell can be held at a value."""

    def __init__(self, model: "LanguageModel", layer: int, cell: int, value: float) -> None:
        from charlm.generation.programs import weights_of  # imported late, because TensorFlow takes seconds to start
        from charlm.network.backend import tf

        self.value, settings = value, model.card.model
        own = weights_of(model.network)
        shape = replace(
            settings, dropout=0.0, weight_drop=0.0, embedding_initializer="random_normal"
        )  # for learning only
        self._network, self._sampler = _programs(len(own[-1]), shape)
        mask = np.zeros((2, settings.layers, settings.rnn_units), bool)
        mask[1, layer, cell] = True
        values = tf.fill(mask[0].shape, np.float32(value))
        self._weights = [(*own, tf.constant(part), values) for part in mask]  # without and with the cell held

    def write(self, start_ids: np.ndarray, asked: SamplingSettings, off: bool) -> Iterator[np.ndarray]:
        """The ids that are written after the start, in pieces."""
        for chunk in self._sampler.stream(start_ids, [asked.temperature], asked.length, asked.seed, self._weights[off]):
            yield chunk.ids[0]

    def losses(self, ids: np.ndarray, off: bool) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Places in a text (n,), and how little the character after each was expected, in nats (n,)."""
        state: Any = None
        for window in windows(ids):
            state = self._network.zero_state(len(window.inputs)) if state is None else state
            nats, state = self._network.losses(self._weights[off], window.inputs, window.targets, state)
            yield window.places[window.counts], nats[window.counts]


@lru_cache(maxsize=SHAPES)
def _programs(vocab_size: int, settings: ModelSettings) -> tuple[Any, Any]:
    """What computes for networks of that shape, and what writes with them. Which cell is held is an argument."""
    from charlm.generation.sampler import Sampler  # imported late, because TensorFlow takes seconds to start
    from charlm.network.held import HeldNetwork

    network = HeldNetwork(vocab_size, settings)
    return network, Sampler(network.next_logits, network.zero_state)


def _with_costs(so_far: SwitchedOff, held: Held, ids: np.ndarray, text: str) -> Iterator[SwitchedOff]:
    after = _after(text, so_far.feature)
    sums = np.zeros((2, 2))  # with and without the cell; on all characters and on those after the feature
    counts = np.zeros(2, int)
    for both in zip(held.losses(ids, off=False), held.losses(ids, off=True), strict=True):
        places = both[0][0]
        counts += [len(places), int(after[places].sum())]
        sums += [[nats.sum(), nats[after[places]].sum()] for _, nats in both]
        yield so_far
    cost, feature_cost = (
        Cost(int(n), *(sums[:, k] / n).tolist()) if n else None for k, n in enumerate(counts.tolist())
    )
    yield replace(so_far, cost=cost, feature_cost=feature_cost if so_far.feature else None, finished=True)


def _after(text: str, feature: str) -> np.ndarray:
    """At which places the feature is there: bool (characters,)."""
    if not feature:
        return np.zeros(len(text), bool)
    values = features(text)[feature]
    there: np.ndarray = values > (values.mean() if values.max(initial=0) > 1 else 0.5)
    return there


def _mean(model: "LanguageModel", ids: np.ndarray, layer: int, cell: int) -> float:
    from charlm.network import activations  # imported late, because TensorFlow takes seconds to start

    read = activations.read(model.network, ids[None, :2_000])
    return float(np.mean(np.concatenate([window[layer].memory[0, :, cell] for window in read])))
