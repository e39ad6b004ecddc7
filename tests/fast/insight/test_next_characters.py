"""What may come next."""

import pytest

from charlm.errors import InvalidSetting, UnknownCharacter
from charlm.insight.next_characters import next_characters


def test_the_likeliest_comes_first_and_all_together_are_certain(toy):
    offered = next_characters(toy, "the ca")
    assert offered[0].character == "t"
    assert [n.probability for n in offered] == sorted((n.probability for n in offered), reverse=True)
    assert {n.character for n in offered} == set(toy.vocabulary.characters)
    assert sum(n.probability for n in offered) == pytest.approx(1)
    assert all(toy.vocabulary.characters[n.id] == n.character for n in offered)


def test_temperature_changes_the_chances_and_never_the_order(toy):
    plain, cold, hot = (next_characters(toy, "the ", temperature) for temperature in (1.0, 0.3, 3.0))
    assert [n.character for n in cold] == [n.character for n in hot]
    assert [n.probability for n in cold] == [n.probability for n in hot]
    assert hot[0].heated < plain[0].heated < cold[0].heated
    assert all(n.heated == n.probability for n in plain)


def test_top_k_leaves_so_many_to_draw_from(toy):
    offered = next_characters(toy, "the ", top_k=3)
    assert [n.heated > 0 for n in offered[:5]] == [True, True, True, False, False]
    assert sum(n.heated for n in offered) == pytest.approx(1)


def test_only_so_many_are_told(toy):
    assert next_characters(toy, "the ", count=2) == next_characters(toy, "the ")[:2]
    assert next_characters(toy, "the ", count=0) == ()


def test_an_empty_start_begins_a_line(toy):
    assert next_characters(toy, "") == next_characters(toy, "\n")


@pytest.mark.parametrize("wrong", [{"temperature": -1}, {"top_k": -1}, {"top_k": 1.5}, {"count": float("nan")}])
def test_numbers_out_of_their_limits_are_refused(toy, wrong):
    with pytest.raises(InvalidSetting):
        next_characters(toy, "the ", **wrong)


def test_a_start_the_model_never_saw_is_refused(toy):
    with pytest.raises(UnknownCharacter):
        next_characters(toy, "THE ")
