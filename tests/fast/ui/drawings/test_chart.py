"""The curve of a run, drawn."""

import re
from dataclasses import replace

from charlm.events import EpochFinished, RunStarted, StepFinished
from charlm.ui import texts
from charlm.ui.drawings import chart

STARTED = RunStarted(0, 1_000, 20, 9_000, 1_000, 4, 10, uniform_loss=3.0, frequency_loss=2.5)


def step(number, loss):
    return StepFinished(number, number / 10, loss, 0.5, 1e-3, number, 1_234.0, 40.0 - number)


def epoch(number, val_loss):
    return EpochFinished(10 * number, number, val_loss, 0.5, val_loss, 0.4, 10 * number, best=False)


def test_the_curve_shows_both_losses_what_they_are_worth_and_the_best():
    assert texts.CHART_EMPTY in chart.curve([])
    shown = chart.curve([STARTED, *(step(n, 3 - n / 20) for n in range(1, 21)), epoch(1, 2.5), epoch(2, 2.1)])
    for part in ('class="loss"', 'class="val"', "guessing blindly 3.00", "letter frequency 2.50", "best 2.100"):
        assert part in shown
    assert "loss 2.95 → 2.00; val_loss 2.50 → 2.10" in shown  # for whoever cannot see it


def test_the_5_gram_model_has_a_line_where_it_is_known():
    steps = [step(1, 2.0), step(2, 1.9)]
    assert "5-gram" not in chart.curve([STARTED, *steps])
    assert "a 5-gram model 1.70" in chart.curve([replace(STARTED, five_gram_loss=1.7), *steps])


def test_the_best_is_named_where_no_other_words_stand():
    def heights(best_at, val_loss):
        """How far down the ring is, and the words that belong to it."""
        start = replace(STARTED, five_gram_loss=1.7)
        shown = chart.curve([start, step(1, 2.0), epoch(best_at, val_loss)])
        ring = re.search(r'class="best" cx="[\d.]+" cy="([\d.]+)"', shown)[1]
        words = re.search(r'class="best \w+" x="[\d.]+" y="([\d.]+)"', shown)[1]
        return float(ring), float(words)

    for best_at, val_loss, below in ((1, 1.75, False), (1, 2.4, True), (4, 1.75, True)):
        ring, words = heights(best_at, val_loss)
        assert (words > ring) == below


def test_a_text_that_costs_nothing_to_guess_has_a_curve_too():
    dull = replace(STARTED, uniform_loss=0.0, frequency_loss=0.0, five_gram_loss=0.0)
    assert "polyline" in chart.curve([dull, step(1, 0.0)])


def test_a_long_run_is_a_short_line():
    shown = chart.curve([STARTED, *(step(n, 2.0) for n in range(1, 20_001))])
    assert len(shown) < 10_000
