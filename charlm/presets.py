"""The presets: from a name and the length of a text to settings. Also lowers settings that do not fit a short text."""

import math
from dataclasses import dataclass as plain_dataclass
from dataclasses import replace
from typing import Any

from pydantic.dataclasses import dataclass

from charlm.errors import InvalidSetting, TextTooShort
from charlm.languages import N_, NN_, Told
from charlm.languages.kept import Sentence
from charlm.records import STRICT
from charlm.settings import ModelSettings, RunSettings, TrainingSettings

HELD_OUT = 0.1  # the share of the text, at its end, for validation; the model never trains on it
SHORTEST_WINDOW = 4  # with a smaller seq_length there is hardly any state to carry from character to character
STEPS_PER_EPOCH = 8  # for a short text the batch gets fewer rows, until an epoch has at least this many updates


@plain_dataclass(frozen=True)
class Preset:
    """The settings of one preset. It reads about `characters` in total: a short text gets more epochs and dropout, and
    smaller batches."""

    settings: RunSettings
    characters: int | None = None  # None: exactly the epochs of the settings


MUON = TrainingSettings(optimizer="muon", learning_rate=2e-2, warmup_steps=0, seq_length=32, batch_size=64)
PRESETS = {
    "quick": Preset(RunSettings(ModelSettings(rnn_units=192), MUON), characters=2_000_000),
    "balanced": Preset(
        RunSettings(ModelSettings(rnn_units=384, dropout=0.3), replace(MUON, learning_rate=1.4e-2)),
        characters=4_000_000,
    ),
    # The textbook's own numbers. The optimizer is Keras' Adam: no warm-up, no clipping, no weight decay.
    "book": Preset(
        RunSettings(
            ModelSettings(rnn_units=1024, embedding_dim=256, embedding_initializer="random_uniform"),
            TrainingSettings(
                epochs=50, seq_length=100, batch_size=64, learning_rate=1e-3, order="shuffled",
                optimizer="adam", schedule="constant", warmup_steps=0, beta_2=0.999, weight_decay=0.0, clip_norm=None,
                patience=None,
            ),
        )
    ),
}  # fmt: skip
RATES = {"adam": 1e-2, "muon": 2e-2}  # a good learning rate for each optimizer
MOST_EPOCHS = 20  # no preset reads a text more often than this, however short it is
UPDATES = 64  # for a short text a preset takes fewer rows, until an epoch has so many updates ...
FEWEST_ROWS = 8  # ... or the batch so few rows: fewer are slow


def preset(name: str, characters: int, **numbers: Any) -> RunSettings:
    """The preset of that name for a text with that many characters. `numbers` override single settings.

    A learning rate suits one optimizer only: with another optimizer, and no rate in `numbers`, it gets one that fits.
    Raises InvalidSetting for a preset that does not exist and for a value outside its limits.
    """
    if name not in PRESETS:
        raise InvalidSetting(
            N_("There is no preset called {name!r}."),
            N_("Expected one of: {names}."),
            N_("Choose one of these."),
            name=name,
            names=tuple(PRESETS),
        )
    chosen = PRESETS[name]
    settings = chosen.settings
    if chosen.characters is not None:
        trained_on = max(1, characters - held_out(characters))
        epochs = min(MOST_EPOCHS, max(1, round(chosen.characters / trained_on)))
        # A text that is read often is soon known by heart. Dropout delays that; up to two epochs it only slows down.
        dropout = max(settings.model.dropout, round(0.5 - 1 / epochs, 2))
        settings = settings.override(epochs=epochs, dropout=dropout, batch_size=_rows(trained_on, settings.training))
    wanted = settings.override(**numbers)
    if wanted.training.optimizer != settings.training.optimizer and "learning_rate" not in numbers:
        wanted = wanted.override(learning_rate=RATES[wanted.training.optimizer])
    return wanted


def _rows(characters: int, training: TrainingSettings) -> int:
    """How many rows a batch has for a training part of that length: a power of two, for round numbers."""
    rows = max(FEWEST_ROWS, characters // training.seq_length // UPDATES)
    return min(training.batch_size, 2 ** int(math.log2(rows)))


def held_out(characters: int) -> int:
    """How many characters at the end of a text of that length are for validation: all after the first 90 %."""
    return characters - int((1 - HELD_OUT) * characters)


@dataclass(frozen=True, config=STRICT)
class Plan:
    """The settings a run will have, and one sentence for each number that was lowered because its text is short."""

    settings: RunSettings
    lowered: tuple[Sentence, ...] = ()


def fit_to_text(settings: RunSettings, characters: int) -> Plan:
    """Lower seq_length and batch_size until a text with that many characters has windows for training and validation.

    Raises TextTooShort when not even the shortest window fits.
    """
    training = settings.training
    validation = held_out(characters)
    shortest = min(training.seq_length, SHORTEST_WINDOW)
    if validation <= shortest:
        raise TextTooShort(
            NN_("The text has {count:,} character.", "The text has {count:,} characters."),
            N_(
                "Its last tenth must hold a window of {shortest} characters and one character more, so "
                "the text needs at least {needed} characters."
            ),
            N_("Bring a longer text; a few thousand characters is where it begins to be fun."),
            count=characters,
            shortest=shortest,
            needed=10 * shortest + 1,
        )
    seq_length = min(training.seq_length, validation - 1)
    windows = (characters - validation - 1) // seq_length  # in the training part
    batch_size = max(1, min(training.batch_size, windows // STEPS_PER_EPOCH))
    sentence = N_("{name} lowered from {before} to {after}: the text has only {count:,} characters.")
    lowered = tuple(
        Told(sentence, name=name, before=before, after=after, count=characters)
        for name, before, after in (
            ("seq_length", training.seq_length, seq_length),
            ("batch_size", training.batch_size, batch_size),
        )
        if after < before
    )
    fitted = replace(training, seq_length=seq_length, batch_size=batch_size)
    return Plan(replace(settings, training=fitted), lowered)


def steps_per_epoch(characters: int, settings: TrainingSettings) -> int:
    """How many full batches a training part with that many characters gives."""
    window = settings.seq_length + (settings.order == "shuffled")  # contiguous windows share one character
    spare = settings.order == "contiguous"  # one character more: the last target
    return (characters - spare) // window // settings.batch_size
