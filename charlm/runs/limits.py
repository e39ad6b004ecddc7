"""What one visitor may ask of this machine. The defaults fit two cores and 16 GB; the host can set others."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Self

from pydantic import Field
from pydantic.dataclasses import dataclass

from charlm.errors import AlphabetTooLarge, InvalidSetting, TextTooLong
from charlm.languages import N_, NN_
from charlm.records import STRICT, Checked, settings_of
from charlm.settings import RunSettings
from charlm.text.corpus import Corpus

MEGABYTE = 2**20


@dataclass(frozen=True, config=STRICT)
class Limits(Checked):
    """Every limit is an environment variable: `epochs` is CHARLM_MAX_EPOCHS, and `keep_hours` CHARLM_KEEP_HOURS."""

    upload_mb: int = Field(default=20, ge=1, le=1_000, description=N_("megabytes of the files in one upload"))
    characters: int = Field(default=5_000_000, ge=100, le=100_000_000, description=N_("characters of a text"))
    alphabet: int = Field(default=4_000, ge=2, le=4_000, description=N_("different characters of a text"))
    epochs: int = Field(default=10_000, ge=1, le=100_000, description=N_("epochs of a run"))
    units: int = Field(default=1_024, ge=1, le=4_096, description=N_("units of a recurrent layer"))
    # The memory of a step grows with the units and with this number: at 1,024 units, about 40 KB for each character.
    step_characters: int = Field(
        default=32_768, ge=64, le=4_096**2, description=N_("characters in a step, which is seq_length times batch size")
    )
    minutes: float = Field(default=240, ge=0.001, le=100_000, description=N_("minutes of a run"))
    waiting: int = Field(default=100, ge=1, le=1_000, description=N_("runs that may wait"))
    runs: int = Field(default=3, ge=1, le=1_000, description=N_("runs of one visitor that wait or are under way"))
    runs_per_address: int = Field(
        default=60, ge=1, le=1_000, description=N_("the same for one network address, which a whole class may share")
    )
    length: int = Field(default=2_000, ge=50, le=100_000, description=N_("characters written at once"))
    disk_mb: int = Field(
        default=10_000, ge=10, le=10_000_000, description=N_("megabytes of all visitors' runs and uploads")
    )
    keep_hours: float = Field(
        default=0, ge=0, le=1_000_000, description=N_("hours after which a run is deleted; 0 keeps it")
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """The limits from environment variables; unset ones keep their defaults.

        Raises InvalidSetting with the name of the wrong variable.
        """
        given: dict[str, Any] = {}
        for name, setting in settings_of(cls).items():
            variable = variable_of(name)
            if value := environment.get(variable):
                try:
                    given[name] = float(value)
                    cls(**{name: given[name]})
                except (ValueError, InvalidSetting) as error:
                    raise InvalidSetting(
                        N_("{variable} is {value!r}."),
                        N_("Expected {expected}."),
                        N_("Set another value."),
                        variable=variable,
                        value=value,
                        expected=setting.expected,
                    ) from error
        return cls(**given)

    def check_size(self, size: int) -> None:
        """Refuse an upload of more than `upload_mb`; `size` is its bytes in all. Raises TextTooLong."""
        if size > self.upload_mb * MEGABYTE:
            raise TextTooLong(
                N_("This upload has {size:.1f} MB."),
                N_("Expected {most} MB at most."),
                N_("Choose smaller or fewer files."),
                size=size / MEGABYTE,
                most=self.upload_mb,
            )

    def check_text(self, corpus: Corpus) -> None:
        """Refuse a text that is too long or has too many different characters. Raises TextTooLong, AlphabetTooLarge."""
        if len(corpus.text) > self.characters:
            raise TextTooLong(
                NN_("{name} has {count:,} character.", "{name} has {count:,} characters."),
                N_("Expected {most:,} at most on this machine."),
                N_("Bring a part of the text."),
                name=corpus.name,
                count=len(corpus.text),
                most=self.characters,
            )
        alphabet = len(set(corpus.text))
        if alphabet > self.alphabet:
            raise AlphabetTooLarge(
                N_("{name} uses {count:,} different characters."),
                N_("Expected {most:,} at most on this machine."),
                N_("Replace the rare characters, or bring a text in one script."),
                name=corpus.name,
                count=alphabet,
                most=self.alphabet,
            )

    def check_setting(self, name: str, value: Any) -> None:
        """Refuse one setting of a run that exceeds its limit. Raises InvalidSetting."""
        if most := {"epochs": self.epochs, "rnn_units": self.units, "embedding_dim": self.units}.get(name):
            _refuse_more(name, value, most)

    def allow(self, settings: RunSettings) -> RunSettings:
        """The settings, with `max_minutes` at most as long as allowed. Raises InvalidSetting for any other excess."""
        model, training = settings.model, settings.training
        for name, asked in (model.as_dict() | training.as_dict()).items():
            self.check_setting(name, asked)
        _refuse_more("seq_length times batch_size", training.seq_length * training.batch_size, self.step_characters)
        minutes = min(self.minutes, training.max_minutes or self.minutes)
        return replace(settings, training=replace(training, max_minutes=minutes))

    def check_length(self, length: int) -> None:
        """Refuse to write more characters at once than the limit. Raises InvalidSetting."""
        _refuse_more("length", length, self.length)


def _refuse_more(name: str, asked: int, most: int) -> None:
    if asked > most:
        raise InvalidSetting(
            N_("{name} is {asked:,}."),
            N_("Expected {most:,} at most on this machine."),
            N_("Choose a smaller number."),
            name=name,
            asked=asked,
            most=most,
        )


def variable_of(name: str) -> str:
    """The environment variable that sets a limit."""
    return f"CHARLM_{'' if name == 'keep_hours' else 'MAX_'}{name.upper()}"
