"""How the page answers: quietly where it only shows something, in a sentence where something is not possible."""

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

import gradio as gr

from charlm.errors import CharlmError
from charlm.ui.languages import english as texts

# For what shows itself: outside the queue, without a veil over the page, and of no use to a script.
QUIET: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
# For what streams: everybody is let in, and sees their own place in the row (see turns.py).
STREAM: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": None, "api_visibility": "private"}

# navigator.clipboard is missing on plain http in a local network; the old way works everywhere.
COPY = """() => {{ const box = document.querySelector('{box}');
  if (navigator.clipboard) {{ navigator.clipboard.writeText(box.value); return; }}
  box.focus(); box.select(); document.execCommand('copy'); }}"""
DOWNLOAD = """() => {{ const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([document.querySelector('{box}').value], {{type: '{kind}'}}));
  link.download = '{name}'; link.click(); URL.revokeObjectURL(link.href); }}"""


class Refusal(gr.Error):
    """What stands in the way, as Gradio carries a sentence to whoever asked; in the log there is nothing of it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence.strip(), title=texts.NOT_POSSIBLE, print_exception=False)


def refusal(sentence: str) -> Refusal:
    """The refusal as a toast on the page: tags in it are shown as what they are."""
    return Refusal(escape(sentence, quote=False))


@contextmanager
def in_words() -> Iterator[None]:
    """A refusal reaches the person as the sentence it is."""
    try:
        yield
    except CharlmError as error:
        raise refusal(str(error)) from error
