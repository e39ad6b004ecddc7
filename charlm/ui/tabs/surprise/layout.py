"""The Surprise tab's controls."""

from dataclasses import dataclass

import gradio as gr

from charlm.generation.shelf import Shelf
from charlm.ui import models, texts
from charlm.ui.writing import LONGEST_SENTENCE


@dataclass(frozen=True)
class Controls:
    """The controls of the tab."""

    sentence: gr.Textbox
    model: gr.Dropdown
    other_model: gr.Dropdown
    look: gr.Button
    outcome: gr.Column  # all that follows; it is seen once there is something
    verdict: gr.HTML
    shaded: tuple[gr.HTML, gr.HTML]  # by the first model and by the second
    table: gr.HTML


def lay_out(shelf: Shelf) -> Controls:
    """Put the controls on the page that is being built."""
    gr.Markdown(texts.SURPRISE_LEAD, elem_classes="step")
    sentence = gr.Textbox(
        texts.SURPRISE_EXAMPLE, label=texts.SENTENCE, info=texts.SENTENCE_INFO, lines=3, max_lines=6,
        max_length=LONGEST_SENTENCE, elem_id="sentence",
    )  # fmt: skip
    with gr.Row(equal_height=True):
        model = models.dropdown(shelf, "surprise-model")
        other = models.dropdown(shelf, "surprise-other", texts.OTHER_MODEL, texts.OTHER_MODEL_INFO, rank=1)
    look = gr.Button(texts.SURPRISE_RUN, variant="primary", elem_id="surprise-run")
    with gr.Column(visible=False) as outcome:
        verdict = gr.HTML("", elem_classes="charlm", elem_id="verdict")
        with gr.Row(equal_height=False):
            shaded = _shaded(0), _shaded(1)
        with gr.Accordion(texts.SURPRISE_TABLE, open=False):
            table = gr.HTML("", elem_classes="charlm", elem_id="surprise-table", max_height=480)
    return Controls(sentence, model, other, look, outcome, verdict, shaded, table)


def _shaded(number: int) -> gr.HTML:
    with gr.Column(min_width=320):
        return gr.HTML("", elem_classes="charlm", elem_id=f"surprise-{number}")
