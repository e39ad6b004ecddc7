"""A lesson as a link: the settings of the Temperature tab <-> the query of the page's address."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from pydantic import Field
from pydantic.dataclasses import dataclass

from charlm.errors import InvalidSetting
from charlm.languages import N_, Told
from charlm.records import STRICT, Checked
from charlm.settings import LARGEST_SEED
from charlm.storage.run_names import shared_name

TAB = "temperature"
TEMPERATURES = (0.2, 0.5, 1.0, 1.5)
HOTTEST = 5.0
LENGTHS = (50, 1_000)  # least and most characters in a column
LONGEST_START = 500
START = Told(N_("a start of at most {most:,} characters"), most=LONGEST_START)
HEATS = Told(N_("four temperatures from 0 to {hottest:g}"), hottest=HOTTEST)

Temperature = Annotated[float, Field(ge=0, le=HOTTEST)]


@dataclass(frozen=True, config=STRICT)
class Lesson(Checked):
    """The settings of a comparison. `model` is the name of the model's folder.

    Raises InvalidSetting for a number outside its limits, and for a start that is too long.
    """

    model: str = Field(default="", description=N_("the name of a model"))
    start: str = Field(default="", max_length=LONGEST_START, description=START)
    temperatures: tuple[Temperature, ...] = Field(default=TEMPERATURES, min_length=4, max_length=4, description=HEATS)
    seed: int = Field(default=1, ge=0, le=LARGEST_SEED, description=N_("the same seed writes the same text"))
    length: int = Field(default=300, ge=LENGTHS[0], le=LENGTHS[1], description=N_("characters in a column"))

    def query(self) -> str:
        """The part of the address after the question mark.

        It has the shared name of the model: others can write with the model, but they do not learn the run's id.
        """
        temperatures = " ".join(f"{t:g}" for t in self.temperatures)
        numbers = {"temperatures": temperatures, "seed": self.seed, "length": self.length}
        return urlencode({"tab": TAB, "model": shared_name(self.model), "start": self.start} | numbers)

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Lesson | None":
        """The lesson in an address; None if the address has no lesson, or one with a value outside its limits."""
        if query.get("tab") != TAB:
            return None
        plain = cls()
        try:
            temperatures = tuple(float(t) for t in query["temperatures"].split())
            numbers = {name: int(query[name]) for name in ("seed", "length")}
            return replace(plain, model=query["model"], start=query["start"], temperatures=temperatures, **numbers)
        except (KeyError, ValueError, InvalidSetting):
            return None
