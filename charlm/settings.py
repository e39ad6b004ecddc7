"""All settings, each with its limits and its meaning."""

from dataclasses import replace
from typing import Any, Literal, Self

from pydantic import Field
from pydantic.dataclasses import dataclass

from charlm.errors import InvalidSetting
from charlm.languages import N_
from charlm.records import STRICT, Checked, settings_of

LARGEST_SEED = 2**63 - 1  # for the random numbers with which a model writes


@dataclass(frozen=True, config=STRICT)
class ModelSettings(Checked):
    """The shape of the network: Embedding -> recurrent layer(s) -> Dense."""

    cell: Literal["lstm", "gru", "rnn"] = Field(default="lstm", description=N_("kind of recurrent cell"))
    rnn_units: int = Field(default=256, ge=1, le=4096, description=N_("units of each recurrent layer"))
    embedding_dim: int = Field(default=64, ge=1, le=2048, description=N_("numbers that stand for a character"))
    layers: int = Field(default=1, ge=1, le=3, description=N_("recurrent layers"))
    dropout: float = Field(
        default=0.0, ge=0.0, le=0.9, description=N_("share of each layer's outputs set to 0 during training")
    )
    # Dropout of the outputs leaves alone what the network keeps from one character to the next.
    weight_drop: float = Field(
        default=0.0, ge=0.0, le=0.9, description=N_("share of each recurrent kernel set to 0 during training")
    )
    # Keras' default, uniform from -0.05 to 0.05, makes the inputs so small that the first words are learnt much later.
    embedding_initializer: Literal["random_normal", "random_uniform"] = Field(
        default="random_normal", description=N_("how the first values of the embedding are drawn")
    )


@dataclass(frozen=True, config=STRICT)
class TrainingSettings(Checked):
    """How the network learns."""

    epochs: int = Field(default=10, ge=1, le=100_000, description=N_("how often the text is read"))
    seq_length: int = Field(
        default=64, ge=1, le=4096, description=N_("characters in a window, over which gradients flow back")
    )
    batch_size: int = Field(default=32, ge=1, le=4096, description=N_("windows read at the same time"))
    optimizer: Literal["adam", "muon"] = Field(
        default="adam", description=N_("how a gradient changes the weights; each of them needs its own learning rate")
    )
    learning_rate: float = Field(default=5e-3, ge=1e-8, le=100.0, description=N_("highest learning rate of the run"))
    order: Literal["contiguous", "shuffled"] = Field(
        default="contiguous", description=N_("contiguous windows carry the state; shuffled windows reset it")
    )
    schedule: Literal["cosine", "constant"] = Field(
        default="cosine", description=N_("how the learning rate changes after the warm-up")
    )
    # Adam's second moment is a rough estimate at first. The steps stay small until it is reliable.
    warmup_steps: int = Field(
        default=50, ge=0, le=1_000_000, description=N_("steps over which the learning rate rises to its peak")
    )
    final_learning_rate: float = Field(
        default=0.02,
        ge=0.0,
        le=1.0,
        description=N_("learning rate at the end of the cosine, as a share of the highest"),
    )
    # Adam's default 0.999 averages over about a thousand steps, and a quick run does not have many more.
    beta_2: float = Field(default=0.99, ge=0.5, le=0.999999, description=N_("how slowly Adam's second moment forgets"))
    # A run of few epochs learns faster with 0.9, one of many better with 0.95, as the authors of Muon advise.
    momentum: float = Field(default=0.9, ge=0.0, le=0.999, description=N_("how slowly Muon forgets earlier gradients"))
    # Twice the rate pays in a run of few epochs. In a long one these weights would learn the text by heart too soon.
    adam_lr_ratio: float = Field(
        default=2.0,
        ge=0.01,
        le=100.0,
        description=N_("rate of the weights that Muon leaves to Adam, as a multiple"),
    )
    weight_decay: float = Field(
        default=0.01, ge=0.0, le=1.0, description=N_("how strongly the weights are pulled to zero; 0 is not at all")
    )
    clip_norm: float | None = Field(
        default=1.0, ge=1e-6, le=1e6, description=N_("a gradient with a larger global norm is scaled down to this")
    )
    # Without it the network starts from a zero state only once an epoch, and may never learn to write from one.
    state_reset: float = Field(
        default=0.02, ge=0.0, le=1.0, description=N_("chance that a row of the batch forgets its state before a window")
    )
    seed: int = Field(default=0, ge=0, le=2**31 - 1, description=N_("seed of all random numbers of the run"))
    # When the loss still falls but val_loss does not, the network is learning the text by heart.
    patience: int | None = Field(
        default=8, ge=1, le=100_000, description=N_("stop after this many epochs without a better val_loss")
    )
    max_minutes: float | None = Field(
        default=None, ge=0.001, le=100_000, description=N_("stop after this many minutes of training")
    )


FIELDS = settings_of(ModelSettings) | settings_of(TrainingSettings)  # all settings of a run


@dataclass(frozen=True, config=STRICT)
class SamplingSettings(Checked):
    """How the network writes."""

    temperature: float = Field(
        default=0.7,
        ge=0.0,
        le=100.0,
        description=N_("0 always takes the likeliest character, higher is more inventive"),
    )
    length: int = Field(default=400, ge=1, le=1_000_000, description=N_("characters to write"))
    seed: int = Field(default=0, ge=0, le=LARGEST_SEED, description=N_("the same seed writes the same text"))


@dataclass(frozen=True, config=STRICT)
class RunSettings:
    """All settings of one training run."""

    model: ModelSettings = ModelSettings()
    training: TrainingSettings = TrainingSettings()

    def override(self, **numbers: Any) -> Self:
        """The same settings with some fields replaced; each is passed by its name.

        Raises InvalidSetting for a name that is not a setting and for a value outside its limits.
        """
        model_names = settings_of(ModelSettings).keys()
        unknown = numbers.keys() - FIELDS.keys()
        if unknown:
            raise InvalidSetting(
                N_("There is no setting called {unknown}."),
                N_("Expected one of: {names}."),
                N_("Check the spelling."),
                unknown=tuple(sorted(unknown)),
                names=tuple(FIELDS),
            )
        return replace(
            self,
            model=replace(self.model, **{k: v for k, v in numbers.items() if k in model_names}),
            training=replace(self.training, **{k: v for k, v in numbers.items() if k not in model_names}),
        )
