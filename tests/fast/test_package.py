"""What is installed, here and on a Hugging Face Space: one list of dependencies, and the models that come along."""

import re
import tomllib
from pathlib import Path

import pytest

from charlm.storage.run_folder import RunFolder
from charlm.storage.shipped import FILMS, NAMES, PLACE

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DEPENDENCIES = PYPROJECT["project"]["dependencies"]
EXTRAS = PYPROJECT["project"]["optional-dependencies"]
CLUSTER, FOR_TESTS = EXTRAS["cluster"], [pin for pin in EXTRAS["test"] if pin != "charlm[cluster]"]
MODEL = ("best.weights.h5", "card.json", "events.jsonl", "traces.json")
WITH_EPOCHS = ("best.weights.h5", "card.json", "epochs", "events.jsonl", "traces.json")


@pytest.mark.parametrize("pin", [*DEPENDENCIES, *CLUSTER, *FOR_TESTS, *PYPROJECT["build-system"]["requires"]])
def test_every_pin_is_exact(pin):
    assert re.fullmatch(r"[a-z-]+(\[binary\])?==[\d.]+", pin)


def test_a_space_installs_the_same():
    """A Space mounts only this file while it installs, so it cannot just name the package."""
    assert pins("requirements.txt") == DEPENDENCIES


def test_so_does_a_queue_on_several_machines():
    assert pins("requirements-cluster.txt") == CLUSTER


def pins(file):
    return [line for line in (ROOT / file).read_text("utf-8").splitlines() if not line.startswith("#")]


def test_a_space_reads_its_settings_in_the_readme():
    front = (ROOT / "README.md").read_text("utf-8").split("---\n")[1]
    (gradio,) = (pin.removeprefix("gradio==") for pin in DEPENDENCIES if pin.startswith("gradio=="))
    assert f"sdk_version: {gradio}\n" in front
    assert 'python_version: "3.12"\n' in front
    assert "app_file: app.py\n" in front
    assert len(re.search(r"short_description: (.+)", front).group(1)) <= 60


def test_no_file_is_too_large_for_a_space():
    shipped = [*ROOT.glob("*.*"), *ROOT.glob("charlm/**/*.*"), *(ROOT / file for file in models())]
    assert max(file.stat().st_size for file in shipped) < 10_000_000


@pytest.mark.parametrize("film", FILMS)
def test_a_film_is_small_and_whole(film):
    folder = PLACE / film
    assert sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) < 2_000_000
    assert [one.epoch for one in RunFolder(folder).epochs.kept()] == list(range(15))


def test_every_model_that_comes_along_is_installed_with_all_that_writing_needs():
    installed = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert installed == {file: f"charlm/{file}" for file in models()}


def test_git_keeps_these_models_and_nothing_that_a_run_leaves_beside_them():
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    kept = [line for line in ignored if line.startswith("!checkpoints/")]
    folders = [f"checkpoints/{name}/" for name in NAMES]
    assert kept == [f"!{path}" for path in ("checkpoints/README.md", *folders, *models())]


def models():
    """The files of the models that come with charlm, as the project names them."""
    return [f"checkpoints/{name}/{file}" for name in NAMES for file in (WITH_EPOCHS if name in FILMS else MODEL)]
