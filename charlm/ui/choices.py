"""What a person chooses for a run, turned into a text and settings; every refusal is a CharlmError in words."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from reprlib import repr as short
from typing import Any, Literal

from charlm.errors import CorpusNotFound, InvalidSetting
from charlm.runs.limits import Limits
from charlm.settings import RunSettings, preset
from charlm.text import corpus as corpora
from charlm.text.checkup import without_rare
from charlm.text.corpus import Corpus
from charlm.ui.languages import english as texts

Source = Literal["built-in", "file", "paste"]
AUTO = "auto"  # the encoding is found out
ENCODINGS = ("utf-8", "utf-16", "windows-1252", "iso-8859-1", "mac-roman", "shift_jis", "gb18030")

SHOWN = ("epochs", "seq_length", "batch_size")
ADVANCED = ("rnn_units", "embedding_dim", "layers", "cell", "dropout", "learning_rate", "order", "seed")
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

    def read(self, limits: Limits) -> Corpus:
        """The text. Raises a CorpusError, for one beyond the limits as well, and InvalidSetting."""
        text = self._read(limits)
        limits.check_text(text)
        return without_rare(text) if self.tidy else text

    def _read(self, limits: Limits) -> Corpus:
        match self.where:
            case "file":
                return self._read_files(limits)
            case "paste":
                return self._read_pasted(limits)
            case "built-in" if self.built_in in corpora.BUILT_IN:  # a path would read the server's own files
                return corpora.read_corpus(self.built_in)
        raise CorpusNotFound(
            f"There is no text called {short(self.built_in)}.",
            f"Expected one of your own, or one of these: {', '.join(corpora.BUILT_IN)}.",
            "Choose another.",
        )

    def _read_files(self, limits: Limits) -> Corpus:
        if not self.files:
            raise CorpusNotFound(texts.YOUR_FILES_EMPTY, "", "")
        if self.encoding not in (AUTO, *ENCODINGS):
            raise InvalidSetting(
                f"encoding is {short(self.encoding)}.",
                f"Expected one of: {AUTO}, {', '.join(ENCODINGS)}.",
                "Choose one of these, or save the file as UTF-8.",
            )
        encoding = None if self.encoding == AUTO else self.encoding
        paths = [Path(file) for file in self.files]
        limits.check_size(sum(path.stat().st_size for path in paths))
        return corpora.join([corpora.decode(path.read_bytes(), path.name, encoding) for path in paths])

    def _read_pasted(self, limits: Limits) -> Corpus:
        if not self.pasted or not self.pasted.strip():
            raise CorpusNotFound(texts.PASTE_EMPTY, "", "")
        limits.check_size(len(self.pasted))
        return corpora.from_text(self.pasted, texts.FACT_PASTED)


def values_of(name: str, characters: int) -> dict[str, Any]:
    """What the fields show for a preset and a text of so many characters."""
    chosen = preset(name, characters)
    values = chosen.model.as_dict() | chosen.training.as_dict()
    return {field: values[field] for field in NAMES}


def settings_of(name: str, characters: int, values: Mapping[str, Any]) -> RunSettings:
    """The preset for a text of so many characters, with these values in place of its own. Raises InvalidSetting."""
    return preset(name, characters, **{n: whole(v) for n, v in values.items()})


def what_is_wrong(name: str, value: Any, limits: Limits) -> str:
    """A sentence about one setting that cannot be what it is; nothing where it can."""
    try:
        preset("quick", 1_000_000, **{name: whole(value)})
        limits.check_setting(name, whole(value))
    except InvalidSetting as error:
        return f"{error.happened} {error.expected}"
    return ""


def whole(value: Any) -> Any:
    """A whole number, which comes from the page as a float; anything else as it is, for the settings to refuse."""
    return int(value) if isinstance(value, float) and math.isfinite(value) and value == int(value) else value
