"""A run's film, as the page and scripts get it."""

import pytest

from charlm.errors import CheckpointNotFound, InvalidSetting, NoEpochs, NotYours, UnknownCharacter
from charlm.storage.run_names import shared_name
from charlm.text.ngrams import five_gram_loss
from charlm.ui.film import show
from charlm.ui.writing import Waiting

TEXT = "\nthe cat sat on the hat\nthe rat ran to the café\n"  # of the machine's models


def test_it_grows_frame_by_frame(film_machine):
    *growing, last = show(film_machine, "film", "the ", 0.5, 20, seed=3)
    assert [len(film.frames) for film in growing] == [1, 2, 3]
    assert not any(film.finished for film in growing)
    assert last.finished
    assert (last.epochs, last.start_text, last.seed) == ((0, 1, 2), "the ", 3)
    assert [(r.name, r.passed) for r in last.references] == [("uniform", 1), ("frequency", 2), ("five_gram", 1)]


def test_an_old_run_has_its_text_counted(film_machine):
    *_, last = show(film_machine, "film", "", 0.5, 20, seed=3)
    assert last.references[-1].loss == five_gram_loss(TEXT)


def test_what_was_asked_before_comes_without_a_network(film_machine):
    first, again, other = (list(show(film_machine, "film", "the ", 0.5, 20, seed)) for seed in (3, 3, 4))
    assert first == again
    assert other[-1].frames != first[-1].frames
    assert len(film_machine.shelf.loaded) == 6


def test_a_new_epoch_is_asked_alone(film_machine):
    list(show(film_machine, "film", "the ", 0.5, 20, seed=3))
    epochs = film_machine.shelf.folder("film").epochs
    epochs.file(3).write_text("the cat")
    *_, last = show(film_machine, "film", "the ", 0.5, 20, seed=3)
    assert last.epochs == (0, 1, 2, 3)
    assert film_machine.shelf.loaded[3:] == [epochs.file(3)]


def test_an_empty_start_is_the_beginning_of_a_line_for_all_epochs_alike(film_machine):
    *_, last = show(film_machine, "film", "", 0.5, 20, seed=3)
    assert last.start_text
    assert last.start_text in TEXT
    assert {frame.start_text for frame in last.frames} == {last.start_text}


@pytest.mark.parametrize(
    ("asked", "error", "why"),
    [
        ({"model": "alone"}, NoEpochs, "alone has no epochs"),
        ({"model": "nowhere"}, CheckpointNotFound, "no model called 'nowhere'"),
        ({"model": "../nowhere"}, CheckpointNotFound, "no model called"),
        ({"model": None}, CheckpointNotFound, "no model yet"),
        ({"start_text": "THE"}, UnknownCharacter, "never saw T, H, E"),
        ({"length": 61}, InvalidSetting, "60 at most"),
        ({"temperature": -1}, InvalidSetting, "temperature is -1"),
    ],
)
def test_what_cannot_be_is_told_without_loading_anything(film_machine, asked, error, why):
    chosen = {"model": "film", "start_text": "", "temperature": 0.5, "length": 20, "seed": 1} | asked
    with pytest.raises(error, match=why):
        next(show(film_machine, **chosen))
    assert film_machine.shelf.loaded == []


def test_who_was_given_a_model_to_write_with_does_not_see_its_epochs(film_machine, tmp_path):
    own = "film-0123456789abcdef"
    (tmp_path / "film").rename(tmp_path / own)
    assert list(show(film_machine, own, "the ", 0.5, 20, 1))
    with pytest.raises(NotYours, match="not shared"):
        next(show(film_machine, shared_name(own), "the ", 0.5, 20, 1))


def test_it_waits_its_turn(film_machine):
    with film_machine.turns.take():
        assert isinstance(next(show(film_machine, "film", "the ", 0.5, 20, 1)), Waiting)
