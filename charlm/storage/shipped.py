"""The models that come with charlm: their names, and where they lie."""

import os
from pathlib import Path

from charlm.errors import CheckpointNotFound
from charlm.storage.run_folder import RunFolder

NAMES = ("quijote", "shakespeare")

# `pip install` puts them into the package (pyproject.toml says so); in a checkout they lie beside it.
_INSIDE = Path(__file__).parents[1] / "checkpoints"
PLACE = _INSIDE if _INSIDE.is_dir() else _INSIDE.parents[1] / "checkpoints"


def find_model(name: str | Path) -> Path:
    """The folder of the model that is meant: the folder of that path, or a model that comes with charlm by its name.

    A folder goes first if it holds a model; one that only happens to have that name hides nothing.
    Raises CheckpointNotFound where there is neither.
    """
    if str(name) in NAMES and not RunFolder(name).has_card:
        return PLACE / name
    if not os.path.isdir(name):
        raise CheckpointNotFound(
            f"There is no model at {name}.",
            f"Expected the folder of a training run, or one of: {', '.join(NAMES)}.",
            "Check the path, or train one.",
        )
    return Path(name)
