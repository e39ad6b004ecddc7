"""A lesson in a link: the state of the temperature lab as the query of the page's address, and back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from charlm.errors import InvalidSetting
from charlm.settings import SamplingSettings
from charlm.storage.run_folder import shared_name

TAB = "temperature"
TEMPERATURES = (0.2, 0.5, 1.0, 1.5)
HOTTEST = 5.0
LENGTHS = (50, 1_000)  # least and most characters in a column
LONGEST_START = 500


@dataclass(frozen=True)
class Lesson:
    """What a comparison is made with. `model` is the name of its folder."""

    model: str = ""
    start: str = ""
    temperatures: tuple[float, ...] = TEMPERATURES
    seed: int = 1
    length: int = 300

    def __post_init__(self) -> None:
        """Raises InvalidSetting for a number outside its limits, and for a start that is too long."""
        for temperature in self.temperatures:
            SamplingSettings(temperature, self.length, self.seed)
        low, high = LENGTHS
        if len(self.temperatures) != len(TEMPERATURES) or max(self.temperatures) > HOTTEST:
            raise InvalidSetting(
                f"The temperatures are {', '.join(f'{t:g}' for t in self.temperatures)}.",
                f"Expected {len(TEMPERATURES)} of them, from 0 to {HOTTEST:g}.",
                "Choose others.",
            )
        if not low <= self.length <= high:
            raise InvalidSetting(f"length is {self.length}.", f"Expected {low} to {high}.", "Choose another length.")
        if len(self.start) > LONGEST_START:
            raise InvalidSetting(
                f"The start has {len(self.start):,} characters.", f"Expected {LONGEST_START} at most.", "Shorten it."
            )

    def query(self) -> str:
        """The part of an address behind the question mark. It gives away a model to write with, and no one's run."""
        temperatures = " ".join(f"{t:g}" for t in self.temperatures)
        numbers = {"temperatures": temperatures, "seed": self.seed, "length": self.length}
        return urlencode({"tab": TAB, "model": shared_name(self.model), "start": self.start} | numbers)

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Lesson | None":
        """The lesson of an address; None where it holds none, or one that is out of bounds."""
        if query.get("tab") != TAB:
            return None
        plain = cls()
        try:
            temperatures = tuple(float(t) for t in query["temperatures"].split())
            numbers = {name: int(query[name]) for name in ("seed", "length")}
            return replace(plain, model=query["model"], start=query["start"], temperatures=temperatures, **numbers)
        except (KeyError, ValueError, InvalidSetting):
            return None
