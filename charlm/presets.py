"""From a name and the length of a text to settings: the presets, and giving way to a short text."""

from dataclasses import dataclass as plain_dataclass
from dataclasses import replace
from typing import Any

from pydantic.dataclasses import dataclass

from charlm.errors import InvalidSetting, TextTooShort
from charlm.records import STRICT
from charlm.settings import ModelSettings, RunSettings, TrainingSettings

HELD_OUT = 0.1  # the share of the text, at its end, that validates and is never trained on
SHORTEST_WINDOW = 4  # a seq_length below this leaves nothing to carry from one character to the next
STEPS_PER_EPOCH = 8  # a short text gives up rows of the batch for at least this many updates an epoch


@plain_dataclass(frozen=True)
class Preset:
    """Settings under a name. `characters` is what the run reads in all, so that a short text gets more epochs."""

    settings: RunSettings
    characters: int | None = None  # None: exactly the epochs of the settings


PRESETS = {
    "quick": Preset(
        RunSettings(ModelSettings(rnn_units=128), TrainingSettings(learning_rate=8e-3)),
        characters=5_000_000,
    ),
    "balanced": Preset(RunSettings(), characters=8_000_000),
    # The textbook's own numbers. Its optimizer is Keras' Adam untouched: no warm-up, no clipping, no weight decay.
    "book": Preset(
        RunSettings(
            ModelSettings(rnn_units=1024, embedding_dim=256, embedding_initializer="random_uniform"),
            TrainingSettings(
                epochs=50, seq_length=100, batch_size=64, learning_rate=1e-3, order="shuffled",
                schedule="constant", warmup_steps=0, beta_2=0.999, weight_decay=0.0, clip_norm=None,
                patience=None,
            ),
        )
    ),
}  # fmt: skip
MOST_EPOCHS = 60  # a preset reads even the shortest text no more often than this


def preset(name: str, characters: int, **numbers: Any) -> RunSettings:
    """The preset of that name for a text of so many characters, with single numbers overridden.

    Raises InvalidSetting for a preset that does not exist and for a number outside its limits.
    """
    if name not in PRESETS:
        raise InvalidSetting(
            f"There is no preset called {name!r}.", f"Expected one of: {', '.join(PRESETS)}.", "Choose one of these."
        )
    chosen = PRESETS[name]
    settings = chosen.settings
    if chosen.characters is not None:
        trained_on = max(1, characters - held_out(characters))
        settings = settings.override(epochs=min(MOST_EPOCHS, max(1, round(chosen.characters / trained_on))))
    return settings.override(**numbers)


def held_out(characters: int) -> int:
    """How many characters at the end of a text of that length validate: what is left of the first 90 %."""
    return characters - int((1 - HELD_OUT) * characters)


@dataclass(frozen=True, config=STRICT)
class Plan:
    """The settings a run will have, and one sentence for each number that was lowered because its text is short."""

    settings: RunSettings
    lowered: tuple[str, ...] = ()


def fit_to_text(settings: RunSettings, characters: int) -> Plan:
    """Lower seq_length and batch_size until a text of so many characters gives windows to train and to validate on.

    Raises TextTooShort when not even the shortest window fits.
    """
    training = settings.training
    validation = held_out(characters)
    shortest = min(training.seq_length, SHORTEST_WINDOW)
    if validation <= shortest:
        raise TextTooShort(
            f"The text has {characters:,} characters.",
            f"Its last tenth must have room for a window of {shortest} characters and the one that follows, "
            f"so {10 * shortest + 1} characters at least.",
            "Bring a longer text; a few thousand characters is where it begins to be fun.",
        )
    seq_length = min(training.seq_length, validation - 1)
    windows = (characters - validation - 1) // seq_length  # there are in all
    batch_size = max(1, min(training.batch_size, windows // STEPS_PER_EPOCH))
    lowered = tuple(
        f"{name} lowered from {before} to {after}: the text has only {characters:,} characters."
        for name, before, after in (
            ("seq_length", training.seq_length, seq_length),
            ("batch_size", training.batch_size, batch_size),
        )
        if after < before
    )
    fitted = replace(training, seq_length=seq_length, batch_size=batch_size)
    return Plan(replace(settings, training=fitted), lowered)


def steps_per_epoch(characters: int, settings: TrainingSettings) -> int:
    """How many full batches a training part of so many characters gives."""
    window = settings.seq_length + (settings.order == "shuffled")  # chunks share no character, streams share one
    spare = settings.order == "contiguous"  # the last window's target
    return (characters - spare) // window // settings.batch_size
