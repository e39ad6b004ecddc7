"""Several runs in one chart: told apart by dash, mark and words."""

import re
from dataclasses import replace

from charlm.events import EpochFinished
from charlm.insight.references import Reference
from charlm.settings import ModelSettings, TrainingSettings
from charlm.storage.card import Card, CorpusFacts
from charlm.text.vocabulary import Vocabulary
from charlm.ui.drawings.contest import as_table, curves
from charlm.ui.standing import Contender


def contender(cell, *val_losses, state="ended", sha256="a"):
    card = Card(
        "run", CorpusFacts("hats", 50, sha256), ModelSettings(cell=cell), TrainingSettings(), 1,
        Vocabulary("ab"), 3.0, 2.5, {},
    )  # fmt: skip
    scores = (
        EpochFinished(n, float(n), 2.0, 0.5, val_loss, 0.5, 7.0 * n, best=False)
        for n, val_loss in enumerate(val_losses, 1)
    )
    return Contender(f"{cell}-run", state, 0, card, 10, tuple(scores), (Reference("uniform", 3.0, 1.0),))


RNN, GRU = contender("rnn", 2.5, 2.2, 2.3), contender("gru", 2.4, 2.0, state="running")
WAITING = Contender("lstm-run", "waiting", 2, None, 0, (), ())


def test_every_run_has_its_own_line_and_mark_and_words():
    shown = curves([RNN, GRU, WAITING], ["first", "second", "third"])
    for number, mark in enumerate("●■▲"):
        assert f'class="n{number}"' in shown
        assert f"{mark}</text>" in shown
    assert "gru, 256 units: second" in shown
    told = re.search(r'aria-label="(.+?)"', shown).group(1)
    assert "rnn, 256 units: first, best val_loss 2.200 after epoch 2." in told
    assert "waits, place 2 in the queue: third, no epoch yet." in told


def test_lines_to_compare_with_are_those_of_the_one_text():
    early = contender("rnn", 3.1, 2.2)
    assert "guessing blindly 3.00" in curves([early, GRU], ["first", "second"])
    assert "guessing blindly" not in curves([RNN, GRU], ["first", "second"])  # too far away to be shown
    assert "guessing blindly" not in curves([early, contender("gru", 2.0, sha256="b")], ["first", "second"])


def test_without_runs_or_epochs_words_say_what_to_do():
    assert "Choose runs above." in curves([], [])
    assert "None of these runs has finished an epoch yet." in curves([WAITING], ["third"])


def test_the_table_has_what_differs():
    shown = as_table([RNN, GRU, WAITING], ["first", "second", "third"])
    assert "<td>● first</td><td>rnn, 256 units</td><td>3 / 10</td><td>2.200</td>" in shown
    assert "<td>learns</td>" in shown
    assert "<td>waits, place 2 in the queue</td>" in shown


def test_names_are_no_markup(nasty):
    assert "<img" not in curves([RNN], [nasty]) + as_table([RNN], [nasty])


def test_a_long_run_has_few_marks():
    shown = curves([replace(RNN, scored=contender("rnn", *[2.0] * 500).scored)], ["first"])
    assert shown.count('class="mark') < 30
