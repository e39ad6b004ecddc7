"""What can be seen in a text with a model's eyes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charlm.generation.temperature import entropy, probabilities
from charlm.insight.observations import LEAST_REPEATED, LONGEST_PHRASE, choices, loop, observe, parting, surprisal
from charlm.text.traces import Traces


def test_a_blind_guess_chooses_between_all_and_cold_certainty_between_one():
    alike = np.zeros((5, 8))
    assert choices(entropy(probabilities(alike, 1.0))) == pytest.approx(8)
    assert choices(entropy(probabilities(alike, 0.0))) == pytest.approx(1)
    assert choices(np.array([0.0, np.log(4)])) == pytest.approx(2)


def test_surprise_is_counted_in_bits():
    logits = np.log([[0.5, 0.25, 0.25], [0.125, 0.5, 0.375]])
    np.testing.assert_allclose(surprisal(logits, np.array([1, 0])), [2, 3])


def test_texts_part_at_their_first_difference():
    assert parting("the cat", "the dog") == 4
    assert parting("same", "same") is None
    assert parting("longer", "long") is None


@given(st.text("ab ", min_size=1, max_size=9), st.integers(0, 60))
def test_whatever_goes_round_is_found(phrase, before):
    turns = LEAST_REPEATED // len(phrase) + 3
    start = "".join(chr(0x100 + i) for i in range(before))  # nothing in it comes twice
    found = loop(start + phrase * turns)
    assert found
    assert (found * 200)[: len(phrase)] in phrase * 3  # it may be found turned, and shorter if it repeats itself


def test_prose_and_refrains_are_no_loops():
    assert loop("") == ""
    assert loop("hahahaha, said the cat, and the cat, and the hat") == ""
    assert loop("the cat sat on the mat. the dog sat on the log. " + "x" * 5) == ""
    assert loop(("a" * LONGEST_PHRASE + "b") * 3 + "c")  # of which each third is a loop itself


def test_all_of_it_at_once():
    traces = Traces.of("the cat sat")
    seen = observe("the cat spat ", np.full(13, np.log(4)), traces)
    assert seen.choices == pytest.approx(4)
    assert seen.known_words == pytest.approx(2 / 3)
    assert seen.loop == ""
