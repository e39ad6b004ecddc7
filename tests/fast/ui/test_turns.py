"""The row of those who want to write."""

from contextlib import ExitStack

import pytest

from charlm.errors import TooBusy
from charlm.ui.turns import Turns


def test_a_few_write_at_once_and_the_next_sees_its_place():
    turns = Turns(at_once=2, waiting=2)
    with ExitStack() as first, ExitStack() as others:
        for _ in range(2):
            assert list(first.enter_context(turns.take())) == []
        third, fourth = others.enter_context(turns.take()), others.enter_context(turns.take())
        assert next(third) == 1
        assert next(fourth) == 2
        with pytest.raises(TooBusy, match="Try again"), turns.take():
            pass
        first.close()
        assert list(third) == []
        assert list(fourth) == []


def test_whoever_gives_up_makes_room():
    turns = Turns(at_once=1, waiting=0)
    with pytest.raises(KeyError), turns.take():
        raise KeyError
    with turns.take() as places:
        assert list(places) == []
