"""The inside of a model, drawn."""

import re

import numpy as np
import pytest

from charlm.insight.cells import Cells
from charlm.insight.embedding import Embedding
from charlm.insight.embedding import plane as plane_of
from charlm.insight.parts import parts
from charlm.insight.reach import Reach
from charlm.insight.shortlist import Follower, Shortlist
from charlm.insight.specimen import Specimen
from charlm.insight.switched_off import Cost, SwitchedOff
from charlm.settings import ModelSettings
from charlm.ui.drawings import cells as cell_drawings
from charlm.ui.drawings import embedding as embedding_drawings
from charlm.ui.drawings import parts as part_drawings
from charlm.ui.drawings import reach as reach_drawings
from charlm.ui.drawings.shortlist import followers, reading, switched_off


def seen(text="<b\n", units=3, layers=2):
    """An LSTM whose cell 1 of layer 1 goes from -1 to 1 over the text."""
    count = len(text)
    shown = np.zeros((layers, count, units), np.float32)
    shown[0, :, 1] = np.linspace(-1, 1, count)
    gates = {name: np.full((layers, count, units), 0.25, np.float32) for name in ("input", "forget", "output")}
    memory = np.zeros((layers, count + 1, units), np.float32)
    return Cells(text, {}, "lstm", shown, gates, memory, memory)


def test_a_cell_over_a_text_has_a_colour_a_sign_and_its_gates():
    cells = seen()
    shown = cell_drawings.coloured(cells, 0, 1, 0, cells.gates_along(0, 1))
    first, second, last = re.findall(r"<span (data-pick[^>]+)>", shown)
    assert 'class="minus sure" style="--v:1.00;--g1:25%;--g2:25%;--g3:25%" title="−1.00"' in first
    assert 'aria-current="true"' in first
    assert "sure" not in second  # it is zero
    assert 'class="plus sure"' in last
    assert "Cell 1 of layer 1, after character 0 (&lt;): −1.00. Input gate 0.25" in shown
    assert "lanes-3" in shown


def test_a_plain_cell_says_that_it_has_no_gates():
    assert "no gates" in cell_drawings.coloured(seen(), 0, 1, 0, {})


def test_the_table_has_a_row_for_each_character():
    cells = seen()
    shown = cell_drawings.as_table(cells, 0, 1, cells.gates_along(0))
    assert shown.count("<tr>") == 4
    assert "<td>2</td><td>⏎ line end</td><td>+1.00</td><td>0.25</td>" in shown


def test_all_cells_after_a_character_the_strongest_as_buttons():
    shown = cell_drawings.everyone(seen(), 2, 0, 1)
    assert shown.count("<i data-pick") == 6
    assert shown.index('<button type="button" data-pick="1">cell 1 of layer 1: +1.00') < shown.index(
        'data-pick="0">cell'
    )
    assert shown.count("chosen") == 1


def test_the_shortlist_names_cells_features_and_chance():
    found = Shortlist(900, 900, 0.12, (Follower(1, 2, "inside quotes", -0.81),))
    shown = followers(found, Specimen("a" * 900, "held out", "<b>"), 2, 3)
    assert 'data-pick="5">cell 2 of layer 2: inside quotation marks, r = −0.81</button>' in shown
    assert "900 characters of its text that it never learnt from" in shown
    assert "|r| = 0.12" in shown
    assert "<b>" not in followers(found, Specimen("a", "given", "<b>"), 2, 3)
    none = followers(Shortlist(900, 900), Specimen("a", "written"), 1, 3)
    assert "No cell follows" in none
    assert "<button" not in none
    assert 'max="900" value="450"' in reading(450, 900)


def test_without_a_cell_both_texts_and_the_costs_are_shown():
    found = SwitchedOff(
        0, 4, 0.0, "<i>", 1, "lamp lit", "lamp <it", 5, Cost(900, 1.2, 1.25), "inside quotes", Cost(90, 1.0, 1.4), True
    )
    shown = switched_off(found, 1)
    assert '<mark class="parts">l</mark>it' in shown
    assert '<mark class="parts">&lt;</mark>it' in shown
    assert "&lt;i&gt;" in shown
    assert "+0.050 nats more for each character" in shown
    assert "inside quotation marks): +0.400 nats" in shown
    assert "measuring" in switched_off(SwitchedOff(0, 4, 0.0, "", 1, "la"), 1)
    same = switched_off(SwitchedOff(0, 4, 0.0, "", 1, "la", "la", None, Cost(9, 1, 1), finished=True), 1)
    assert "Both texts are the same" in same


def test_the_reach_shades_those_before_and_nothing_else():
    cells = seen("<abc")
    shown = reach_drawings.shaded(cells, Reach(2, np.array([0.25, 1.0], np.float32)))
    shades = re.findall(r'data-pick="(\d)" style="--v:([\d.]+)"', shown)
    assert shades == [("0", "1.00"), ("1", "0.50"), ("2", "0.00"), ("3", "0.00")]
    assert "Character 2 (b) depends most on &lt;, at a distance of 2." in shown
    assert "Nothing comes before" in reach_drawings.shaded(cells, Reach(0, np.zeros(0, np.float32)))


@pytest.mark.parametrize("length", [1, 2, 100])
def test_the_curves_of_models_are_told_in_words_and_as_a_table(length):
    curves = {"a": np.geomspace(1, 1e-9, length), "b": np.ones(length)}
    names = {"a": "<a>", "b": "b"}
    half = -(-length // 2)
    shown = reach_drawings.curve(curves, names)
    assert shown.count("<polyline") == 2
    assert "<a>" not in shown
    assert f"b: half of the whole gradient lies within {half} character{'s' * (half > 1)}, " in shown
    assert reach_drawings.as_table(curves, names).count("<tr>") == length + 1


def test_a_row_its_map_and_its_neighbours():
    table = np.random.default_rng(0).normal(size=(5, 3)).astype(np.float32)
    found = Embedding("\n<aA7", table, None)
    shown = embedding_drawings.row(found, "<")
    assert "&lt; has the id 1: the one-hot vector has 5 numbers, the row of the embedding has 3." in shown
    assert shown.count('class="one"') == 1
    drawn = embedding_drawings.plane(found, plane_of(table), "<")
    assert drawn.count("data-pick") == 5
    assert drawn.count('class="chosen"') == 1
    assert [drawn.count(f'class="{kind}"') for kind in ("vowel", "capital", "digit")] == [1, 1, 1]
    assert "<text" in drawn
    assert "&lt;</text>" in drawn
    assert "&lt;</h3>" in embedding_drawings.neighbours("<", found.neighbours("<"))


def test_a_large_alphabet_is_not_drawn_character_by_character():
    alphabet = "".join(chr(0x4E00 + k) for k in range(3_000))
    table = np.random.default_rng(0).normal(size=(3_000, 4)).astype(np.float32)
    found = Embedding(alphabet, table, None)
    drawn = embedding_drawings.plane(found, plane_of(table), alphabet[-1])
    assert drawn.count("data-pick") <= 401
    assert drawn.count('class="chosen"') == 1
    row = embedding_drawings.row(found, alphabet[-1])
    assert row.count('class="zero"') == 399
    assert row.count('class="one"') == 1


def test_the_parts_have_their_numbers_and_add_up():
    found = parts(62, ModelSettings(rnn_units=1024, embedding_dim=256))
    shown = part_drawings.chain(found, "lstm")
    assert "5,326,398 parameters in all" in shown
    assert shown.count("<li>") == 4
    assert "LSTM, layer 1" in shown
    assert "5,326,398" in part_drawings.as_table(found, "lstm")
