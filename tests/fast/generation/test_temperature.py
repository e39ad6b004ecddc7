"""What temperature does: laws that hold whatever the model thinks."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from charlm.generation.temperature import dice, entropy, fall, generator, likeliest_first, probabilities

LOGITS = arrays(np.float32, st.integers(2, 30), elements=st.floats(-30, 30, width=32))
TEMPERATURES = st.one_of(st.just(0.0), st.floats(0.05, 100))


@given(LOGITS, TEMPERATURES)
def test_probabilities_sum_to_one_and_keep_their_order(logits, temperature):
    p = probabilities(logits, temperature)
    assert np.isclose(p.sum(), 1)
    assert (np.diff(p[np.argsort(logits, kind="stable")]) >= -1e-12).all() or temperature == 0
    assert p.argmax() == logits.argmax()


@given(LOGITS, TEMPERATURES, TEMPERATURES)
def test_hotter_is_never_surer(logits, one, other):
    cold, hot = sorted((one, other))
    assert entropy(probabilities(logits, cold)) <= entropy(probabilities(logits, hot)) + 1e-9


def test_at_one_it_is_the_softmax_and_at_zero_the_likeliest():
    logits = np.log([0.2, 0.5, 0.3])
    np.testing.assert_allclose(probabilities(logits, 1.0), [0.2, 0.5, 0.3])
    assert probabilities(logits, 0.0).tolist() == [0, 1, 0]


@given(LOGITS, TEMPERATURES, st.integers(1, 40))
def test_top_k_leaves_the_likeliest_in_the_same_proportion(logits, temperature, k):
    p, cut = probabilities(logits, temperature), probabilities(logits, temperature, k)
    assert np.isclose(cut.sum(), 1)
    assert np.count_nonzero(cut) <= k
    kept = likeliest_first(logits)[:k]
    np.testing.assert_allclose(cut[kept] * p[kept].sum(), p[kept], atol=1e-9)
    assert cut[likeliest_first(logits)[k:]].sum() == 0


def test_entropy_is_that_of_as_many_equal_choices():
    assert np.isclose(np.exp(entropy(np.full(7, 1 / 7))), 7)
    assert entropy(np.array([0.0, 1.0])) == 0


@given(LOGITS, st.floats(0.05, 5), st.integers(0, 12), st.floats(0, 1, exclude_max=True))
def test_the_dice_fall_within_the_stretch_of_what_they_choose(logits, temperature, k, number):
    p = probabilities(logits, temperature, k)
    id_, low, high = fall(p, number)
    assert low <= number < high or np.isclose(number, high)
    assert np.isclose(high - low, p[id_])
    assert p[id_] > 0


def test_the_bars_are_as_wide_as_the_dice_fall_on_them():
    p = probabilities(np.log([0.4, 0.1, 0.3, 0.15, 0.05]), 0.8, top_k=4)
    draws = 20_000
    drawn = np.bincount([fall(p, number)[0] for number in dice(seed=0, count=draws)], minlength=5)
    possible = p > 0
    assert drawn[~possible].sum() == 0
    chi_square = ((drawn - draws * p)[possible] ** 2 / (draws * p)[possible]).sum()
    assert chi_square < 16.27  # 3 degrees of freedom: fair dice exceed it once in a thousand seeds


def test_a_seed_has_its_numbers_however_many_are_thrown():
    assert dice(7, 100)[:10].tolist() == dice(7, 10).tolist() != dice(8, 10).tolist()


def test_the_dice_of_a_seed_are_pcg64_and_do_not_depend_on_how_they_are_asked_for():
    once, one_by_one = generator(7), generator(7)
    np.testing.assert_array_equal(once.random(200), [one_by_one.random() for _ in range(200)])
    np.testing.assert_array_equal(dice(7, 3), np.array([0.625095466604667, 0.8972138009695755, 0.7756856902451935]))
