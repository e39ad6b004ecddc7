"""The norm of the gradient, drawn."""

from charlm.events import RunStarted, StepFinished
from charlm.ui.drawings.gradient import gradient


def started(clip_norm):
    return RunStarted(0, 1_000, 20, 9_000, 1_000, 4, 10, uniform_loss=3.0, frequency_loss=2.5, clip_norm=clip_norm)


def step(number, norm):
    return StepFinished(number, number / 10, 2.0, 0.5, 1e-3, number, 1_234.0, 1.0, gradient_norm=norm)


def test_the_curve_and_the_clipping_line_also_in_words():
    shown = gradient([started(1.0), *(step(n, 4.0 if n <= 5 else 0.25) for n in range(1, 21))])
    assert "clipped at 1" in shown
    assert "It went from 0.25 to 4, and was 0.25 at the last step. 25% of the steps were clipped." in shown
    assert 'class="gradient"' in shown


def test_without_clipping_there_is_no_line():
    shown = gradient([started(None), step(1, 4.0), step(2, 900.0)])
    assert "clipped at" not in shown
    assert "not clipped" in shown


def test_an_older_run_told_none():
    assert gradient([started(1.0), step(1, None)]) == ""
    assert gradient([]) == ""


def test_a_long_run_is_a_short_line_and_keeps_its_peak():
    norms = [0.5] * 20_000
    norms[777] = 123.0
    shown = gradient([started(1.0), *(step(n, norm) for n, norm in enumerate(norms, 1))])
    assert len(shown) < 8_000
    assert "to 1.2e+02" in shown
