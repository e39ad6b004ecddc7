"""What is shown of a run and a text: plain functions from events and facts to HTML."""

import numpy as np
import pytest

from charlm.events import EpochFinished, RunFinished, RunStarted, SampleWritten, StepFinished
from charlm.runs.background import RunStatus
from charlm.runs.limits import Limits
from charlm.text.checkup import check_up, without_rare
from charlm.text.corpus import decode, from_text, join
from charlm.text.vocabulary import Vocabulary
from charlm.ui.choices import NAMES, TextChoice, check, settings_of, values_of
from charlm.ui.drawings import chart, views
from charlm.ui.languages import english as texts
from charlm.ui.tabs.train import ENCODINGS

NASTY = ["<img src=x onerror=alert(1)>", "${alert(1)}", "{{value}}", "back\\slash", "\u202egnol", "👩‍🚀"]
LIMITS = Limits()
STARTED = RunStarted(0, 1_000, 20, 9_000, 1_000, 4, 10, uniform_loss=3.0, frequency_loss=2.5)


def step(number, loss):
    return StepFinished(number, number / 10, loss, 0.5, 1e-3, number, 1_234.0, 40.0 - number)


def epoch(number, val_loss):
    return EpochFinished(10 * number, number, val_loss, 0.5, val_loss, 0.4, 10 * number, best=False)


@pytest.mark.parametrize("nasty", NASTY)
def test_any_text_is_shown_as_what_it_is(nasty):
    found = check_up(from_text(f"{nasty} and some more\n" * 5, nasty))
    shown = views.check_up(found) + views.alphabet(found) + views.samples([SampleWritten(0, 0, nasty)])
    shown += views.problem(nasty) + views.status(RunStatus("failed", failure=nasty))
    assert "<img" not in shown
    assert nasty.replace("<", "&lt;").replace(">", "&gt;") in shown


def test_a_close_call_is_put_to_the_person():
    """Each reading in a row of its own, and every encoding named can be chosen."""
    content = "Un <b>déjà</b> vu.\n".encode("mac-roman")
    shown = views.check_up(check_up(decode(content, "<i>call</i>.txt")))
    assert "&lt;i&gt;call&lt;/i&gt;.txt: which line reads right?" in shown
    assert "<td>mac-roman</td><td>Un &lt;b&gt;déjà&lt;/b&gt; vu.</td>" in shown
    assert texts.DOUBT_CURE in shown
    assert {reading.encoding for reading in decode(content, "call.txt").doubts[0].readings} <= set(ENCODINGS)
    assert texts.DOUBT_CURE not in views.check_up(check_up(decode(content, "call.txt", "mac-roman")))


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (RunStatus("waiting", place=3), "Place 3 in the queue"),
        (RunStatus("running"), texts.STARTING),
        (RunStatus("running", events=(STARTED, step(1, 2.0))), texts.LEARNING),
        (RunStatus("interrupted"), texts.INTERRUPTED),
        (RunStatus("ended", events=(STARTED, RunFinished(9, "stopped", 0.9, None, None, 12.0))), "Stopped after 12 s"),
    ],
)
def test_every_state_is_one_sentence(status, sentence):
    assert sentence in views.sentence(status)
    assert sentence in views.status(status)


def test_every_end_has_its_sentence():
    for reason in ("finished", "stopped", "time is up", "learnt by heart", "diverged"):
        assert views.sentence(RunStatus("ended", events=(RunFinished(9, reason, 1, 1, 1.0, 9.0),)))


def test_learning_by_heart_is_told():
    assert views.verdict([STARTED, epoch(1, 2.0), epoch(2, 1.8)]) == texts.STILL_LEARNING
    turned = [STARTED, epoch(1, 2.0), epoch(2, 1.8), epoch(3, 1.9), epoch(4, 2.0)]
    assert "since epoch 2" in views.verdict(turned)
    assert "val_loss 1.800" in views.verdict([*turned, RunFinished(40, "finished", 4, 2, 1.8, 40.0)])


def test_the_curve_shows_both_losses_what_they_are_worth_and_the_best():
    assert texts.CHART_EMPTY in chart.curve([])
    shown = chart.curve([STARTED, *(step(n, 3 - n / 20) for n in range(1, 21)), epoch(1, 2.5), epoch(2, 2.1)])
    for part in ('class="loss"', 'class="val"', "guessing blindly 3.00", "letter frequency 2.50", "best 2.100"):
        assert part in shown
    assert "loss 2.95 → 2.00; val_loss 2.50 → 2.10" in shown  # for whoever cannot see it


def test_a_long_run_is_a_short_line():
    shown = chart.curve([STARTED, *(step(n, 2.0) for n in range(1, 20_001))])
    assert len(shown) < 10_000


def test_bars_show_the_choice_before_and_after_temperature():
    vocabulary = Vocabulary("\nab")
    shown = views.bars(vocabulary, np.log(np.array([0.2, 0.5, 0.3], np.float32)), 0.0)
    assert shown.index(">a<") < shown.index(">b<") < shown.index("line end")  # likeliest first
    assert "50.0%" in shown
    assert "100.0%" in shown


def test_a_text_is_chosen_from_three_places(tmp_path):
    (tmp_path / "a.txt").write_text("one")
    (tmp_path / "b.txt").write_bytes("zwei für".encode("utf-16"))
    files = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    assert TextChoice().read(LIMITS).name == "lamplighter"
    assert TextChoice(texts.PASTED, pasted="hello\r\n").read(LIMITS).text == "hello\n"
    both = TextChoice(texts.FILES, files=files).read(LIMITS)
    assert (both.name, both.text) == ("a.txt and 1 more", "one\nzwei für\n")
    with pytest.raises(Exception, match="Choose a"):
        TextChoice(texts.FILES).read(LIMITS)
    with pytest.raises(Exception, match="no text called"):
        TextChoice(built_in="/etc/passwd").read(LIMITS)


def test_rare_characters_can_be_cured():
    text = from_text("the cat sat. " * 20 + "thé ☃", "t")
    cured = without_rare(text)
    assert cured.text.endswith("the ")
    assert "é became e" in cured.changes[-1]
    assert without_rare(cured) == cured
    assert join([text]) == text


def test_the_fields_of_a_preset_give_the_preset():
    assert settings_of("balanced", 1_000_000, values_of("balanced", 1_000_000)).model.rnn_units == 256


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), -1, 0, 10**9, "12", None, 2.5, True])
def test_a_wrong_number_is_told_at_its_field(wrong):
    assert not check("epochs", wrong, LIMITS)["is_valid"]
    assert check("epochs", 12.0, LIMITS)["is_valid"]
    assert check("dropout", 0.25, LIMITS)["is_valid"]
    assert len(NAMES) == 11
