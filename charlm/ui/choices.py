"""Turns what a visitor chose for a run into a text and settings. Every refusal is a CharlmError with a sentence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from reprlib import repr as short
from typing import Any, Literal

from charlm.errors import CorpusNotFound, InvalidSetting
from charlm.languages import say
from charlm.presets import preset
from charlm.runs.limits import Limits
from charlm.settings import RunSettings
from charlm.text import corpus as corpora
from charlm.text import legacy_encodings
from charlm.text.built_in import BUILT_IN
from charlm.text.checkup import without_rare
from charlm.text.corpus import Corpus
from charlm.text.kept import KeptText, KeptTexts
from charlm.ui.texts import english as words

Parts = tuple[str | bytes, ...]
Source = Literal["built-in", "file", "paste"]
AUTO = "auto"  # charlm finds out the encoding itself
UNICODE = ("utf-8", "utf-16", "utf-16-le", "utf-16-be")
ENCODINGS = (*UNICODE, *legacy_encodings.ENCODINGS, "shift_jis")

SHOWN = ("epochs", "seq_length", "batch_size")
ADVANCED = (
    "rnn_units", "embedding_dim", "layers", "cell", "dropout", "optimizer", "learning_rate", "clip_norm", "order",
    "seed",
)  # fmt: skip
# With these numbers the gradient explodes within a few steps, and the run stops itself.
EXPLOSION: dict[str, Any] = {
    "rnn_units": 192, "cell": "rnn", "optimizer": "adam", "learning_rate": 0.3, "clip_norm": None,
}  # fmt: skip
NAMES = (*SHOWN, *ADVANCED)  # the settings that the page has a field for


@dataclass(frozen=True)
class TextChoice:
    """Where the text comes from."""

    where: Source = "built-in"
    built_in: str = "lamplighter"
    files: Sequence[str | Path] | None = None
    pasted: str | None = None
    encoding: str = AUTO  # of the files
    tidy: bool = False  # are rare characters to be replaced by similar ones?

    def read(self, limits: Limits, texts: KeptTexts) -> KeptText:
        """The chosen text; it comes from the kept texts if it was read before.

        Raises CorpusError, also for a text beyond the limits, and InvalidSetting.
        """

        def tidied() -> Corpus:
            corpus = read()
            limits.check_text(corpus)
            return without_rare(corpus) if self.tidy else corpus

        parts, read = self._source(limits)
        return texts.get((self.where, f"tidy: {self.tidy}", *parts), tidied)

    def _source(self, limits: Limits) -> tuple[Parts, Callable[[], Corpus]]:
        """The parts that identify the text, and the function that reads it."""
        match self.where:
            case "file":
                return self._from_files(limits)
            case "paste":
                return self._from_pasted(limits)
            case "built-in" if self.built_in in BUILT_IN:  # a path would open the server's own files
                corpus = corpora.read_corpus(self.built_in)  # outside `get`, so that a download blocks nobody else
                return (self.built_in,), lambda: corpus
        raise CorpusNotFound(*words.NO_SUCH_TEXT, name=short(self.built_in), names=", ".join(BUILT_IN))

    def _from_files(self, limits: Limits) -> tuple[Parts, Callable[[], Corpus]]:
        if not self.files:
            raise CorpusNotFound(words.YOUR_FILES_EMPTY, "", "")
        if self.encoding not in (AUTO, *ENCODINGS):
            names = ", ".join((AUTO, *ENCODINGS))
            raise InvalidSetting(*words.NO_SUCH_ENCODING, name=short(self.encoding), names=names)
        encoding = None if self.encoding == AUTO else self.encoding
        paths = [Path(file) for file in self.files]
        limits.check_size(sum(path.stat().st_size for path in paths))
        named = [(path.read_bytes(), path.name) for path in paths]
        parts = [part for content, name in named for part in (name, content)]
        return (self.encoding, *parts), lambda: corpora.join([corpora.decode(*file, encoding) for file in named])

    def _from_pasted(self, limits: Limits) -> tuple[Parts, Callable[[], Corpus]]:
        pasted = self.pasted or ""
        if not pasted.strip():
            raise CorpusNotFound(words.PASTE_EMPTY, "", "")
        limits.check_size(len(pasted))
        name = say(words.PASTED)
        return (name, pasted), lambda: corpora.from_text(pasted, name)


def values_of(name: str, characters: int) -> dict[str, Any]:
    """The values of the page's fields, by name, for a preset and a text of that many characters."""
    chosen = preset(name, characters)
    values = chosen.model.as_dict() | chosen.training.as_dict()
    return {field: values[field] for field in NAMES}


def settings_of(name: str, characters: int, values: Mapping[str, Any]) -> RunSettings:
    """The preset for a text of that many characters; `values` replace its own. Raises InvalidSetting."""
    return preset(name, characters, **values)


def what_is_wrong(name: str, value: Any, limits: Limits) -> str:
    """A sentence that says why a setting cannot have this value; "" if it can."""
    try:
        settings = preset("quick", 1_000_000, **{name: value})
        limits.check_setting(name, (settings.model.as_dict() | settings.training.as_dict())[name])
    except InvalidSetting as error:
        return f"{error.happened} {error.expected}"
    return ""
