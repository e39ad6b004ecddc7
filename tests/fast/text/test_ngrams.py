"""The 5-gram model: by hand, as a property, and on a real text."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charlm.text.checkup import baseline_losses
from charlm.text.corpus import read_corpus
from charlm.text.ngrams import NGrams, five_gram_loss

IDS = st.lists(st.integers(0, 6), min_size=1, max_size=60)


def test_two_letters_by_hand():
    model = NGrams(np.array([0, 1, 0, 1, 0]), vocab_size=2, order=2)
    # Alone: a came three times of five, b two times, and there are two kinds: (3 + 2 * 1/2) / 7 and (2 + 2 * 1/2) / 7.
    # After a came b twice and nothing else: (2 + 1 * 3/7) / 3. So a has (0 + 1 * 4/7) / 3.
    assert model.probabilities(np.array([[0, 1], [0, 0]])) == pytest.approx([17 / 21, 4 / 21])


def test_a_context_that_never_occurred_says_nothing():
    model = NGrams(np.array([0, 1, 0, 1]), vocab_size=3, order=2)
    alone = NGrams(np.array([0, 1, 0, 1]), vocab_size=3, order=1)
    assert model.probabilities(np.array([[2, 1]])) == alone.probabilities(np.array([[1]]))


@given(ids=IDS, context=st.lists(st.integers(0, 6), min_size=4, max_size=4))
def test_every_character_is_possible_and_all_together_are_certain(ids, context):
    model = NGrams(np.array(ids), vocab_size=7)
    grams = np.array([[*context, character] for character in range(7)])[:, -model.order :]
    chances = model.probabilities(grams)
    assert (chances > 0).all()
    assert chances.sum() == pytest.approx(1)


def test_the_largest_alphabet_fits_into_the_numbers():
    ids = np.arange(3_990, 4_000)
    after = NGrams(ids, vocab_size=4_000).probabilities(np.array([ids[:5], [*ids[:4], 7]]))
    assert after[0] > 100 * after[1]


def test_it_beats_letter_frequencies_on_a_real_text():
    text = read_corpus("lamplighter").text
    assert 1 < five_gram_loss(text) < baseline_losses(text)[1] - 1


def test_it_does_not_peep_at_the_held_out_part():
    learnt, unseen = "ab" * 450, "ba" * 50
    assert five_gram_loss(learnt + "ab" * 50) < 0.1
    assert five_gram_loss(learnt + "bbaa" * 25) > 1
    assert math.isfinite(five_gram_loss(learnt + unseen + "z" * 9))  # a character that only the held-out part has


@pytest.mark.parametrize(("text", "loss"), [("a" * 50, "0.000"), ("ab", "1.386")])
def test_short_and_dull_texts_have_a_loss_too(text, loss):
    assert f"{five_gram_loss(text):.3f}" == loss
