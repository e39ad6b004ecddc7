"""charlm: bring a text, watch a small recurrent network learn to spell it, and play with what it writes.

    corpus = charlm.read_corpus("my.txt")
    for event in charlm.train(corpus, "checkpoints/mine"):
        print(event)
    model = charlm.load("checkpoints/mine")
    print(model.generate("Once", temperature=0.7, length=400, seed=1))

What computes is imported at its first use, since TensorFlow takes seconds to come up.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from charlm.errors import CharlmError
from charlm.presets import preset
from charlm.text.checkup import check_up
from charlm.text.corpus import read_corpus

if TYPE_CHECKING:
    from charlm.export.onefile import export_model, import_model
    from charlm.generation.language_model import LanguageModel, evaluate, load
    from charlm.runs.recording import resume, train
    from charlm.training.probe import estimate

__all__ = [
    "CharlmError",
    "LanguageModel",
    "check_up",
    "estimate",
    "evaluate",
    "export_model",
    "import_model",
    "load",
    "preset",
    "read_corpus",
    "resume",
    "train",
]
__version__ = "0.1.0"

_COMPUTES = {
    "LanguageModel": "generation.language_model",
    "estimate": "training.probe",
    "evaluate": "generation.language_model",
    "export_model": "export.onefile",
    "import_model": "export.onefile",
    "load": "generation.language_model",
    "resume": "runs.recording",
    "train": "runs.recording",
}


def __getattr__(name: str) -> Any:
    if name in _COMPUTES:
        return getattr(import_module(f"charlm.{_COMPUTES[name]}"), name)
    raise AttributeError(f"module 'charlm' has no attribute {name!r}")
