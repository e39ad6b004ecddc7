"""The models that come with charlm: their names, and their folder."""

import os
from pathlib import Path

from charlm.errors import CheckpointNotFound
from charlm.languages import N_
from charlm.storage.run_folder import RunFolder

FILMS = ("lamplighter-film", "molino-film")  # small ones, which have all their epochs
NAMES = (*FILMS, "quijote", "shakespeare")

# `pip install` puts them into the package (see pyproject.toml); in a checkout they are beside it.
_INSIDE = Path(__file__).parents[1] / "checkpoints"
PLACE = _INSIDE if _INSIDE.is_dir() else _INSIDE.parents[1] / "checkpoints"


def find_model(name: str | Path) -> Path:
    """The folder of a model. `name` is the path of a folder, or the name of a model that comes with charlm.

    If both exist, the folder is taken, but only if it contains a model. Raises CheckpointNotFound if neither exists.
    """
    if str(name) in NAMES and not RunFolder(name).has_card:
        return PLACE / name
    if not os.path.isdir(name):
        raise CheckpointNotFound(
            N_("There is no model at {name}."),
            N_("Expected the folder of a training run, or one of: {names}."),
            N_("Check the path, or train one."),
            name=name,
            names=NAMES,
        )
    return Path(name)
