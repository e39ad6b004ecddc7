"""What is tried in the background."""

import time

import pytest

from charlm.errors import InvalidSetting
from charlm.presets import PRESETS, preset
from charlm.settings import FIELDS
from charlm.times.estimates import Times
from charlm.times.wishes import USUAL_ALPHABET, USUAL_TEXT, WAITING, Wish, Wishes, usual_wishes


def until(condition):
    while not condition():
        time.sleep(0.01)


@pytest.fixture
def wishes_of():
    """Wishes that are fulfilled, and come to their end after the story."""
    begun = []

    def wishes_of(times):
        begun.append(Wishes(times))
        return begun[-1]

    yield wishes_of
    for wishes in begun:
        wishes.close()


def test_the_usual_runs_make_every_choice_that_costs_time():
    chosen = {option for wish in usual_wishes() for option in wish.settings.model.as_dict().values()}
    assert set(FIELDS["cell"].options) <= chosen
    assert [wish.settings for wish in usual_wishes()][: len(PRESETS)] == [preset(n, USUAL_TEXT) for n in PRESETS]


def test_after_the_start_the_usual_runs_are_measured_once(kept, trial, wishes_of):
    first = wishes_of(Times(kept, trial))
    first.begin()
    until(lambda: first.settled)
    asked = len(trial.asked)
    assert asked == len(list(usual_wishes()))
    assert Times(kept, trial).estimate(USUAL_TEXT, USUAL_ALPHABET, preset("book", USUAL_TEXT)).measured
    again = wishes_of(Times(kept, trial))
    again.begin()
    until(lambda: again.settled)
    assert len(trial.asked) == asked


def test_a_wish_is_fulfilled_in_the_background(kept, trial, small, wishes_of):
    times = Times(kept, trial)
    wishes = wishes_of(times)
    wishes.begin()
    until(lambda: wishes.settled)
    wish = Wish(3_000, 33, small.override(rnn_units=600))
    assert not times.estimate(*wish.asked).measured
    assert wishes.wish(wish)
    until(lambda: times.estimate(*wish.asked).measured)


def test_few_wishes_wait_and_the_same_one_waits_once(kept, trial, small, wishes_of):
    wishes = wishes_of(Times(kept, trial))  # nobody works on them yet
    mine = [Wish(2_000, 20, small.override(rnn_units=units)) for units in range(10, 30)]
    assert [wishes.wish(mine[0]) for _ in range(5)] == 5 * [True]
    assert sum(map(wishes.wish, mine)) == WAITING


def test_beside_a_run_no_wish_is_taken(kept, trial, small, wishes_of):
    assert not wishes_of(Times(kept, trial, quiet=lambda: False)).wish(Wish(2_000, 20, small))


def test_what_cannot_be_tried_is_not_tried_again(kept, trial, small, wishes_of):
    wish = Wish(2_000, 20, small.override(rnn_units=1_000))

    def fails(characters, vocab_size, settings, in_the_way):
        if settings == wish.settings:
            raise InvalidSetting("too", "much", "memory")
        return trial(characters, vocab_size, settings, in_the_way)

    wishes = wishes_of(Times(kept, fails))
    wishes.begin()
    assert wishes.wish(wish)
    until(lambda: not wishes.wish(wish))
    other = Wish(2_000, 20, small)
    assert wishes.wish(other)  # the thread lives
    until(lambda: wishes.settled)
    until(lambda: Times(kept, trial).was_tried(*other.asked))


def test_a_run_that_begins_puts_off_the_usual_ones(kept, trial, wishes_of, monkeypatch):
    monkeypatch.setattr("charlm.times.wishes.LOOK_EVERY", 0.01)
    looks, quiet = [], []
    wishes = wishes_of(Times(kept, trial, quiet=lambda: looks.append(1) or bool(quiet)))
    wishes.begin()
    until(lambda: len(looks) > 5)
    assert len(trial.asked) == 1  # the very first
    assert not wishes.settled
    quiet.append(True)
    until(lambda: wishes.settled)
