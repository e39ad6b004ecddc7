"""A trained model as one uses it: text in, text out."""

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from charlm.errors import CheckpointDamaged, InvalidSetting, TextTooShort
from charlm.generation.programs import programs, weights_of
from charlm.network.backend import tf
from charlm.network.model import CharacterModel
from charlm.settings import SamplingSettings
from charlm.storage.card import Card
from charlm.storage.run_folder import RunFolder
from charlm.text.corpus import Corpus
from charlm.text.vocabulary import Vocabulary
from charlm.training.evaluation import Evaluation, Evaluator
from charlm.training.windows import split

WINDOW = 64  # characters read at once


class LanguageModel:
    """A network with its vocabulary, ready to write."""

    def __init__(self, card: Card, network: CharacterModel) -> None:
        self.card, self.network = card, network
        self._programs = programs(len(card.vocabulary), card.model)

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
        """The start text and `length` characters more. Parameters and errors are those of `stream`."""
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
        """Write `length` characters after the start text, piece by piece, as they come.

        Temperature 0 is always the likeliest character; the same seed gives the same text. An empty start begins a
        line. Raises UnknownCharacter, unless `replace_unknown` takes the nearest known ones, and InvalidSetting.
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
        """Write at several temperatures side by side with the same random numbers: a piece for each at every turn."""
        if not temperatures:
            raise InvalidSetting("No temperature was given.", "Expected one or more.", "Give one, such as 0.7.")
        for temperature in temperatures:
            SamplingSettings(temperature, length, seed)  # checks the limits
        ids = self.vocabulary.encode(self._start(start_text, replace_unknown) or self.line_start)
        for chunk in self._programs.sampler.stream(ids, list(temperatures), length, seed, weights_of(self.network)):
            yield tuple(self.vocabulary.decode(row) for row in chunk)

    def logits_along(self, text: str) -> np.ndarray:
        """What the network thinks of every character as the next one, after each character of `text` in turn.

        float32 (len(text), vocab_size): row k is what it has in mind after text[: k + 1]. Raises UnknownCharacter.
        """
        ids, state, rows = self.vocabulary.encode(text), self.network.zero_state(1), []
        weights = weights_of(self.network)
        for at in range(0, len(ids), WINDOW):
            part = ids[at : at + WINDOW]
            # Padded behind, which what stands before cannot see: one shape, compiled once.
            logits, state = self._programs.read(
                weights, tf.constant(np.pad(part, (0, WINDOW - len(part)))[None]), state
            )
            rows.append(logits[0, : len(part)].numpy())
        return np.concatenate(rows) if rows else np.empty((0, len(self.vocabulary)), np.float32)

    def next_logits(self, text: str) -> np.ndarray:
        """What the network thinks of every character as the next one after `text`: float32 (vocab_size,).

        An empty text stands for the beginning of a line. Raises UnknownCharacter.
        """
        return self.logits_along(unicodedata.normalize("NFC", text) or self.line_start)[-1]

    def expecting(self, text: str) -> np.ndarray:
        """What the network thought of every character before each of `text` came, at the beginning of a line.

        float32 (len(text), vocab_size). Raises UnknownCharacter.
        """
        return self.logits_along(self.line_start + text)[:-1]

    def warm_up(self, columns: int = 1) -> None:
        """Compile now, which takes about a second, what writing at so many temperatures needs."""
        self._programs.sampler.warm_up(columns, weights_of(self.network))

    @property
    def line_start(self) -> str:
        """What stands before the first character of a line: a line end, in a text that has lines."""
        return "\n" if "\n" in self.vocabulary else self.vocabulary.characters[0]

    def _start(self, start_text: str, replace_unknown: bool) -> str:
        if replace_unknown:
            return self.vocabulary.replace_unknown(start_text)[0]
        return unicodedata.normalize("NFC", start_text)


def load(path: str | Path, columns: int = 1) -> LanguageModel:
    """Rebuild the model of a run folder from its card and its best weights.

    It comes ready to write at `columns` temperatures at once, so that the first characters do not wait about a second
    for the compiler; with 0 that is left to the first call. Raises CheckpointNotFound or CheckpointDamaged.
    """
    folder = RunFolder(path)
    card = folder.read_card()
    network = CharacterModel(len(card.vocabulary), card.model)
    load_weights(network, folder.best_weights)
    model = LanguageModel(card, network)
    if columns:
        model.warm_up(columns)
    return model


def evaluate(model: LanguageModel, corpus: Corpus, *, replace_unknown: bool = False) -> Evaluation:
    """Score the held-out last 10 % of a text, in nats and bits per character.

    Raises UnknownCharacter for a text with other characters, unless `replace_unknown` takes the nearest known ones,
    and TextTooShort for one of less than two characters.
    """
    text = model.vocabulary.replace_unknown(corpus.text)[0] if replace_unknown else corpus.text
    train_ids, validation_ids = split(model.vocabulary.encode(text))
    if not len(train_ids):
        raise TextTooShort(
            f"{corpus.name} has {len(text)} characters to score.", "Expected two at least.", "Bring a longer text."
        )
    return Evaluator(model.network).evaluate(validation_ids, train_ids)


def load_weights(model: CharacterModel, file: Path) -> None:
    """Fill a model from a weights file. Raises CheckpointDamaged when it is missing, cut short or of another shape."""
    try:
        model.load_weights(str(file))
        finite = all(np.isfinite(weight).all() for weight in model.trainable_variables)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        reason = "is missing" if not file.exists() else f"cannot be read ({str(error).splitlines()[0]})"
        raise _damaged(file, reason) from error
    if not finite:
        raise _damaged(file, "holds numbers that are not finite")


def _damaged(file: Path, reason: str) -> CheckpointDamaged:
    return CheckpointDamaged(
        f"{file} {reason}.",
        "Expected the weights that belong to the model's card.",
        "Restore the file from a copy, or train again.",
    )
