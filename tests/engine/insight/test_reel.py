"""The films of the first screen, asked again."""

import pytest

from charlm.storage.shipped import FILMS
from charlm.ui.opening.reel import kept, shot

SAME = 40  # characters that are compared: another processor may round so that a later one differs


@pytest.mark.parametrize("film", FILMS)
def test_the_model_still_writes_what_the_file_of_the_first_screen_says(film):
    assert [one.text[:SAME] for one in shot(film)] == [one.text[:SAME] for one in kept(film)]
