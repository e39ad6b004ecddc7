"""One run on several machines: the first keeps it in its folder, the others compute with it.

The first machine sends all that they need, and then they call the same `fit`. So they have no text and no folder of
their own, write nothing, and cannot disagree with it about a setting.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict

import numpy as np

from charlm.events import Event
from charlm.network import machines
from charlm.network.model import CharacterModel
from charlm.presets import held_out, steps_per_epoch
from charlm.settings import RunSettings
from charlm.training.learner import Learner
from charlm.training.loop import fit


def lead(learner: Learner, settings: RunSettings, ids: np.ndarray) -> None:
    """Send the run to the other machines, if there are any; for the first one. `ids` is the text, (characters,)."""
    if machines.size() == 1:
        return
    numbers = asdict(settings.model) | asdict(settings.training)
    plan = {"settings": numbers, "vocab_size": learner.network.dense.units, "ids": ids.dtype.str}
    machines.from_first(json.dumps(plan).encode())
    machines.from_first(np.ascontiguousarray(ids).data.cast("B"))
    learner.take_from_first()


def follow(stop: Callable[[], bool]) -> Iterator[Event]:
    """Train with the first machine until the run ends; yields the same events. Raises what `fit` raises."""
    plan = json.loads(bytes(machines.from_first(b"")))
    ids = np.frombuffer(machines.from_first(b""), plan["ids"])
    settings = RunSettings().override(**plan["settings"])
    network = CharacterModel(plan["vocab_size"], settings.model, settings.training.seed)
    steps = steps_per_epoch(len(ids) - held_out(len(ids)), settings.training)
    learner = Learner(network, settings.training, steps * settings.training.epochs)
    learner.take_from_first()
    yield from fit(learner, ids, settings.training, stop)
    machines.wait_for_all()
