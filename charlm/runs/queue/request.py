"""A request to a worker: what it must train, for whom, and for how long."""

from dataclasses import dataclass
from typing import Self

from charlm.errors import CheckpointDamaged, InvalidSetting
from charlm.languages import N_
from charlm.presets import Plan
from charlm.records import STRICT, from_json, to_json
from charlm.runs.visitors import NOBODY, Asker


@dataclass(frozen=True)
class Request:
    """A request to a worker: to begin a new run if there is a plan, or else to go on with an old run."""

    __pydantic_config__ = STRICT
    submitted: float  # seconds since 1970
    corpus_name: str = ""
    plan: Plan | None = None
    epochs: int | None = None  # in all, of a run that goes on; None keeps the planned number
    asker: Asker = NOBODY
    minutes: float | None = None  # how long the worker may train now

    @property
    def lowered(self) -> tuple[str, ...]:
        """One sentence for each setting that was lowered in a new run."""
        return self.plan.lowered if self.plan else ()

    def to_json(self) -> str:
        """The request as one line of JSON."""
        return to_json(self)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The request from its JSON. Raises CheckpointDamaged if the text is not a request."""
        try:
            return from_json(cls, text, "the request")
        except (ValueError, InvalidSetting) as error:
            raise CheckpointDamaged(
                N_("The request for this run cannot be read ({error})."),
                N_("Expected the request that charlm wrote."),
                N_("Start a new run with the same text."),
                error=error,
            ) from error
