"""Runs side by side, from the folders and the queue; and the same text with every kind of cell."""

from dataclasses import replace

import pytest

from charlm.errors import InvalidSetting, TooBusy
from charlm.runs.background import Runs
from charlm.runs.limits import Limits
from charlm.runs.visitors import Asker
from charlm.ui.choices import TextChoice
from charlm.ui.contest import begin_every_cell, side_by_side
from charlm.ui.tabs.contest import wiring

TEXT = TextChoice("paste", pasted="the cat sat on the hat\n" * 50)


@pytest.fixture
def busy(film_machine, tmp_path):
    """A machine with a real queue, in which nobody works."""
    runs = Runs(tmp_path, limits=Limits(runs=4))
    runs.close()
    return replace(film_machine, runs=runs)


def begin(machine):
    return begin_every_cell(machine, Asker("me"), TEXT, "quick", {"rnn_units": 8, "cell": "gru"})


def test_a_shipped_model_shows_its_epochs_and_what_does_not_exist_is_left_out(film_machine):
    film, alone = side_by_side(film_machine, ["film", "alone", "nowhere", "film"])
    assert (film.model, film.state, [e.val_loss for e in film.scored]) == ("film", "ended", [2.6, 1.2])
    assert film.best.epoch == 2
    assert alone.scored == ()
    assert not film.under_way


def test_more_than_four_are_refused(film_machine):
    with pytest.raises(InvalidSetting, match="5 runs were chosen"):
        side_by_side(film_machine, list("abcde"))


def test_three_runs_differ_only_in_their_cell(busy):
    begun = begin(busy)
    assert len({one.run for one in begun}) == 3
    assert all(busy.runs.keys.is_owner(one.run, one.key) for one in begun)
    waiting = side_by_side(busy, [one.run for one in begun])
    assert [(one.state, one.place, one.card) for one in waiting] == [("waiting", n, None) for n in (1, 2, 3)]
    requests = [busy.runs._queue.take(one.run)[0] for one in begun]
    models = [request.plan.settings.model for request in requests]
    assert [model.cell for model in models] == ["rnn", "gru", "lstm"]
    assert {model.rnn_units for model in models} == {8}


def test_if_there_is_no_room_for_all_none_is_begun(busy):
    first = begin(busy)
    with pytest.raises(TooBusy, match=r"3 of your runs wait .* may have 4 .* asked for 3 more"):
        begin(busy)
    assert len(busy.runs._queue.waiting()) == len(first)


def test_an_address_brings_the_runs_and_nothing_else(film_machine):
    class On:
        chosen = "chosen"

    shown = wiring.open_link(On, film_machine, {"tab": "contest", "runs": "film,nowhere,../../etc,alone,x,y"})
    assert shown[On.chosen].value == ["film", "alone"]
    assert wiring.open_link(On, film_machine, {"tab": "temperature"}) == {}
    assert wiring._names({"a": 1}) == []
    assert wiring._names(["film", 3, None]) == ["film"]
