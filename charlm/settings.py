"""What can be chosen, each with its limits and its meaning beside it."""

from dataclasses import replace
from typing import Any, Literal, Self

from pydantic import Field
from pydantic.dataclasses import dataclass

from charlm.errors import InvalidSetting
from charlm.records import STRICT, Checked, settings_of

LARGEST_SEED = 2**63 - 1  # of the dice that write


@dataclass(frozen=True, config=STRICT)
class ModelSettings(Checked):
    """The shape of the network: Embedding -> recurrent layer(s) -> Dense."""

    cell: Literal["lstm", "gru", "rnn"] = Field(default="lstm", description="kind of recurrent cell")
    rnn_units: int = Field(default=256, ge=1, le=4096, description="units of each recurrent layer")
    embedding_dim: int = Field(default=64, ge=1, le=2048, description="numbers that stand for a character")
    layers: int = Field(default=1, ge=1, le=3, description="recurrent layers")
    dropout: float = Field(
        default=0.0, ge=0.0, le=0.9, description="share of each layer's outputs hidden while learning"
    )
    # Keras' own start, uniform within 0.05, makes the inputs so small that the recurrence learns its first words late.
    embedding_initializer: Literal["random_normal", "random_uniform"] = Field(
        default="random_normal", description="how the embedding starts"
    )


@dataclass(frozen=True, config=STRICT)
class TrainingSettings(Checked):
    """How the network learns."""

    epochs: int = Field(default=10, ge=1, le=100_000, description="how often the text is read")
    seq_length: int = Field(
        default=64, ge=1, le=4096, description="characters in a window, over which gradients flow back"
    )
    batch_size: int = Field(default=32, ge=1, le=4096, description="windows read side by side")
    learning_rate: float = Field(default=5e-3, ge=1e-8, le=100.0, description="size of the steps, at its peak")
    order: Literal["contiguous", "shuffled"] = Field(
        default="contiguous", description="windows follow on and state is carried, or are shuffled and it is reset"
    )
    schedule: Literal["cosine", "constant"] = Field(
        default="cosine", description="how the learning rate goes on after the warm-up"
    )
    # Adam's second moment is a guess at first: small steps until it has settled.
    warmup_steps: int = Field(
        default=50, ge=0, le=1_000_000, description="steps over which the learning rate rises to its peak"
    )
    final_learning_rate: float = Field(
        default=0.02, ge=0.0, le=1.0, description="where the cosine ends, as a share of the peak"
    )
    # Adam's own 0.999 remembers a thousand steps, and a quick run has not many more.
    beta_2: float = Field(default=0.99, ge=0.5, le=0.999999, description="how slowly Adam's second moment forgets")
    weight_decay: float = Field(
        default=0.01, ge=0.0, le=1.0, description="AdamW's pull of the weights towards zero; 0 is plain Adam"
    )
    clip_norm: float | None = Field(
        default=1.0, ge=1e-6, le=1e6, description="longest gradient let through, as a global norm"
    )
    # Without it a network sees a beginning once an epoch, and may never find into the text when it writes from one.
    state_reset: float = Field(
        default=0.02, ge=0.0, le=1.0, description="chance that a row forgets its carried state before a window"
    )
    seed: int = Field(default=0, ge=0, le=2**31 - 1, description="where all chance of the run comes from")
    # When val_loss no longer falls while the loss does, the text is being learnt by heart.
    patience: int | None = Field(
        default=8, ge=1, le=100_000, description="epochs without a better val_loss after which to stop"
    )
    max_minutes: float | None = Field(
        default=None, ge=0.001, le=100_000, description="minutes of training after which to stop"
    )


FIELDS = settings_of(ModelSettings) | settings_of(TrainingSettings)  # all that a run may be asked for


@dataclass(frozen=True, config=STRICT)
class SamplingSettings(Checked):
    """How the network writes."""

    temperature: float = Field(
        default=0.7, ge=0.0, le=100.0, description="0 is always the likeliest character, higher is more inventive"
    )
    length: int = Field(default=400, ge=1, le=1_000_000, description="characters to write")
    seed: int = Field(default=0, ge=0, le=LARGEST_SEED, description="the same seed writes the same text")


@dataclass(frozen=True, config=STRICT)
class RunSettings:
    """Everything one training run was asked for."""

    model: ModelSettings = ModelSettings()
    training: TrainingSettings = TrainingSettings()

    def override(self, **numbers: Any) -> Self:
        """The same settings with some fields replaced, each by its own name.

        Raises InvalidSetting for a name that is no setting and for a value outside its limits.
        """
        model_names = settings_of(ModelSettings).keys()
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
