"""How the page answers: a listener that only shows something runs quietly; what is impossible is told in a sentence."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

import gradio as gr

from charlm.errors import CharlmError
from charlm.languages import languages, speaking
from charlm.ui import texts

# For listeners that only update the page: they skip the queue, show no loading overlay and are hidden from scripts.
QUIET: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
# For listeners that stream: Gradio lets everybody in; turns.py lets them wait and tells each visitor their place.
STREAM: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": None, "api_visibility": "private"}

# navigator.clipboard is missing on plain http in a local network; the old way works everywhere.
COPY = """() => {{ const box = document.querySelector('{box}');
  if (navigator.clipboard) {{ navigator.clipboard.writeText(box.value); return; }}
  box.focus(); box.select(); document.execCommand('copy'); }}"""
DOWNLOAD = """() => {{ const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([document.querySelector('{box}').value], {{type: '{kind}'}}));
  link.download = '{name}'; link.click(); URL.revokeObjectURL(link.href); }}"""

# What a tab shows as the query of the page's address, and nothing else.
# The language stays in it: /?lang=en is how somebody with a Spanish browser reads English.
SHOW_ADDRESS = """(query) => { const lang = new URL(location).searchParams.get('lang');
  const kept = lang ? '&lang=' + encodeURIComponent(lang) : '';
  if (query) history.replaceState(null, '', location.pathname + '?' + query + kept); }"""


class Refusal(gr.Error):
    """A sentence that says what is not possible. Gradio sends it to the page or the script; it is not logged."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence.strip(), title=texts.NOT_POSSIBLE, print_exception=False)


def own_words() -> str:
    """CSS that puts our words in each language where Gradio has its own, in the language of the browser.

    Gradio 6.31 shows "Error" above a refusal, whatever its title.
    """
    title, drop = ".toast-title.error", "#files [data-testid=upload-text]"
    rules = [
        f"{title} {{ font-size: 0 }} {title} > * {{ font-size: var(--text-sm) }}",
        f"{drop} {{ font-size: 0 }} {drop} .or {{ display: none }}",
    ]
    for language in languages():
        with speaking(language):
            said = {f"{title}::before": texts.NOT_POSSIBLE, f"{drop}::after": texts.DROP_FILES}
        rules += (
            f"html:lang({language}) {place} {{ content: {json.dumps(words, ensure_ascii=False)};"
            " font-size: var(--text-lg) }"
            for place, words in said.items()
        )
    return "\n".join(rules)


def refusal(sentence: str) -> Refusal:
    """A refusal for the page, which shows it as a toast. HTML tags in the sentence are escaped."""
    return Refusal(escape(sentence, quote=False))


@contextmanager
def in_words() -> Iterator[None]:
    """Show a CharlmError to the visitor as a sentence."""
    try:
        yield
    except CharlmError as error:
        raise refusal(str(error)) from error
