"""Starts to try with a click: some that the texts here know, and one that none of them has."""

from html import escape

import gradio as gr

from charlm.ui import texts
from charlm.ui.answers import QUIET
from charlm.ui.lesson import LONGEST_START

PICK = """element.addEventListener('click', (event) => { const found = event.target.closest('button');
  if (found) trigger('click', {start: found.textContent}); })"""


def lay_out() -> gr.HTML:
    """Put a button for each start on the page that is being built."""
    buttons = "".join(f'<button type="button">{escape(one)}</button>' for one in texts.START_TRIES.splitlines())
    shown = f'<p>{texts.START_TRIES_LEAD}</p><p class="picks">{buttons}</p>'
    return gr.HTML(shown, elem_classes="charlm", elem_id="tries", js_on_load=PICK)


def wire(tries: gr.HTML, start: gr.Textbox) -> None:
    """Let a click write the start."""

    def take(event: gr.EventData) -> str:
        return str(getattr(event, "start", ""))[:LONGEST_START]

    tries.click(take, None, start, **QUIET)
