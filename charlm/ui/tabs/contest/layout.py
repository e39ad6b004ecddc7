"""The controls of the tab Side by side."""

from dataclasses import dataclass

import gradio as gr

from charlm.generation.shelf import Shelf
from charlm.ui import texts
from charlm.ui.contest import MOST
from charlm.ui.drawings.notes import notice

LOOK_EVERY = 3.0  # seconds between two looks at runs that are under way
TAB = "contest"


@dataclass(frozen=True)
class Controls:
    """The controls of the tab."""

    chosen: gr.Dropdown
    curves: gr.HTML
    table: gr.HTML
    link: gr.HTML
    address: gr.Textbox  # the chosen runs as the query of an address; hidden
    looks: gr.Timer


def lay_out(shelf: Shelf) -> Controls:
    """Put the controls on the page that is being built."""
    gr.Markdown(texts.CONTEST_LEAD, elem_classes="step")
    chosen = gr.Dropdown(
        shelf.everybodys(), value=[], multiselect=True, max_choices=MOST, label=texts.CONTEST_RUNS,
        info=texts.CONTEST_INFO, elem_id="contest-runs", allow_custom_value=True,
    )  # fmt: skip
    curves = gr.HTML(notice(texts.CONTEST_EMPTY), elem_classes="charlm", elem_id="contest-curves")
    table = gr.HTML("", elem_classes="charlm", elem_id="contest-table")
    link = gr.HTML("", elem_classes="charlm", elem_id="contest-link")
    address = gr.Textbox("", visible="hidden", elem_id="contest-address")
    return Controls(chosen, curves, table, link, address, gr.Timer(LOOK_EVERY, active=False))
