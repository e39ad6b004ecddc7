"""The table of a model as neighbours and as a map."""

import numpy as np
import pytest

from charlm.errors import InvalidSetting, UnknownCharacter
from charlm.insight.embedding import Embedding, kind, plane

TABLE = np.array([[1, 0, 0], [2, 0.1, 0], [0, 1, 0], [-1, 0, 0.2]], np.float32)
FOUND = Embedding("\naA7", TABLE, TABLE - [[0, 0, 1]])


def test_neighbours_are_those_in_the_same_direction():
    first, *_, last = FOUND.neighbours("\n", 3)
    assert (first.character, last.character) == ("a", "7")
    assert first.similarity > 0.99
    assert last.similarity < -0.9
    assert len(FOUND.neighbours("\n", 9)) == 3


def test_what_learning_changed_has_neighbours_of_its_own():
    assert all(one.similarity == pytest.approx(1) for one in FOUND.neighbours("a", table=FOUND.changed))


@pytest.mark.parametrize(
    ("character", "error"), [("☃", UnknownCharacter), ("", InvalidSetting), ("aa", InvalidSetting)]
)
def test_what_is_no_character_of_the_model_is_refused(character, error):
    with pytest.raises(error):
        FOUND.neighbours(character)


def test_the_map_shows_the_directions_that_differ_most():
    flat = np.zeros((50, 8))
    flat[:, [2, 5]] = np.random.default_rng(0).normal(size=(50, 2)) * [3, 1]
    seen = plane(flat)
    assert seen.shown == pytest.approx(1)
    apart = np.linalg.norm(flat[0] - flat[1])
    assert np.linalg.norm(seen.points[0] - seen.points[1]) == pytest.approx(apart)
    assert seen.points[:, 0].std() > 2 * seen.points[:, 1].std()


@pytest.mark.parametrize("shape", [(1, 4), (3, 1), (2, 2)])
def test_a_small_table_has_a_map_too(shape):
    assert plane(np.ones(shape)).points.shape == (shape[0], 2)
    assert np.isfinite(plane(np.random.default_rng(0).normal(size=shape)).points).all()


def test_kinds():
    assert [kind(c) for c in "aéñ7Á \n"] == ["vowel", "vowel", "consonant", "digit", "capital", "other", "other"]
