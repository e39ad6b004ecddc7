"""Drawing characters: fair dice, honest temperature, and the same text whatever the chunks."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charlm.generation import sampler
from charlm.generation.row import Chunk
from charlm.generation.sampler import Sampler, draw
from charlm.network.backend import tf

HIDDEN = "a hidden word, spelt again and again; "
LETTERS = "".join(sorted(set(HIDDEN)))


def spell(weights, ids, state):
    """A toy model: whatever it is fed, it favours the next letter of the hidden word."""
    ((position,),) = state
    word = tf.constant([LETTERS.index(c) for c in HIDDEN])
    favoured = tf.gather(word, position % len(HIDDEN))
    return 5.0 * tf.one_hot(favoured, len(LETTERS)), ((position + 1,),)


def from_the_start(rows):
    return ((tf.zeros(rows, tf.int32),),)


def write(temperatures, length, seed=0, start=(0,), model=spell):
    pieces = list(Sampler(model, from_the_start).stream(np.array(start), temperatures, length, seed))
    return pieces, ["".join(LETTERS[i] for i in row) for row in Chunk.joined(pieces).ids]


def test_at_temperature_zero_it_spells_the_hidden_word():
    _, (text,) = write([0.0], 200)
    assert text == (HIDDEN * 6)[:200]


def test_the_start_is_read_before_anything_is_written():
    _, (text,) = write([0.0], 30, start=[0] * 150)
    assert text == (HIDDEN * 6)[149:179]


@pytest.mark.parametrize("temperature", [0.01, 10.0, 100.0])
def test_extreme_temperatures_are_safe(temperature):
    _, (text,) = write([temperature], 300)
    assert (text == (HIDDEN * 9)[:300]) == (temperature < 1)


def test_the_same_seed_writes_the_same_whatever_the_chunks(monkeypatch):
    _, once = write([0.9, 1.3], 333, seed=4)
    monkeypatch.setattr(sampler, "FIRST_CHUNK", 1)
    monkeypatch.setattr(sampler, "CHUNK", 17)
    _, again = write([0.9, 1.3], 333, seed=4)
    _, other = write([0.9, 1.3], 333, seed=5)
    assert once == again != other


def test_once_warm_nothing_is_compiled_and_nothing_was_written(monkeypatch):
    warm = Sampler(spell, from_the_start)
    warm.prepare(2)
    cold, _ = write([0.9, 1.3], 50, seed=4)
    monkeypatch.setattr(sampler, "draw", None)  # compiling the loop anew would stumble over it
    pieces = warm.stream(np.array([0]), [0.9, 1.3], 50, seed=4)
    np.testing.assert_array_equal(Chunk.joined(list(pieces)).ids, Chunk.joined(cold).ids)


def test_a_longer_text_begins_with_the_shorter_one():
    assert write([1.0], 500, seed=3)[1][0].startswith(write([1.0], 100, seed=3)[1][0])


def test_equal_temperatures_write_equal_text_and_others_do_not():
    _, texts = write([0.8, 2.0, 0.8, 0.8], 400)
    assert texts[0] == texts[2] == texts[3] != texts[1]


def test_it_streams():
    pieces, _ = write([1.0], 400)
    assert len(pieces) > 4
    assert pieces[0].ids.shape == (1, sampler.FIRST_CHUNK)


# No subnormal numbers: TensorFlow reads them as zero.
LOGITS = st.lists(st.floats(-20, 20, width=32, allow_subnormal=False), min_size=2, max_size=12)


@settings(max_examples=50, deadline=None)
@given(LOGITS, st.floats(0, 0.9999))
def test_hotter_is_never_likelier(logits, dice):
    heat = np.array([0, 0.01, 0.3, 0.7, 1, 2, 10], np.float32)
    rows = np.tile(np.array(logits, np.float32), (len(heat), 1))
    chosen = draw(tf.constant(rows), tf.constant(heat), tf.constant(dice, tf.float32)).numpy()
    likelihoods = rows[0][chosen]
    assert likelihoods[0] == rows[0].max()
    # Neighbouring sums of tiny probabilities may round past each other, so equals are told apart by more than that.
    assert all(cold >= hot - 1e-4 for cold, hot in pairwise(likelihoods))


def test_the_dice_are_fair():
    logits, heat, draws = np.array([0.0, 1.0, 2.0, -1.0, 0.5], np.float32), 0.8, 20_000
    expected = draws * np.exp(logits / heat) / np.exp(logits / heat).sum()
    numbers = np.random.default_rng(0).random(draws).astype(np.float32)
    ids = draw(tf.constant(np.tile(logits, (draws, 1))), tf.fill([draws], heat), tf.constant(numbers[:, None]))
    drawn = np.bincount(ids, minlength=5)
    chi_square = ((drawn - expected) ** 2 / expected).sum()
    assert chi_square < 18.47  # 4 degrees of freedom: a fair draw exceeds it once in a thousand seeds
