"""The film of the first screen, asked again."""

from charlm.ui.opening.reel import kept, shot

SAME = 40  # characters that are compared: another processor may round so that a later one differs


def test_the_model_still_writes_what_the_file_of_the_first_screen_says():
    assert [one.text[:SAME] for one in shot()] == [one.text[:SAME] for one in kept()]
