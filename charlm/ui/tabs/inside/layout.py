"""The Inside tab's controls."""

import json
from dataclasses import dataclass
from typing import Any

import gradio as gr

from charlm.generation.shelf import Shelf
from charlm.ui import models, texts
from charlm.ui.fields import checked_number
from charlm.ui.inside import LONGEST_READ, MOST_MODELS

# A click on a character or a cell tells Python its number. On a text the arrow keys do so, too: the text as a whole
# gets the focus, which stays when its characters are drawn anew.
PICK = """const tell = (found) => trigger('click', {pick: Number(found.dataset.pick)});
element.addEventListener('click', (event) => {
  const found = event.target.closest('[data-pick]'); if (found) tell(found); });
element.addEventListener('keydown', (event) => {
  const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
  const now = element.querySelector('pre [aria-current]');
  if (!step || !now) return;
  const next = element.querySelector(`pre [data-pick="${Number(now.dataset.pick) + step}"]`);
  event.preventDefault(); if (next) tell(next); });"""
FIRST_PLACE = 24  # far enough into every example that there is something before it to lean on
MOST_PICKED = 2**20  # more than there are cells or characters


def by_keys() -> str:
    """PICK for a text, which says in the reader's language how it goes by keyboard."""
    name = json.dumps(texts.INSIDE_BY_KEYS)
    return f"{PICK}\nelement.tabIndex = 0; element.role = 'group'; element.ariaLabel = {name};"


def picked(event: gr.EventData) -> int:
    """The number that a click told; 0 for anything else that a script may send."""
    number = getattr(event, "pick", 0)
    return number if isinstance(number, int) and 0 <= number < MOST_PICKED else 0


@dataclass(frozen=True)
class Asked:
    """What is read, and by which model."""

    model: gr.Dropdown
    text: gr.Textbox
    own_text: gr.Button
    write: gr.Button
    note: gr.HTML


@dataclass(frozen=True)
class Place:
    """Which cell is looked at, and after which character."""

    layer: gr.Number
    cell: gr.Number
    place: gr.Number
    mean: gr.Checkbox  # the gates as the mean of the layer


@dataclass(frozen=True)
class CellsPart:
    """The part about cells."""

    coloured: gr.HTML
    table: gr.HTML
    everyone: gr.HTML
    find: gr.Button
    followers: gr.HTML
    at: gr.Radio
    switch: gr.Button
    switched: gr.HTML


@dataclass(frozen=True)
class ReachPart:
    """The part about how far back a network leans."""

    tab: gr.Tab
    shaded: gr.HTML
    others: gr.Dropdown
    draw: gr.Button
    curve: gr.HTML
    table: gr.HTML


@dataclass(frozen=True)
class EmbeddingPart:
    """The part about the embedding."""

    tab: gr.Tab
    character: gr.Dropdown
    which: gr.Radio
    row: gr.HTML
    plane: gr.HTML
    neighbours: gr.HTML


@dataclass(frozen=True)
class NetworkPart:
    """The part about the network as a whole."""

    tab: gr.Tab
    chain: gr.HTML
    table: gr.HTML


@dataclass(frozen=True)
class Controls:
    """The controls of the tab."""

    asked: Asked
    at: Place
    cells: CellsPart
    reach: ReachPart
    embedding: EmbeddingPart
    network: NetworkPart

    @property
    def looked_at(self) -> dict[str, Any]:
        """The model, the text and the place, by the names that a callback has for them."""
        return {"model": self.asked.model, "text": self.asked.text, **vars(self.at)}


def lay_out(shelf: Shelf) -> Controls:
    """Put the controls on the page that is being built."""
    gr.Markdown(texts.INSIDE_LEAD, elem_classes="step")
    asked = _asked(shelf)
    with gr.Tabs(overflow_behavior="wrap"):
        with gr.Tab(texts.INSIDE_CELLS, elem_id="inside-cells"):
            at, cells = _cells()
        with gr.Tab(texts.INSIDE_REACH, elem_id="inside-reach") as tab:
            reach = _reach(tab)
        with gr.Tab(texts.INSIDE_EMBEDDING, elem_id="inside-embedding") as tab:
            embedding = _embedding(tab)
        with gr.Tab(texts.INSIDE_NETWORK, elem_id="inside-network") as tab:
            network = NetworkPart(tab, _html("chain"), _folded("chain-table"))
    return Controls(asked, at, cells, reach, embedding, network)


