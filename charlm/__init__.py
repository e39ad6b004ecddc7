"""charlm: bring a text, watch a small recurrent network learn to spell it, and play with what it writes.

    corpus = charlm.read_corpus("my.txt")
    for event in charlm.train(corpus, "checkpoints/mine"):
        print(event)
    model = charlm.load("checkpoints/mine")
    print(model.generate("Once", temperature=0.7, length=400, seed=1))

How a model sees a text:

    *_, last = charlm.compare(model, "Once", [0.2, 1.0], length=300, seed=1, traces=charlm.Traces.of(corpus.text))
    charlm.surprise(model, "Once upon a time").bits_per_character
    charlm.next_characters(model, "Onc", count=3)
    charlm.find_copies(last.columns[0].text, corpus).share
    for frame in charlm.replay("checkpoints/mine", "Once"):  # before learning, and after each kept epoch
        print(frame.epoch, frame.text)

The parts that compute are imported at their first use, because TensorFlow takes seconds to start.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from charlm.errors import CharlmError
from charlm.presets import preset
from charlm.text.checkup import check_up
from charlm.text.corpus import from_text as corpus_of
from charlm.text.corpus import read_corpus
from charlm.text.long_corpus import open_corpus

if TYPE_CHECKING:
    from charlm.export.onefile import export_model, import_model
    from charlm.export.space import export_space
    from charlm.export.webpage import export_page
    from charlm.generation.language_model import LanguageModel, evaluate, load
    from charlm.insight.comparison import compare
    from charlm.insight.next_characters import next_characters
    from charlm.insight.replay import replay
    from charlm.insight.surprise import surprise
    from charlm.runs.recording import resume, train
    from charlm.text.copies import find_copies
    from charlm.text.traces import Traces
    from charlm.times.estimates import estimate

__all__ = [
    "CharlmError",
    "LanguageModel",
    "Traces",
    "check_up",
    "compare",
    "corpus_of",
    "estimate",
    "evaluate",
    "export_model",
    "export_page",
    "export_space",
    "find_copies",
    "import_model",
    "load",
    "next_characters",
    "open_corpus",
    "preset",
    "read_corpus",
    "replay",
    "resume",
    "surprise",
    "train",
]
__version__ = "0.1.0"

_AT_FIRST_USE = {
    "LanguageModel": "generation.language_model",
    "Traces": "text.traces",
    "compare": "insight.comparison",
    "estimate": "times.estimates",
    "evaluate": "generation.language_model",
    "export_model": "export.onefile",
    "export_page": "export.webpage",
    "export_space": "export.space",
    "find_copies": "text.copies",
    "import_model": "export.onefile",
    "load": "generation.language_model",
    "next_characters": "insight.next_characters",
    "replay": "insight.replay",
    "resume": "runs.recording",
    "surprise": "insight.surprise",
    "train": "runs.recording",
}


def __getattr__(name: str) -> Any:
    if name in _AT_FIRST_USE:
        return getattr(import_module(f"charlm.{_AT_FIRST_USE[name]}"), name)
    raise AttributeError(f"module 'charlm' has no attribute {name!r}")
