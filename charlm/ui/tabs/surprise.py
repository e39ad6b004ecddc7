"""The Surprise tab: a sentence, shaded by how little the model expected each of its characters."""

import gradio as gr
import numpy as np

from charlm.errors import InvalidSetting
from charlm.generation.shelf import Shelf
from charlm.generation.temperature import likeliest_first, probabilities
from charlm.insight.observations import surprisal
from charlm.ui import models
from charlm.ui.answers import in_words, refusal
from charlm.ui.drawings import shading, views
from charlm.ui.drawings.letters import shown
from charlm.ui.languages import english as texts

LONGEST = 2_000  # characters


def build(tab: gr.Tab, shelf: Shelf, kept: gr.BrowserState) -> None:
    """Put the tab where the page is being built."""
    gr.Markdown(texts.SURPRISE_LEAD, elem_classes="step")
    sentence = gr.Textbox(
        texts.SURPRISE_EXAMPLE, label=texts.SENTENCE, info=texts.SENTENCE_INFO, lines=3, max_lines=6,
        max_length=LONGEST, elem_id="sentence",
    )  # fmt: skip
    with gr.Row(equal_height=True):
        one = models.choice(tab, shelf, kept, "surprise-model")
        other = models.choice(tab, shelf, kept, "surprise-other", texts.OTHER_MODEL, texts.OTHER_MODEL_INFO, rank=1)
    look = gr.Button(texts.SURPRISE_RUN, variant="primary", elem_id="surprise-run")
    verdict = gr.HTML("", elem_classes="charlm", elem_id="verdict")
    with gr.Row(equal_height=False):
        shaded = []
        for number in (0, 1):
            with gr.Column(min_width=320):
                shaded.append(gr.HTML("", elem_classes="charlm", elem_id=f"surprise-{number}"))
    with gr.Accordion(texts.SURPRISE_TABLE, open=False):
        table = gr.HTML("", elem_classes="charlm", elem_id="surprise-table", max_height=480)

    def surprise(sentence: str, model: str, other_model: str) -> tuple[str, str, str, str]:
        return compare(shelf, sentence, model, other_model)

    look.click(
        surprise, [sentence, one, other], [*shaded, verdict, table], api_name="surprise", show_progress="hidden",
        concurrency_limit=2,
    )  # fmt: skip


def compare(shelf: Shelf, sentence: str, model: str, other_model: str) -> tuple[str, str, str, str]:
    """The sentence as each model sees it, whose style it is, and all of it as a table."""
    with in_words():
        if not sentence or not sentence.strip():
            raise InvalidSetting(*texts.SENTENCE_EMPTY)
        if len(sentence) > LONGEST:
            raise InvalidSetting(*(part.format(count=len(sentence), most=LONGEST) for part in texts.SENTENCE_TOO_LONG))
        names = list(dict.fromkeys(name for name in (model, other_model) if name))
        looked = [_look(shelf, name, sentence) for name in names]
    shaded = [html for html, _, _ in looked] + [""] * (2 - len(looked))
    means = [bits.mean() for _, bits, _ in looked]
    tables = "".join(rows for _, _, rows in looked)
    return shaded[0], shaded[1], shading.verdict([models.named(n) for n in names], means), tables


def _look(shelf: Shelf, name: str, sentence: str) -> tuple[str, np.ndarray, str]:
    model = shelf.take(name)
    text, replaced = model.vocabulary.replace_unknown(sentence)
    unknown = models.unknown(model.vocabulary, sentence)
    if not text:
        raise refusal(unknown[0])
    logits = model.expecting(text)
    bits = surprisal(logits, model.vocabulary.encode(text))
    instead = [model.vocabulary.characters[i] for i in likeliest_first(logits)[:, 0]]
    chances = probabilities(logits, 1.0).max(-1)
    title, note = f"<h3>{shown(models.named(name))}</h3>", views.notice(" ".join(unknown)) if replaced else ""
    return f"{title}{note}{shading.surprise(text, bits)}", bits, f"{title}{shading.table(text, bits, instead, chances)}"