def _asked(shelf: Shelf) -> Asked:
    with gr.Row(equal_height=False):
        with gr.Column(scale=4, min_width=280):
            model = models.dropdown(shelf, "inside-model")
            with gr.Row():
                own = gr.Button(texts.INSIDE_OWN_TEXT, size="sm", min_width=120, elem_id="inside-own-text")
                write = gr.Button(texts.INSIDE_WRITE, size="sm", min_width=120, elem_id="inside-write")
        with gr.Column(scale=8, min_width=300):
            example = texts.INSIDE_EXAMPLES.get(texts.FIRST_MODEL, texts.SURPRISE_EXAMPLE)
            text = gr.Textbox(
                example, label=texts.INSIDE_TEXT, info=texts.INSIDE_TEXT_INFO, lines=4, max_lines=6,
                max_length=LONGEST_READ, elem_id="inside-text",
            )  # fmt: skip
    return Asked(model, text, own, write, _html("inside-note"))


def _cells() -> tuple[Place, CellsPart]:
    with gr.Row():
        layer, cell, place = (
            checked_number(value, label=label, precision=0, minimum=least, min_width=60, elem_id=f"inside-{name}")
            for name, value, least, label in (
                ("layer", 1, 1, texts.INSIDE_LAYER),
                ("cell", 0, 0, texts.INSIDE_CELL),
                ("place", FIRST_PLACE, 0, texts.INSIDE_PLACE),
            )
        )
    mean = gr.Checkbox(False, label=texts.INSIDE_MEAN, elem_id="inside-mean")
    at = Place(layer, cell, place, mean)
    coloured = _html("coloured", min_height=240, js_on_load=by_keys())
    table = _folded("coloured-table")
    everyone = _html("everyone", min_height=160, js_on_load=PICK)
    gr.Markdown(texts.INSIDE_FOLLOWERS_TITLE, elem_classes="step")
    find = gr.Button(texts.INSIDE_FIND, variant="primary", elem_id="find-followers")
    followers = _html("followers", js_on_load=PICK)
    gr.Markdown(texts.INSIDE_SWITCH_TITLE, elem_classes="step")
    with gr.Row(equal_height=False, elem_classes="ends"):
        holds = [(name, id_) for id_, name in texts.INSIDE_HOLDS.items()]
        hold = gr.Radio(holds, value="zero", label=texts.INSIDE_HOLD, min_width=200, elem_id="hold-at")
        switch = gr.Button(texts.INSIDE_SWITCH, variant="primary", elem_id="switch-off")
    return at, CellsPart(coloured, table, everyone, find, followers, hold, switch, _html("switched-off"))


def _reach(tab: gr.Tab) -> ReachPart:
    gr.Markdown(texts.REACH_LEAD)
    shaded = _html("leans", min_height=200, js_on_load=by_keys())
    with gr.Row(equal_height=False, elem_classes="ends"):
        others = gr.Dropdown(
            [], multiselect=True, max_choices=MOST_MODELS - 1, label=texts.REACH_MODELS, info=texts.REACH_MODELS_INFO,
            elem_id="reach-models",
        )  # fmt: skip
        draw = gr.Button(texts.REACH_RUN, variant="primary", elem_id="reach-run")
    return ReachPart(tab, shaded, others, draw, _html("reach-curve"), _folded("reach-table"))


def _embedding(tab: gr.Tab) -> EmbeddingPart:
    gr.Markdown(texts.EMBEDDING_LEAD)
    tables = [(name, id_) for id_, name in texts.TABLES.items()]
    with gr.Row(equal_height=True):
        character = gr.Dropdown(
            [], label=texts.CHARACTER, info=texts.CHARACTER_INFO, min_width=240, elem_id="embedding-character"
        )
        which = gr.Radio(tables, value="after", label=texts.WHICH_TABLE, min_width=240, elem_id="embedding-table")
    row = _html("embedding-row")
    with gr.Row(equal_height=False):
        with gr.Column(scale=8, min_width=320):
            plane = _html("embedding-map", min_height=300, js_on_load=PICK)
        with gr.Column(scale=4, min_width=260):
            neighbours = _html("embedding-neighbours")
    return EmbeddingPart(tab, character, which, row, plane, neighbours)


def _html(elem_id: str, **looks: Any) -> gr.HTML:
    return gr.HTML("", elem_classes="charlm", elem_id=elem_id, **looks)


def _folded(elem_id: str) -> gr.HTML:
    with gr.Accordion(texts.INSIDE_TABLE, open=False):
        return _html(elem_id, max_height=480)
