"""A throw of the dice, drawn."""

from charlm.insight.next_characters import NextCharacter
from charlm.ui.drawings.throw import chosen_by_hand, strip, walked

CHOICE = [NextCharacter("<", 0, 0.1, 0.2), NextCharacter("a", 1, 0.5, 0.7995), NextCharacter("b", 2, 0.4, 0.0005)]


def test_the_stretches_lie_likeliest_first_and_the_number_on_one_of_them():
    shown = strip(CHOICE, 0.9, CHOICE[0], 0.7995, 0.9995)
    assert shown.index('style="width:79.95%">a<') < shown.index('class="stretch hit" style="width:20.00%">&lt;<')
    assert "The dice fell on 0.900. The character there is <b>&lt;</b>" in shown
    assert shown.count('class="stretch') == 2  # the third is too thin to be seen


def test_even_the_thinnest_is_shown_where_the_number_fell_on_it():
    assert strip(CHOICE, 0.9999, CHOICE[2], 0.9995, 1.0).count('class="stretch') == 3


def test_a_choice_by_hand_tells_its_chance():
    assert "You chose <b>&lt;</b>; it had a chance of 20.0%" in chosen_by_hand(CHOICE[0])


def test_every_written_character_is_a_way_back(nasty):
    shown = walked("<b>", nasty)
    assert shown.count("data-pick=") == len(nasty)
    assert "<b>" not in shown
    assert "<img" not in shown
