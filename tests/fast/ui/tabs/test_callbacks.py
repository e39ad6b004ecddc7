"""What the tabs answer, each control by its name, with a toy for a model."""

import gradio as gr
import pytest

from charlm.ui.tabs.dice import layout as dice_layout
from charlm.ui.tabs.dice import wiring as dice_wiring
from charlm.ui.tabs.dice.walk import Walk, stayed, thrown
from charlm.ui.tabs.surprise import layout as surprise_layout
from charlm.ui.tabs.surprise import wiring as surprise_wiring
from charlm.ui.tabs.temperature import layout as temperature_layout
from charlm.ui.tabs.temperature import wiring as temperature_wiring
from charlm.ui.tabs.write import layout as write_layout
from charlm.ui.tabs.write import wiring as write_wiring

LESSON = {"model": "toy", "start": "the ", "seed": 1, "length": 50} | {
    f"temperature_{place}": heat for place, heat in enumerate((0.0, 0.5, 1.0, 5.0), 1)
}


@pytest.fixture
def laid_out(machine):
    """The controls of a tab on a page."""

    def lay_out(layout, of):
        with gr.Blocks(analytics_enabled=False):
            return layout.lay_out(of)

    return lay_out


def test_the_write_tab_shows_the_text_and_how_far_it_is(machine, laid_out):
    on = laid_out(write_layout, machine)
    (*_, last) = write_wiring.show_writing(on, machine, "toy", "the ", 0.5, 20, 1)
    assert last.keys() == {on.written.written, on.written.state}
    assert len(last[on.written.written]) == len("the ") + 20
    assert "20 characters written with seed 1" in last[on.written.state]


def test_the_write_tab_offers_what_could_stand_for_an_unknown_character(machine, laid_out):
    on = laid_out(write_layout, machine)
    shown = write_wiring.look_ahead(on, machine, "toy", "The", 0.5)
    assert shown.keys() == {on.asked.unknown, on.asked.replace}
    assert "T → t" in shown[on.asked.replace].value
    assert write_wiring.near(machine, "toy", "The") == "the"
    known = write_wiring.look_ahead(on, machine, "toy", "the", 0.5)
    assert "<table" in known[on.written.bars]


def test_the_write_tab_tells_what_was_copied_and_what_nobody_can_tell(machine):
    assert "appears word for word" in write_wiring.did_it_copy(machine, "toy", "the cat sat on the hat", None)
    assert write_wiring.did_it_copy(machine, "other", "the cat", None).startswith('<p class="note ">The text that')
    assert write_wiring.did_it_copy(machine, "toy", "x" * 5_001, None).startswith('<p class="note problem">')


def test_the_temperature_tab_shows_four_columns_and_at_last_a_page_to_print(machine, laid_out):
    on = laid_out(temperature_layout, machine)
    first, *_, last = temperature_wiring.show_comparison(on, machine, **LESSON)
    assert first.keys() == {*on.columns, on.state, on.handout}
    assert first[on.handout] == ""
    assert last[on.handout].count("<section>") == 4
    assert "Written with seed 1" in last[on.state]
    assert all(column in last[on.handout] for column in (last[control] for control in on.columns))


def test_a_link_sets_every_control_of_its_lesson_within_the_limits(machine, laid_out):
    on = laid_out(temperature_layout, machine)
    query = {"tab": "temperature", "model": "toy", "start": "the", "temperatures": "0 1 2 3", "seed": "7"}
    shown = temperature_wiring.open_lesson(on, machine, query | {"length": "300"})
    assert shown.keys() == set(on.lesson.values())
    assert [shown[control] for control in on.temperatures] == [0, 1, 2, 3]
    assert (shown[on.start], shown[on.seed], shown[on.length]) == ("the", 7, 60)  # no more than may be written here
    assert temperature_wiring.open_lesson(on, machine, query | {"length": "10000"}) == {}


def test_the_address_is_the_lesson():
    assert temperature_wiring.to_address(**LESSON).startswith(
        "tab=temperature&model=toy&start=the+&temperatures=0+0.5+1+5"
    )
    assert temperature_wiring.to_address(**LESSON | {"seed": -1}) == ""


def test_the_dice_tab_takes_a_step_or_says_why_not(machine, laid_out):
    on = laid_out(dice_layout, machine.shelf)
    asked = {"model": "toy", "start": "the ", "temperature": 1.0, "top_k": 0, "seed": 3}
    shown = dice_wiring.take(on, machine, thrown, Walk(), **asked)
    assert shown.keys() == set(on.shown)
    assert len(shown[on.walk].written) == 1
    assert "The dice fell on" in shown[on.fell]
    elsewhere = dice_wiring.take(on, machine, stayed, shown[on.walk], **asked | {"seed": 4})
    assert elsewhere[on.walk].written == ""  # another walk
    for wrong in ({"start": "The"}, {"start": "t" * 61}, {"model": "nobody"}):
        refused = dice_wiring.take(on, machine, thrown, Walk(), **asked | wrong)
        assert refused.keys() == {on.fell}
        assert "problem" in refused[on.fell]


def test_a_walk_ends_where_no_more_may_be_written(machine, laid_out):
    on = laid_out(dice_layout, machine.shelf)
    long = Walk(of=("toy", "the ", 3), written="t" * 60)
    shown = dice_wiring.take(on, machine, thrown, long, "toy", "the ", 1.0, 0, 3)
    assert "60 characters at most" in shown[on.fell]


def test_the_surprise_tab_shades_for_one_model_or_two(machine, laid_out):
    on = laid_out(surprise_layout, machine.shelf)
    shown = surprise_wiring.shade(on, machine, "the cat ☃", "toy", "other")
    assert shown.keys() == {on.outcome, *on.shaded, on.verdict, on.table}
    assert all("The model never saw ☃" in shown[shaded] for shaded in on.shaded)
    assert "Both find it equally likely" in shown[on.verdict]
    alone = surprise_wiring.shade(on, machine, "the cat", "toy", "toy")
    assert (alone[on.shaded[1]], alone[on.verdict]) == ("", "")


def test_a_refusal_is_a_toast_with_nothing_taken_for_markup(machine, laid_out):
    on = laid_out(surprise_layout, machine.shelf)
    with pytest.raises(gr.Error) as refused:
        surprise_wiring.shade(on, machine, "the cat", "<b>", None)
    assert "&lt;b&gt;" in refused.value.message
    assert not refused.value.print_exception
