"""The time on the Train tab: it moves with every number, and says whether it was measured."""

import gradio as gr
import pytest

from charlm.presets import preset
from charlm.ui.choices import NAMES, values_of
from charlm.ui.tabs.train import layout
from charlm.ui.tabs.train.text import look_at_text
from charlm.ui.tabs.train.time import look_again, look_at_time

SIZE = (1_000_000, 70)


@pytest.fixture
def on(machine):
    with gr.Blocks(analytics_enabled=False):
        return layout.lay_out(gr.BrowserState())


@pytest.fixture
def numbers():
    """What the page's fields hold for the preset quick."""
    return values_of("quick", SIZE[0])


@pytest.fixture
def measured(machine):
    """A machine on which the preset quick was tried."""
    machine.times.try_out(*SIZE, preset("quick", SIZE[0]))
    return machine


def test_before_anything_is_measured_the_page_says_so_and_looks_again(on, machine, numbers):
    shown = look_at_time(on, machine, SIZE, "quick", **numbers)
    assert "not known yet" in shown[on.settings.time]
    assert shown[on.times].active
    later = look_again(on, machine, SIZE, None, "quick", **numbers)
    assert later[on.times].active
    machine.wishes.settled = True  # it was tried, in vain
    assert not look_again(on, machine, SIZE, None, "quick", **numbers)[on.times].active


def test_a_measured_time_is_told_as_such(on, measured, numbers):
    shown = look_at_time(on, measured, SIZE, "quick", **numbers)
    assert "This was measured" in shown[on.settings.time]
    assert not shown[on.times].active


@pytest.mark.parametrize(
    "moved", [{"rnn_units": 500}, {"seq_length": 200}, {"batch_size": 8}, {"layers": 3}, {"cell": "gru"}]
)
def test_a_moved_number_moves_the_time_at_once_and_it_is_rough(on, measured, numbers, moved):
    before = look_at_time(on, measured, SIZE, "quick", **numbers)
    after = look_at_time(on, measured, SIZE, "quick", **numbers | moved)
    assert "roughly" in after[on.settings.time]
    assert after[on.settings.time].split("roughly")[1] != before[on.settings.time].split("about")[1]
    assert after[on.times].active


def test_more_epochs_and_a_longer_text_take_longer_and_stay_measured(on, measured, numbers):
    told = [
        look_at_time(on, measured, size, "quick", **numbers | {"epochs": epochs})[on.settings.time]
        for size, epochs in ((SIZE, 5), (SIZE, 50), ((3_000_000, 70), 50))
    ]
    assert len(set(told)) == 3
    assert all("This was measured" in sentence for sentence in told)


def test_numbers_are_tried_only_where_the_visitor_stays_with_them(on, measured, numbers):
    moving = None
    for units in (300, 400, 500):
        shown = look_again(on, measured, SIZE, moving, "quick", **numbers | {"rnn_units": units})
        moving = shown[on.settings.stayed]
        assert "being measured now" not in shown[on.settings.time]
        assert shown[on.times].active
    stayed = look_again(on, measured, SIZE, moving, "quick", **numbers | {"rnn_units": 500})
    assert "being measured now" in stayed[on.settings.time]
    assert stayed[on.times].active


def test_where_nothing_can_be_tried_the_time_stays_rough_and_the_page_stops_looking(on, measured, numbers, monkeypatch):
    monkeypatch.setattr(type(measured.times), "may_try", False)
    numbers |= {"rnn_units": 500}
    moving = look_again(on, measured, SIZE, None, "quick", **numbers)[on.settings.stayed]
    stayed = look_again(on, measured, SIZE, moving, "quick", **numbers)
    assert "roughly" in stayed[on.settings.time]
    assert not stayed[on.times].active


@pytest.mark.parametrize("wrong", [{"rnn_units": 5_000}, {"epochs": None}, {"batch_size": 4_096, "seq_length": 4_096}])
def test_numbers_beyond_the_limits_have_no_time_but_a_reason(on, measured, numbers, wrong):
    shown = look_at_time(on, measured, SIZE, "quick", **numbers | wrong)
    assert "problem" in shown[on.settings.time]
    assert "Expected" in shown[on.settings.time]
    assert not shown[on.times].active
    assert look_again(on, measured, SIZE, None, "quick", **numbers | wrong)[on.settings.time] == shown[on.settings.time]


def test_without_a_text_there_is_no_time(on, measured, numbers):
    assert look_at_time(on, measured, (0, 0), "quick", **numbers)[on.settings.time] == ""


def test_a_text_brings_its_length_and_its_alphabet(on, measured):
    chosen = {"built_in": "lamplighter", "files": None, "pasted": "", "encoding": "auto", "tidy": False}
    shown = look_at_text(on, measured, "quick", where="built-in", **chosen)
    assert shown[on.text.size][1] < 100 < shown[on.text.size][0]
    assert all("on this machine" in label for label, _ in shown[on.settings.preset].choices)
    assert {shown[on.settings.fields[name]] for name in NAMES} == set(
        values_of("quick", shown[on.text.size][0]).values()
    )
    refused = look_at_text(on, measured, "quick", where="paste", **chosen)
    assert refused[on.text.size] == (0, 0)
