"""A trained model, ready to use: text in, text out."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from charlm.errors import CheckpointDamaged, InvalidSetting, TextTooShort
from charlm.generation.company import Company
from charlm.generation.programs import programs, weights_of
from charlm.generation.row import Chunk
from charlm.generation.sampler import Weights
from charlm.languages import N_, NN_
from charlm.network.backend import tf
from charlm.network.model import CharacterModel
from charlm.settings import SamplingSettings
from charlm.storage.card import Card
from charlm.storage.run_folder import RunFolder
from charlm.storage.shipped import find_model
from charlm.text.corpus import Corpus
from charlm.text.vocabulary import Vocabulary
from charlm.training.evaluation import Evaluation, Evaluator
from charlm.training.windows import split

WINDOW = 64  # characters read at once


class Piece(NamedTuple):
    """A piece of a text that is being written."""

    text: str
    entropy: np.ndarray  # float32: how open the choice of each of its characters was, in nats


class LanguageModel:
    """A network with its vocabulary, ready to write."""

    def __init__(self, card: Card, network: CharacterModel) -> None:
        self.card, self.network = card, network
        self._programs = programs(len(card.vocabulary), card.model)
        self._write = self._alone
        self._weights: Callable[[], Weights] = partial(weights_of, network)

    @property
    def vocabulary(self) -> Vocabulary:
        """The characters the model knows."""
        return self.card.vocabulary

    def generate(
        self,
        start_text: str = "",
        temperature: float = 0.7,
        length: int = 400,
        seed: int = 0,
        *,
        replace_unknown: bool = False,
    ) -> str:
        """The start text, followed by `length` new characters. Parameters and errors are those of `stream`."""
        start_text = self._start(start_text, replace_unknown)
        return start_text + "".join(self.stream(start_text, temperature, length, seed))

    def stream(
        self,
        start_text: str = "",
        temperature: float = 0.7,
        length: int = 400,
        seed: int = 0,
        *,
        replace_unknown: bool = False,
    ) -> Iterator[str]:
        """Write `length` characters after the start text, and yield them piece by piece.

        Temperature 0 always takes the likeliest character. The same seed gives the same text. With an empty start text
        the model begins a new line. With `replace_unknown`, the nearest known characters replace unknown ones;
        without it, they raise UnknownCharacter. Raises InvalidSetting.
        """
        for (piece,) in self.compare(start_text, [temperature], length, seed, replace_unknown=replace_unknown):
            yield piece

    def compare(
        self,
        start_text: str,
        temperatures: Sequence[float],
        length: int = 400,
        seed: int = 0,
        *,
        replace_unknown: bool = False,
    ) -> Iterator[tuple[str, ...]]:
        """Write at several temperatures with the same random numbers. Yields tuples with a piece of text for each."""
        for pieces in self.write(start_text, temperatures, length, seed, replace_unknown=replace_unknown):
            yield tuple(piece.text for piece in pieces)

    def write(
        self,
        start_text: str,
        temperatures: Sequence[float],
        length: int = 400,
        seed: int = 0,
        *,
        replace_unknown: bool = False,
    ) -> Iterator[tuple[Piece, ...]]:
        """Like `compare`, but each piece also tells how open the choice of its characters was."""
        asked = [SamplingSettings(temperature, length, seed) for temperature in temperatures]
        if not asked:
            raise InvalidSetting(
                N_("No temperature was given."),
                N_("Expected one or more."),
                N_("Give one, such as 0.7."),
            )
        ids = self.vocabulary.encode(self._start(start_text, replace_unknown) or self.line_start)
        heat = [settings.temperature for settings in asked]
        for chunk in self._write(ids, heat, asked[0].length, asked[0].seed):
            yield tuple(Piece(self.vocabulary.decode(ids), entropy) for ids, entropy in zip(*chunk, strict=True))

    def read(self, ids: np.ndarray) -> Iterator[np.ndarray]:
        """The logits of the next character, after each of `ids` (characters,) in turn.

        Yields float32 arrays (at most WINDOW, vocab_size), so that a long text needs no more memory than a short one.
        """
        state, weights = self.network.zero_state(1), self._weights()
        for at in range(0, len(ids), WINDOW):
            part = ids[at : at + WINDOW]
            # The padding is at the end, so it changes no logits before it. All parts have one shape, compiled once.
            padded = tf.constant(np.pad(part, (0, WINDOW - len(part)))[None])
            logits, state = self._programs.read(weights, padded, state)
            yield logits[0, : len(part), : len(self.vocabulary)].numpy()

    def logits_along(self, text: str) -> np.ndarray:
        """The logits of the next character, after each character of `text` in turn.

        float32 (len(text), vocab_size): row k holds the logits after text[: k + 1]. The text is normalized first (NFC),
        and len(text) is its length after that. Raises UnknownCharacter.
        """
        return self._read_at_once(self.vocabulary.normalized(text))

    def next_logits(self, text: str) -> np.ndarray:
        """The logits of the next character after `text`: float32 (vocab_size,).

        An empty text stands for the beginning of a line. Raises UnknownCharacter.
        """
        ids = self.vocabulary.encode(self.vocabulary.normalized(text) or self.line_start)
        for logits in self.read(ids):
            last = logits[-1]
        return last

    def expecting(self, text: str) -> np.ndarray:
        """The logits before each character of `text`, if the text is the beginning of a line.

        float32 (len(text), vocab_size): row k predicts character k of the normalized text. Raises UnknownCharacter.
        """
        return self._read_at_once(self.line_start + self.vocabulary.normalized(text))[:-1]

    def join(self, company: Company) -> None:
        """From now on write together with all who write in that company; every text stays the same.

        The network must not learn any more, because its weights are read now.
        """
        weights = self._weights()
        self._weights = lambda: weights
        self._write = partial(company.stream, self._programs.sampler, weights)

    def warm_up(self, columns: int = 1) -> None:
        """Compile now what writing at that many temperatures needs. This takes about half a second."""
        if not self._programs.sampler.is_prepared(columns):
            self._programs.sampler.prepare(columns, self._weights())

    @property
    def line_start(self) -> str:
        """The character before a line: a line end, or the first character of a vocabulary without line ends."""
        return "\n" if "\n" in self.vocabulary else self.vocabulary.characters[0]

    def _alone(self, start_ids: np.ndarray, temperatures: list[float], length: int, seed: int) -> Iterator[Chunk]:
        """Write with the network as it is now: it may have learnt since the last text."""
        return self._programs.sampler.stream(start_ids, temperatures, length, seed, self._weights())

    def _read_at_once(self, text: str) -> np.ndarray:
        empty = np.empty((0, len(self.vocabulary)), np.float32)
        return np.concatenate([empty, *self.read(self.vocabulary.encode(text))])

    def _start(self, start_text: str, replace_unknown: bool) -> str:
        if replace_unknown:
            return self.vocabulary.replace_unknown(start_text)[0]
        return self.vocabulary.normalized(start_text)


def load(path: str | Path, columns: int = 1) -> LanguageModel:
    """Rebuild a model from its card and its best weights.

    `path` is a run folder, or the name of a model that comes with charlm. The model is compiled
    for writing at `columns` temperatures at once, so that the first characters come without a wait of a second. With 0
    the first call compiles it. Raises CheckpointNotFound or CheckpointDamaged.
    """
    folder = RunFolder(find_model(path))
    card = folder.read_card()
    network = CharacterModel(len(card.vocabulary), card.model)
    load_weights(network, folder.best_weights)
    model = LanguageModel(card, network)
    if columns:
        model.warm_up(columns)
    return model


def evaluate(model: LanguageModel, corpus: Corpus, *, replace_unknown: bool = False) -> Evaluation:
    """Score the held-out last 10 % of a text, in nats and bits per character.

    With `replace_unknown`, the nearest known characters replace unknown ones; without it, they raise UnknownCharacter.
    Raises TextTooShort for a text with fewer than two characters.
    """
    text = model.vocabulary.replace_unknown(corpus.text)[0] if replace_unknown else corpus.text
    train_ids, validation_ids = split(model.vocabulary.encode(text))
    if not len(train_ids):
        raise TextTooShort(
            NN_("{name} has {count} character to score.", "{name} has {count} characters to score."),
            N_("Expected at least two."),
            N_("Bring a longer text."),
            name=corpus.name,
            count=len(text),
        )
    return Evaluator(model.network).evaluate(validation_ids, train_ids)


def load_weights(model: CharacterModel, file: Path) -> None:
    """Fill a model from a weights file. Raises CheckpointDamaged if it is missing, damaged or of another shape."""
    try:
        model.load_weights(str(file))
        finite = all(np.isfinite(weight).all() for weight in model.trainable_variables)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        if not file.exists():
            raise _damaged(N_("{file} is missing."), file) from error
        raise _damaged(N_("{file} cannot be read ({why})."), file, str(error).splitlines()[0]) from error
    if not finite:
        raise _damaged(N_("{file} holds numbers that are not finite."), file)


def _damaged(happened: str, file: Path, why: str = "") -> CheckpointDamaged:
    return CheckpointDamaged(
        happened,
        N_("Expected the weights that belong to the model's card."),
        N_("Restore the file from a copy, or train again."),
        file=file,
        why=why,
    )
