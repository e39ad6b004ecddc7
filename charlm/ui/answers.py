"""How the page answers: quietly where it only shows something, in a sentence where something is not possible."""

from html import escape
from typing import Any

import gradio as gr

from charlm.ui import texts

# For what shows itself: outside the queue, without a veil over the page, and of no use to a script.
QUIET: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


def refusal(sentence: str) -> gr.Error:
    """What stands in the way, as the toast that tells it; tags in it are shown as what they are."""
    return gr.Error(escape(sentence.strip(), quote=False), title=texts.NOT_POSSIBLE, print_exception=False)
