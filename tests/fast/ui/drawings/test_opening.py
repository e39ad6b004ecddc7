"""The first screen."""

import re

import pytest

from charlm.events import EpochFinished, of_kind
from charlm.languages import languages, speaking
from charlm.storage.run_folder import RunFolder
from charlm.storage.shipped import FILMS, find_model
from charlm.ui import texts
from charlm.ui.drawings.opening import opening
from charlm.ui.opening.reel import STARTS, Still, file_of, kept


@pytest.mark.parametrize("film", FILMS)
def test_the_kept_film_is_that_of_the_model_that_comes_along(film):
    run, stills = RunFolder(find_model(film)), kept(film)
    assert [one.epoch for one in stills] == [one.epoch for one in run.epochs.kept()]
    scores = {e.epoch: e.val_loss for e in of_kind(EpochFinished, run.events())}
    assert [one.val_loss for one in stills] == [scores.get(one.epoch) for one in stills]
    assert all(one.text.startswith(STARTS[film]) for one in stills)
    assert file_of(film).stat().st_size < 60_000


def test_every_language_opens_with_a_film_that_is_there():
    for language in languages():
        with speaking(language):
            assert texts.FIRST_FILM in FILMS


def test_only_the_first_text_is_seen_and_two_stand_still_for_those_who_want_no_motion():
    drawn = opening([Still(0, None, "xq<b>"), Still(1, 2.0, "the c"), Still(2, 1.5, "the cat")], ready=True)
    assert re.findall(r'data-still="(\d)"( hidden)?', drawn) == [("0", ""), ("1", " hidden"), ("2", " hidden")]
    assert [drawn.count(f"<pre>{text}</pre>") for text in ("xq&lt;b&gt;", "the c", "the cat")] == [2, 1, 2]
    assert "after epoch 2" in drawn
    assert "val_loss 1.50" in drawn


def test_it_offers_to_write_only_where_a_model_can():
    stills = [Still(0, None, "x"), Still(1, 2.0, "y"), Still(2, 1.0, "z")]
    assert 'data-open="write"' in opening(stills, ready=True)
    bare = opening(stills, ready=False)
    assert 'data-open="write"' not in bare
    assert 'data-open="train"' in bare
