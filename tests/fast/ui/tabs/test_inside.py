"""The Inside tab's callbacks, with a model of which only the inside is known."""

from dataclasses import replace

import gradio as gr
import numpy as np
import pytest

from charlm.insight.cells import Cells
from charlm.insight.embedding import Embedding
from charlm.insight.shortlist import Follower, Shortlist
from charlm.insight.specimen import Specimen
from charlm.ui.tabs.inside import embedding, layout, long, wiring

UNITS = 4


class FakeInsides:
    """A network of two layers that reads anything."""

    def __init__(self):
        self.asked = []

    def cells(self, model, text):
        self.asked.append(text)
        shown = np.linspace(-1, 1, 2 * len(text) * UNITS, dtype=np.float32).reshape(2, len(text), UNITS)
        memory = np.zeros((2, len(text) + 1, UNITS), np.float32)
        return Cells(text, {}, "rnn", shown, {}, memory, memory)

    def embedding(self, model):
        return Embedding("\nabc", np.eye(4, dtype=np.float32), None)

    def specimen(self, model, corpus):
        yield Specimen("the ca", "written", "toy")
        yield Specimen("the cat", "written", "toy")

    def shortlist(self, model, text):
        yield Shortlist(3, 7)
        yield Shortlist(7, 7, 0.2, (Follower(0, 2, "digit", 0.7),))


@pytest.fixture
def looked_into(machine, monkeypatch):
    card = type("Card", (), {"model": type("Model", (), {"layers": 1, "rnn_units": UNITS, "cell": "rnn"})})
    monkeypatch.setattr(machine.shelf, "card", lambda name: card, raising=False)
    monkeypatch.setattr(machine.shelf, "corpus", lambda name: None, raising=False)
    return replace(machine, insides=FakeInsides())


@pytest.fixture
def on(machine):
    with gr.Blocks():
        return layout.lay_out(machine.shelf)


def cells(on, machine, text="the cat", layer=1, cell=0, place=0, mean=False, model="toy"):
    return wiring.show_cells(on, machine, model, text, layer, cell, place, mean)


def test_the_chosen_cell_and_character_are_shown(on, looked_into):
    shown = cells(on, looked_into, layer=2, cell=3, place=4)
    assert "Cell 3 of layer 2, after character 4 (c)" in shown[on.cells.coloured]
    assert "All cells after character 4" in shown[on.cells.everyone]


@pytest.mark.parametrize(
    ("layer", "cell", "place"), [(9, 99, 999), (-1, -5, -9), (None, None, None), (1e30, 1e30, 1e30)]
)
def test_what_is_not_there_becomes_the_nearest_that_is(on, looked_into, layer, cell, place):
    assert "Cell " in cells(on, looked_into, layer=layer, cell=cell, place=place)[on.cells.coloured]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"text": "  "}, "There is no sentence"),
        ({"text": "t" * 601}, "60 at most"),
        ({"model": "nobody"}, "There is no model called"),
        ({"model": None}, "There is no model yet"),
    ],
)
def test_what_is_not_possible_is_told_where_the_picture_would_be(on, looked_into, wrong, told):
    shown = cells(on, looked_into, **wrong)
    assert told in shown[on.cells.coloured]
    assert shown[on.cells.everyone] == ""


def test_a_click_on_a_cell_names_its_layer_and_its_number(looked_into):
    assert wiring.cell_picked(looked_into, "toy", 2 * UNITS + 3) == (3, 3)


def test_the_search_tells_that_it_writes_reads_and_what_it_found(looked_into):
    told = list(long.find(looked_into, "toy", None))
    assert ["writes one first" in told[0], "Reading: 3 of 7" in told[2], "cell 2: a digit" in told[-1]] == [True] * 3


def test_only_one_network_is_examined_at_a_time(looked_into):
    with looked_into.long_turns.take() as places:
        assert list(places) == []
        waiting = long.find(looked_into, "toy", None)
        assert "Your place in the queue: 1" in next(waiting)
        waiting.close()


def test_the_embedding_of_a_model_that_lost_its_beginning(on, looked_into):
    shown = embedding.show(on, looked_into, "toy", "b", "before")
    assert "no longer known" in shown[on.embedding.plane]
    shown = embedding.show(on, looked_into, "toy", "☃", "after")  # of another model: a character that is there
    assert "a has the id 1" in shown[on.embedding.row]
    assert "data-pick" in shown[on.embedding.plane]


@pytest.mark.parametrize(
    ("sent", "number"), [({"pick": 7}, 7), ({}, 0), ({"pick": "x"}, 0), ({"pick": -1}, 0), ({"pick": 1e9}, 0)]
)
def test_a_click_tells_a_number_and_a_script_nothing_else(sent, number):
    assert layout.picked(gr.EventData(None, sent)) == number
