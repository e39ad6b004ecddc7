"""What a script sends."""

import math
from inspect import Parameter
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charlm.errors import InvalidSetting
from charlm.ui.http.arguments import checked


def parameter(kind, default=Parameter.empty):
    return Parameter("wish", Parameter.POSITIONAL_OR_KEYWORD, annotation=kind, default=default)


@pytest.mark.parametrize(
    ("kind", "value", "taken"),
    [
        (str, "", ""),
        (bool, False, False),
        (int, 3, 3),
        (int, 3.0, 3),
        (float, 3, 3),
        (float, 0.5, 0.5),
        (int | None, 4, 4),
        (list[float] | None, [0, 0.5], [0, 0.5]),
        (Literal["a", "b"] | None, "b", "b"),
    ],
)
def test_what_fits_is_taken(kind, value, taken):
    found = checked(parameter(kind), value)
    assert found == taken
    assert type(found) is type(taken)


def test_null_stands_for_the_default():
    assert checked(parameter(float, 0.7), None) == 0.7
    assert checked(parameter(int | None, None), None) is None
    with pytest.raises(InvalidSetting, match=r"wish is None\. Expected a text"):
        checked(parameter(str), None)


def outcome(kind, value):
    """What is taken, and the sentence where it is refused."""
    try:
        return checked(parameter(kind, 0), value), ""
    except InvalidSetting as error:
        return None, str(error)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (str, "Expected a text"),
        (bool, "Expected true or false"),
        (int | None, "Expected a whole number"),
        (float, "Expected a number"),
        (list[float], "Expected a list, each a number"),
        (Literal["a", "b"], "Expected one of: a, b"),
    ],
)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=5,
    )
)
def test_anything_that_json_can_carry_is_taken_or_refused_in_words(kind, expected, value):
    taken, refused = outcome(kind, value)
    assert not refused or (expected in refused and len(refused) < 300)
    assert not isinstance(taken, float) or math.isfinite(taken)
