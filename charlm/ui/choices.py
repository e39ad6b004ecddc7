"""What a person chose on the Train tab, turned into a text and settings; every refusal is a CharlmError in words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from charlm.errors import CorpusNotFound, InvalidSetting
from charlm.presets import preset
from charlm.runs.limits import Limits
from charlm.settings import RunSettings
from charlm.text import built_in
from charlm.text import corpus as corpora
from charlm.text.checkup import without_rare
from charlm.text.corpus import Corpus
from charlm.ui.languages import english as texts

SHOWN = ("epochs", "seq_length", "batch_size")
ADVANCED = ("rnn_units", "embedding_dim", "layers", "cell", "dropout", "learning_rate", "order", "seed")
NAMES = (*SHOWN, *ADVANCED)


@dataclass(frozen=True)
class TextChoice:
    """Where the text comes from, in the order of the controls."""

    where: str = texts.BUILT_IN
    built_in: str = "lamplighter"
    files: Sequence[str] | None = None
    pasted: str = ""
    encoding: str = texts.ENCODING_FOUND
    tidy: bool = False

    def read(self, limits: Limits) -> Corpus:
        """The text. Raises a CorpusError, for one beyond the limits as well."""
        text = self._read(limits)
        limits.check_text(text)
        return without_rare(text) if self.tidy else text

    def _read(self, limits: Limits) -> Corpus:
        if self.where == texts.FILES:
            if not self.files:
                raise CorpusNotFound(texts.YOUR_FILES_EMPTY, "", "")
            limits.check_size(sum(Path(f).stat().st_size for f in self.files))
            encoding = None if self.encoding == texts.ENCODING_FOUND else self.encoding
            return corpora.join([corpora.decode(Path(f).read_bytes(), Path(f).name, encoding) for f in self.files])
        if self.where == texts.PASTED:
            if not self.pasted.strip():
                raise CorpusNotFound(texts.PASTE_EMPTY, "", "")
            limits.check_size(len(self.pasted))
            return corpora.from_text(self.pasted, texts.FACT_PASTED)
        if self.built_in not in built_in.BUILT_IN:  # a path would read the server's own files
            raise CorpusNotFound(f"There is no text called {self.built_in!r}.", "", "")
        return corpora.read_corpus(self.built_in)


def values_of(name: str, characters: int) -> list[Any]:
    """What the fields show for a preset and a text of so many characters."""
    chosen = preset(name, characters)
    values = chosen.model.as_dict() | chosen.training.as_dict()
    return [values[field] for field in NAMES]


def settings_of(name: str, characters: int, values: Sequence[Any]) -> RunSettings:
    """The preset with what the fields say. Raises InvalidSetting."""
    return preset(name, characters, **{n: whole(v) for n, v in zip(NAMES, values, strict=True)})


def check(name: str, value: Any, limits: Limits) -> dict[str, Any]:
    """Gradio's verdict on one field, shown at the field itself."""
    try:
        preset("quick", 1_000_000, **{name: whole(value)})
        limits.check_setting(name, whole(value))
    except InvalidSetting as error:
        return gr.validate(False, f"{error.happened} {error.expected}")
    return gr.validate(True, "")


def whole(value: Any) -> Any:
    """A whole number, which comes from the page as a float; anything else as it is, for the settings to refuse."""
    return int(value) if isinstance(value, float) and math.isfinite(value) and value == int(value) else value
