"""A cell that follows something is found, and chance is not taken for it."""

import numpy as np
import pytest

from charlm.insight.features import features
from charlm.insight.shortlist import followers_in
from charlm.insight.streams import SIZES, WARM_UP, windows

PARAGRAPH = 'He said "come in, (all of you) come in" and left.\nROMEO:\nThen 12 of them went on with it\n\n'
WORDS = ("the", "lamp", "is", "lit", "and", "a", "stranger", "waits", '"no"', "(so)", "Tib", "said", "7", "river\n")


@pytest.fixture
def text():
    rng = np.random.default_rng(3)
    return "".join(f"{word} " if word[-1] != "\n" else word for word in rng.choice(WORDS, 900))


def activations(text, cells=40):
    """Cells that follow nothing but drift as real ones do: (characters, 1, cells)."""
    noise = np.random.default_rng(0).normal(size=(len(text), 1, cells))
    for at in range(1, len(text)):
        noise[at] = 0.9 * noise[at - 1] + 0.4 * noise[at]
    return np.tanh(noise).astype(np.float32)


def in_pieces(values):
    places = np.arange(len(values))
    return [(places[at : at + 500], values[at : at + 500]) for at in range(0, len(values), 500)]


@pytest.mark.parametrize("feature", ["inside quotes", "after a space", "position in line"])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_planted_cell_is_found_with_its_feature_and_its_sign(text, feature, sign):
    values = activations(text)
    wanted = features(text)[feature]
    values[:, 0, 17] = np.tanh(sign * (wanted - wanted.mean()) / wanted.std()) + 0.1 * values[:, 0, 17]
    (found,) = followers_in(text, in_pieces(values)).followers
    assert (found.layer, found.cell, found.feature) == (0, 17, feature)
    assert sign * found.r > 0.8


def test_cells_that_follow_nothing_are_not_named(text):
    found = followers_in(text, in_pieces(activations(text)))
    assert found.followers == ()
    assert len(found.best) == 40
    assert found.chance < 0.5


def test_shuffled_the_planted_cell_is_not_named(text):
    values = activations(text)
    values[:, 0, 17] = np.random.default_rng(1).permutation(features(text)["inside quotes"])
    assert followers_in(text, in_pieces(values)).followers == ()


def test_in_a_short_text_chance_is_high_and_told():
    text = "the lamp is lit and it is"
    found = followers_in(text, in_pieces(activations(text, 400)))
    assert found.chance > 0.5
    assert all(abs(one.r) >= found.chance for one in found.followers)


def test_the_figure_is_pearsons(text):
    values = activations(text, 3)
    found = followers_in(text, in_pieces(values))
    wanted = np.corrcoef(values[:, 0, 1], features(text)["after a space"])[0, 1]
    assert found.r[0, 1, list(features("")).index("after a space")] == pytest.approx(wanted, abs=1e-4)


def test_a_cell_that_never_moves_and_a_feature_that_never_comes_have_no_figure():
    text = "abc def " * 50
    found = followers_in(text, in_pieces(np.ones((400, 1, 2), np.float32)))
    assert (found.r == 0).all()
    assert found.followers == ()


@pytest.mark.parametrize("length", [1, 2, 64, 65, 999, 3_000, 20_000])
def test_streams_read_every_character_once_and_in_order(length):
    ids = np.arange(length, dtype=np.int32)
    seen = [place for window in windows(ids) for place in window.places[window.counts].tolist()]
    streams = max(n for n, least in SIZES if length >= least)
    assert len(seen) == len(set(seen))
    assert length - 1 - WARM_UP * (streams - 1) <= len(seen) <= length - 1
    assert set(range(min(64, length - 1))) <= set(seen)
    for window in windows(ids):
        assert (window.inputs[window.counts] == window.places[window.counts]).all()
        assert (window.targets[window.counts] == window.places[window.counts] + 1).all()
