"""What can be chosen: frozen, checked at birth, the limits beside the fields; and the presets."""

from dataclasses import asdict, dataclass, field, fields, replace
from reprlib import repr as short
from typing import Any, Self

from charlm.errors import InvalidSetting, TextTooShort

HELD_OUT = 0.1  # the share of the text, at its end, that validates and is never trained on
SHORTEST_WINDOW = 4  # a seq_length below this leaves nothing to carry from one character to the next
STEPS_PER_EPOCH = 8  # a short text gives up rows of the batch for at least this many updates an epoch


@dataclass(frozen=True)
class Interval:
    """The closed interval a number may lie in."""

    low: float
    high: float


def number(default: float | None, low: float, high: float, meaning: str) -> Any:
    return field(default=default, metadata={"limits": Interval(low, high), "meaning": meaning})


def choice(default: str, options: tuple[str, ...], meaning: str) -> Any:
    return field(default=default, metadata={"options": options, "meaning": meaning})


class Checked:
    """Refuses a value outside the limits that stand beside its field."""

    def __post_init__(self) -> None:
        for item in fields(self):  # type: ignore[arg-type]  # every subclass is a dataclass
            _check(item.name, item.type, item.metadata, getattr(self, item.name))

    def as_dict(self) -> dict[str, Any]:
        """The settings as plain values, for JSON."""
        return asdict(self)  # type: ignore[call-overload]


def _check(name: str, kind: Any, metadata: Any, value: Any) -> None:
    if "options" in metadata:
        if value not in metadata["options"]:
            options = ", ".join(metadata["options"])
            raise InvalidSetting(
                f"{name} is {short(value)}.", f"Expected one of: {options}.", f"Choose one for {name}."
            )
        return
    if value is None and kind not in (int, float):  # int | None, float | None: may be left open
        return
    low, high = metadata["limits"].low, metadata["limits"].high
    whole = kind in (int, int | None)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or not low <= value <= high or (whole and value != int(value)):
        raise InvalidSetting(
            f"{name} is {short(value)}.",
            f"Expected a {'whole ' * whole}number from {low:g} to {high:g}.",
            f"Choose a {name} within these limits.",
        )


@dataclass(frozen=True)
class ModelSettings(Checked):
    """The shape of the network: Embedding -> recurrent layer(s) -> Dense."""

    cell: str = choice("lstm", ("lstm", "gru", "rnn"), "kind of recurrent cell")
    rnn_units: int = number(256, 1, 4096, "units of each recurrent layer")
    embedding_dim: int = number(64, 1, 2048, "numbers that stand for a character")
    layers: int = number(1, 1, 3, "recurrent layers")
    dropout: float = number(0.0, 0.0, 0.9, "share of each layer's outputs hidden while learning")
    # Keras' own start, uniform within 0.05, whispers so softly that the recurrence learns its first words much later.
    embedding_initializer: str = choice(
        "random_normal", ("random_normal", "random_uniform"), "how the embedding starts"
    )


@dataclass(frozen=True)
class TrainingSettings(Checked):
    """How the network learns."""

    epochs: int = number(10, 1, 100_000, "how often the text is read")
    seq_length: int = number(64, 1, 4096, "characters in a window, over which gradients flow back")
    batch_size: int = number(32, 1, 4096, "windows read side by side")
    learning_rate: float = number(5e-3, 1e-8, 100.0, "size of the steps, at its peak")
    order: str = choice(
        "contiguous",
        ("contiguous", "shuffled"),
        "windows follow on and state is carried, or are shuffled and it is reset",
    )
    schedule: str = choice("cosine", ("cosine", "constant"), "how the learning rate goes on after the warm-up")
    # Adam's second moment is a guess at first: small steps until it has settled.
    warmup_steps: int = number(50, 0, 1_000_000, "steps over which the learning rate rises to its peak")
    final_learning_rate: float = number(0.02, 0.0, 1.0, "where the cosine ends, as a share of the peak")
    # Adam's own 0.999 remembers a thousand steps, and a quick run has not many more.
    beta_2: float = number(0.99, 0.5, 0.999999, "how slowly Adam's second moment forgets")
    weight_decay: float = number(0.01, 0.0, 1.0, "AdamW's pull of the weights towards zero; 0 is plain Adam")
    clip_norm: float | None = number(1.0, 1e-6, 1e6, "longest gradient let through, as a global norm")
    # Without it a network sees a beginning once an epoch, and may never find into the text when it writes from one.
    state_reset: float = number(0.02, 0.0, 1.0, "chance that a row forgets its carried state before a window")
    seed: int = number(0, 0, 2**31 - 1, "where all chance of the run comes from")
    # The held-out part knows better than the loss: from there on the text is being learnt by heart.
    patience: int | None = number(8, 1, 100_000, "epochs without a better val_loss after which to stop")
    max_minutes: float | None = number(None, 0.001, 100_000, "minutes of training after which to stop")


