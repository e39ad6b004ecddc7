"""What one visitor may ask of this machine. The defaults fit two cores and 16 GB; whoever hosts it sets others."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from charlm.errors import AlphabetTooLarge, InvalidSetting, TextTooLong
from charlm.settings import Checked, RunSettings, number
from charlm.text.corpus import Corpus

MEGABYTE = 2**20


@dataclass(frozen=True)
class Limits(Checked):
    """Every limit is an environment variable: `epochs` is CHARLM_MAX_EPOCHS, and `keep_hours` CHARLM_KEEP_HOURS."""

    upload_mb: int = number(20, 1, 1_000, "megabytes of the files brought at once")
    characters: int = number(5_000_000, 100, 100_000_000, "characters of a text")
    alphabet: int = number(4_000, 2, 4_000, "different characters of a text")
    epochs: int = number(10_000, 1, 100_000, "epochs of a run")
    units: int = number(1_024, 1, 4_096, "units of a recurrent layer")
    # What a step holds in memory grows with the units and with this: at 1,024 units some 40 KB for each.
    step_characters: int = number(32_768, 64, 4_096**2, "characters in a step, which is seq_length times batch size")
    minutes: float = number(240, 0.001, 100_000, "minutes of a run")
    waiting: int = number(40, 1, 1_000, "runs that may wait")
    runs: int = number(3, 1, 1_000, "runs of one visitor that wait or are under way")
    length: int = number(2_000, 50, 100_000, "characters written at once")
    disk_mb: int = number(10_000, 10, 10_000_000, "megabytes of all visitors' runs")
    keep_hours: float = number(0, 0, 1_000_000, "hours after which a run is deleted; 0 keeps it")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """The limits that variables set, defaults for the others. Raises InvalidSetting, which names the variable."""
        given: dict[str, Any] = {}
        for item in fields(cls):
            variable = variable_of(item.name)
            if value := environment.get(variable):
                try:
                    given[item.name] = float(value) if item.type is float else int(value)
                    cls(**{item.name: given[item.name]})
                except (ValueError, InvalidSetting) as error:
                    low, high = item.metadata["limits"].low, item.metadata["limits"].high
                    raise InvalidSetting(
                        f"{variable} is {value!r}.", f"Expected a number from {low:g} to {high:g}.", "Set another one."
                    ) from error
        return cls(**given)

    def check_size(self, size: int) -> None:
        """Refuse files of so many bytes in all. Raises TextTooLong."""
        if size > self.upload_mb * MEGABYTE:
            raise TextTooLong(
                f"This has {size / MEGABYTE:.1f} MB.",
                f"Expected {self.upload_mb} MB at most.",
                "Bring less.",
            )

    def check_text(self, corpus: Corpus) -> None:
        """Refuse a text that is too long or has too many different characters. Raises TextTooLong, AlphabetTooLarge."""
        if len(corpus.text) > self.characters:
            raise TextTooLong(
                f"{corpus.name} has {len(corpus.text):,} characters.",
                f"Expected {self.characters:,} at most on this machine.",
                "Bring a part of it.",
            )
        alphabet = len(set(corpus.text))
        if alphabet > self.alphabet:
            raise AlphabetTooLarge(
                f"{corpus.name} uses {alphabet:,} different characters.",
                f"Expected {self.alphabet:,} at most on this machine.",
                "Replace the rare ones, or bring a text in one script.",
            )

    def check_setting(self, name: str, value: Any) -> None:
        """Refuse a single setting of a run that is too much, whatever the others are. Raises InvalidSetting."""
        if most := {"epochs": self.epochs, "rnn_units": self.units, "embedding_dim": self.units}.get(name):
            _refuse_more(name, value, most)

    def allow(self, settings: RunSettings) -> RunSettings:
        """The settings, with the minutes a run may take here. Raises InvalidSetting for what is too much."""
        model, training = settings.model, settings.training
        for name, asked in (model.as_dict() | training.as_dict()).items():
            self.check_setting(name, asked)
        _refuse_more("seq_length times batch_size", training.seq_length * training.batch_size, self.step_characters)
        minutes = min(self.minutes, training.max_minutes or self.minutes)
        return replace(settings, training=replace(training, max_minutes=minutes))

    def check_length(self, length: int) -> None:
        """Refuse to write so many characters at once. Raises InvalidSetting."""
        _refuse_more("length", length, self.length)


def _refuse_more(name: str, asked: int, most: int) -> None:
    if asked > most:
        raise InvalidSetting(
            f"{name} is {asked:,}.", f"Expected {most:,} at most on this machine.", "Choose a smaller number."
        )


def variable_of(name: str) -> str:
    """The environment variable that sets a limit."""
    return f"CHARLM_{'' if name == 'keep_hours' else 'MAX_'}{name.upper()}"
