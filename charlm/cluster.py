"""Which machines train one run together, and which of them this one is: what TF_CONFIG says.

TF_CONFIG is TensorFlow's own variable; launchers for clusters set it. For the second of two machines it is

    {"cluster": {"worker": ["first:2222", "second:2222"]}, "task": {"type": "worker", "index": 1}}
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from charlm.errors import InvalidSetting
from charlm.languages import N_

VARIABLE, PATIENCE = "TF_CONFIG", "CHARLM_JOIN_SECONDS"
EXAMPLE = '{"cluster": {"worker": ["first:2222", "second:2222"]}, "task": {"type": "worker", "index": 1}}'
SECONDS = 300.0  # that the machines wait for each other by default
JOBS = ("chief", "worker")  # the chief, if there is one, is the first machine


@dataclass(frozen=True)
class Cluster:
    """The addresses of all machines, and the number of this one, counted from 0. The first machine keeps the run."""

    addresses: tuple[str, ...] = ("",)
    rank: int = 0

    @property
    def size(self) -> int:
        """How many machines there are."""
        return len(self.addresses)


ALONE = Cluster()


def read_cluster(environment: Mapping[str, str] = os.environ) -> Cluster:
    """The machines that TF_CONFIG names: ALONE without it, or where it names only one. Raises InvalidSetting."""
    text = environment.get(VARIABLE)
    if not text:
        return ALONE
    try:
        config = json.loads(text)
        jobs = {job: _addresses(config.get("cluster", {}).get(job, [])) for job in JOBS}
        if sum(map(len, jobs.values())) < 2:
            return ALONE
        task = config["task"]
        job, index = str(task["type"]), int(task["index"])
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise InvalidSetting(
            N_("{variable} cannot be read ({error})."),
            N_("Expected something like {example}."),
            N_("Correct the variable, or unset it to train on this machine alone."),
            variable=VARIABLE,
            error=repr(error),
            example=EXAMPLE,
        ) from error
    if index not in range(len(jobs.get(job, ()))):
        raise InvalidSetting(
            N_("{variable} says that this machine is {job} {index}, and the cluster has none of that number."),
            N_("Expected a job of {jobs}, and an index that counts its addresses from 0."),
            N_("Correct the variable, or unset it to train on this machine alone."),
            variable=VARIABLE,
            job=job[:80],
            index=index,
            jobs=JOBS,
        )
    return Cluster((*jobs["chief"], *jobs["worker"]), index + (len(jobs["chief"]) if job == "worker" else 0))


def read_patience(environment: Mapping[str, str] = os.environ) -> float:
    """How many seconds the machines wait for each other. Raises InvalidSetting."""
    text = environment.get(PATIENCE) or str(SECONDS)
    if not re.fullmatch(r"\d{1,7}(\.\d+)?", text):
        raise InvalidSetting(
            N_("{name} is {value}."),
            N_("Expected a number of seconds, such as 300."),
            N_("Correct the variable, or unset it."),
            name=PATIENCE,
            value=text,
        )
    return float(text)


def _addresses(found: Any) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(a, str) and re.fullmatch(r".+:\d+", a) for a in found):
        raise ValueError(f"not a list of host:port: {found!r:.80}")
    return tuple(found)
