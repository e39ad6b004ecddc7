"""Texts are read once and kept by the hash of what they were read from: a page asks for the same one often."""

import hashlib
from collections.abc import Callable
from functools import cached_property

from charlm.latest import Latest
from charlm.text.checkup import CheckUp, check_up
from charlm.text.corpus import Corpus

TEXTS = 8  # kept; with the longest that a page takes by default some ten megabytes each


class KeptText:
    """A text and, as soon as somebody asks, its facts."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    @cached_property
    def facts(self) -> CheckUp:
        """The check-up of the text."""
        return check_up(self.corpus)


class KeptTexts:
    """The texts that were asked for last."""

    def __init__(self, most: int = TEXTS) -> None:
        self._texts: Latest[KeptText] = Latest(most)

    def get(self, parts: tuple[str | bytes, ...], read: Callable[[], Corpus]) -> KeptText:
        """The text that `read` makes of these parts: bytes, names, the encoding. Raises what `read` raises."""
        return self._texts.get(fingerprint(parts), lambda: KeptText(read()))


def fingerprint(parts: tuple[str | bytes, ...]) -> bytes:
    """The sha256 of parts, each with its length and kind: parts that are cut elsewhere have another one."""
    digest = hashlib.sha256()
    for part in parts:
        content = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        digest.update(f"{type(part).__name__} {len(content)} ".encode())
        digest.update(content)
    return digest.digest()
