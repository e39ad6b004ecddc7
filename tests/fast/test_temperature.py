"""What temperature does: laws that hold whatever the model thinks."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from charlm.temperature import probabilities

LOGITS = arrays(np.float32, st.integers(2, 30), elements=st.floats(-30, 30, width=32))
TEMPERATURES = st.one_of(st.just(0.0), st.floats(0.05, 100))


def entropy(p):
    return -np.sum(p * np.log(np.where(p > 0, p, 1)))


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
