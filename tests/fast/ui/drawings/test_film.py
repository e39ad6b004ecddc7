"""A film, drawn: every frame is there, one is visible, and words say what is seen."""

import re
from dataclasses import replace

from charlm.events import EpochFinished
from charlm.insight.film import Film
from charlm.insight.next_characters import NextCharacter
from charlm.insight.references import Reference
from charlm.insight.replay import Frame
from charlm.ui.drawings import film as drawings

SCORES = tuple(
    EpochFinished(10 * n, n, 2.0, 0.5, val_loss, 0.5, 1.0, best=True) for n, val_loss in ((1.0, 2.6), (2.0, 1.2))
)
LIKELY = (NextCharacter("n", 1, 0.75, 0.9), NextCharacter("\n", 0, 0.25, 0.1))
FILM = Film(
    "the ", 0.7, 20, 1, epochs=(0.0, 1.0, 2.0), planned=4, scored=SCORES, steps=(),
    references=(Reference("uniform", 3.0, 1.0), Reference("frequency", 2.5, 2.0), Reference("five_gram", 1.1, None)),
    frames=tuple(
        Frame(epoch, loss, "the ", text, LIKELY) for epoch, loss, text in ((0.0, None, "xqz"), (1.0, 2.6, "ten"))
    ),
)  # fmt: skip


def test_one_frame_is_visible_and_all_are_there():
    shown = drawings.frames(FILM, "mine")
    assert re.findall(r'data-frame="(\d)".*?data-told="(.*?)"( hidden)?>', shown) == [
        ("0", "Before learning.", ""),
        ("1", "After epoch 1: val_loss 2.600. That is better than guessing blindly (3.00).", " hidden"),
    ]
    assert "xqz" in shown
    assert "75.0%" in shown
    assert 'data-whole="false"' in shown


def test_another_question_is_another_film_and_a_longer_one_is_the_same():
    def key(film, of="mine"):
        return re.search(r'data-film="(\w+)"', drawings.frames(film, of)).group(1)

    assert key(FILM) == key(replace(FILM, frames=FILM.frames[:1], finished=True))
    assert len({key(FILM), key(FILM, "other"), key(replace(FILM, seed=2)), key(replace(FILM, start_text="a"))}) == 4


def test_every_frame_has_its_cursor_on_the_curve():
    shown = drawings.curve(FILM)
    cursors = re.findall(r'<g class="cursor" data-frame="(\d)"( hidden)?>(.*?)</g>', shown)
    assert [(number, hidden, "circle" in drawn) for number, hidden, drawn in cursors] == [
        ("0", "", False), ("1", " hidden", True)  # before learning nothing was scored
    ]  # fmt: skip
    for name in ("guessing blindly 3.00", "letter frequency 2.50", "a 5-gram model 1.10"):
        assert name in shown


def test_words_say_what_it_passed_and_what_is_kept():
    told = drawings.kept(FILM)
    assert "It has not passed a 5-gram model (1.10): its best val_loss is 1.20." in told
    assert "It passed guessing by letter frequency (2.50) in epoch 2." in told
    assert "3 networks of this run are kept, those after epoch 0, 1, 2" in told
    assert "No epoch has been scored yet." in drawings.kept(replace(FILM, scored=()))


def test_the_table_says_it_all():
    shown = drawings.as_table(FILM)
    assert "<td>0</td><td>–</td><td>–</td><td>n 75%, ⏎ line end 25%</td><td>the xqz</td>" in shown


def test_what_stands_word_for_word_in_the_text_is_told():
    film = replace(FILM, frames=tuple(replace(frame, copied=0.491) for frame in FILM.frames))
    assert "(3.00). 49% of what it writes stands word for word in its text." in drawings.frames(film, "mine")
    assert "<td>2.600</td><td>49%</td>" in drawings.as_table(film)


def test_a_text_is_no_markup(nasty):
    frame = replace(FILM.frames[0], text=nasty, start_text=nasty)
    for drawn in (drawings.frames, lambda film, _: drawings.as_table(film)):
        assert "<img" not in drawn(replace(FILM, frames=(frame,)), "mine")
