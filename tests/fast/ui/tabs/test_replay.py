"""What the Replay tab answers, each control by its name."""

from dataclasses import replace
from types import SimpleNamespace

import gradio as gr
import pytest

from charlm.errors import CheckpointNotFound
from charlm.runs.limits import Limits
from charlm.ui.tabs.replay import layout, wiring

ASKED = {"model": "film", "start_text": "the ", "temperature": 0.5, "length": 20, "seed": 3}
RUN = "film-0123456789abcdef"


class Runs:
    """One run is under way, as long as nobody ends it."""

    limits = Limits(length=60)
    state = "running"

    def status(self, run_id):
        if run_id != RUN:
            raise CheckpointNotFound("There is no such run.", "", "")
        return SimpleNamespace(state=self.state, events=())


@pytest.fixture
def machine(film_machine):
    return replace(film_machine, runs=Runs())


@pytest.fixture
def on(machine):
    with gr.Blocks(analytics_enabled=False):
        return layout.lay_out(machine)


def test_the_film_the_curve_and_the_words_come_together(on, machine):
    first, *_, last = wiring.show_film(on, machine, **ASKED)
    assert {on.state, on.curve, on.frames, on.kept} <= first.keys()
    assert "1 of 3 epochs" in first[on.state]
    assert last[on.frames].count('class="frame"') == last[on.curve].count('class="cursor"') == 3
    assert "All 3 kept epochs have answered with seed 3." in last[on.state]
    assert last[on.table].count("<tr>") == 1 + 3
    assert not last[on.looks].active


def test_a_model_without_epochs_says_why_and_shows_its_losses(on, machine):
    machine.shelf.folder("alone").write_events(machine.shelf.folder("film").events())
    (shown,) = wiring.show_film(on, machine, **ASKED | {"model": "alone"})
    assert "alone has no epochs to go back to" in shown[on.state]
    assert shown[on.frames] == shown[on.table] == ""
    assert 'class="val"' in shown[on.curve]
    assert "It passed guessing by letter frequency (2.50) in epoch 2." in shown[on.kept]


def test_what_cannot_be_is_a_refusal(on, machine):
    with pytest.raises(gr.Error, match="never saw T"):
        next(wiring.show_film(on, machine, **ASKED | {"start_text": "The"}))


def test_a_run_that_is_under_way_is_looked_at_until_it_ends(on, machine, tmp_path):
    (tmp_path / "film").rename(tmp_path / RUN)
    *_, last = wiring.show_film(on, machine, **ASKED | {"model": RUN})
    assert last[on.looks].active
    assert "new epochs appear here" in last[on.state]
    before, same = (wiring.look(on, machine, RUN) for _ in range(2))
    assert before[on.known] == same[on.known]  # nothing is asked again
    machine.shelf.folder(RUN).epochs.file(3).write_text("the cat")
    assert wiring.look(on, machine, RUN)[on.known] != before[on.known]
    machine.runs.state = "ended"
    assert not wiring.look(on, machine, RUN)[on.looks].active
