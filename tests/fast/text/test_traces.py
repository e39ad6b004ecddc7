"""What is kept of a text beside its model."""

import pytest

from charlm.errors import CheckpointDamaged
from charlm.text.traces import BEGINNINGS, Traces

TEXT = "The cat sat.\n\nNo, the dog's hat sat on the cat!\n  indented\nEnd\n"


def test_words_are_known_whatever_their_case():
    traces = Traces.of(TEXT)
    assert traces.words == {"the", "cat", "sat", "no", "dog's", "hat", "on", "indented", "end"}
    assert traces.known("THE dog's mat ") == pytest.approx(2 / 3)
    assert traces.known("the cat sa") == 1  # it broke off within the last word
    assert traces.known("... ") is None
    assert Traces().known("the cat ") is None


def test_a_line_begins_as_one_did():
    traces = Traces.of(TEXT)
    assert traces.beginnings == ("The cat", "No, the", "End")
    assert {traces.beginning(seed) for seed in range(50)} == set(traces.beginnings)
    assert traces.beginning(3) == traces.beginning(3)
    assert Traces().beginning(3) == ""


def test_beginnings_come_from_all_over_a_long_text():
    traces = Traces.of("\n".join(f"line {number}" for number in range(10_000)))
    assert len(traces.beginnings) == BEGINNINGS
    assert (traces.beginnings[0], traces.beginnings[-1]) == ("line 0", "line 9999")


def test_they_come_back_from_their_file():
    traces = Traces.of(TEXT)
    assert Traces.from_json(traces.to_json()) == traces


@pytest.mark.parametrize("broken", ["", "[]", "{}", '{"words": 3, "beginnings": []}', "\0"])
def test_a_broken_file_is_told(broken):
    with pytest.raises(CheckpointDamaged, match=r"traces\.json"):
        Traces.from_json(broken)