FIELDS = {f.name: f for f in (*fields(ModelSettings), *fields(TrainingSettings))}  # all that a run may be asked for


@dataclass(frozen=True)
class SamplingSettings(Checked):
    """How the network writes."""

    temperature: float = number(0.7, 0.0, 100.0, "0 is always the likeliest character, higher is more inventive")
    length: int = number(400, 1, 1_000_000, "characters to write")
    seed: int = number(0, 0, 2**63 - 1, "the same seed writes the same text")


@dataclass(frozen=True)
class RunSettings:
    """Everything one training run was asked for."""

    model: ModelSettings = ModelSettings()
    training: TrainingSettings = TrainingSettings()

    def override(self, **numbers: Any) -> Self:
        """The same settings with some fields replaced, each by its own name.

        Raises InvalidSetting for a name that is no setting and for a value outside its limits.
        """
        model_names = {f.name for f in fields(ModelSettings)}
        unknown = numbers.keys() - FIELDS.keys()
        if unknown:
            raise InvalidSetting(
                f"There is no setting called {', '.join(sorted(unknown))}.",
                f"Expected one of: {', '.join(FIELDS)}.",
                "Check the spelling.",
            )
        return replace(
            self,
            model=replace(self.model, **{k: v for k, v in numbers.items() if k in model_names}),
            training=replace(self.training, **{k: v for k, v in numbers.items() if k not in model_names}),
        )


@dataclass(frozen=True)
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
    # The textbook's own numbers. Its optimizer is Keras' Adam untouched: no warm-up, no clipping, nothing decayed.
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


def fit_to_text(settings: TrainingSettings, characters: int) -> tuple[TrainingSettings, tuple[str, ...]]:
    """Lower seq_length and batch_size until a text of so many characters gives windows to train and to validate on.

    Returns the settings to use and one sentence for each number lowered. Raises TextTooShort when not even
    the shortest window fits.
    """
    validation = held_out(characters)
    train = characters - validation
    shortest = min(settings.seq_length, SHORTEST_WINDOW)
    if validation <= shortest:
        raise TextTooShort(
            f"The text has {characters:,} characters.",
            f"A window of {shortest} characters and the one that follows must fit into its last tenth, "
            f"so {10 * (shortest + 1)} characters at least.",
            "Bring a longer text; a few thousand characters is where it begins to be fun.",
        )
    seq_length = min(settings.seq_length, validation - 1)
    rows = (train - 1) // seq_length  # windows there are in all
    batch_size = max(1, min(settings.batch_size, rows // STEPS_PER_EPOCH))
    lowered = [
        f"{name} lowered from {before} to {after}: the text has only {characters:,} characters."
        for name, before, after in (
            ("seq_length", settings.seq_length, seq_length),
            ("batch_size", settings.batch_size, batch_size),
        )
        if after < before
    ]
    return replace(settings, seq_length=seq_length, batch_size=batch_size), tuple(lowered)


def steps_per_epoch(characters: int, settings: TrainingSettings) -> int:
    """How many full batches a training part of so many characters gives."""
    window = settings.seq_length + (settings.order == "shuffled")  # chunks share no character, streams share one
    spare = settings.order == "contiguous"  # the last window's target
    return (characters - spare) // window // settings.batch_size
