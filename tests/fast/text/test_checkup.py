"""The facts of a text, by hand."""

import math

import pytest

from charlm.text.checkup import baseline_losses, check_up, label
from charlm.text.corpus import from_text, read_corpus


def test_hola_gives_the_textbooks_pair():
    facts = check_up(from_text("Hola", "hola"), seq_length=3)
    assert (facts.first_inputs, facts.first_targets) == ("Hol", "ola")


def test_letters_are_counted_and_rare_ones_named():
    facts = check_up(from_text("aaaaaaaab\n" * 6 + "z", "letters"))
    assert {a.character: (a.id, a.count) for a in facts.alphabet} == {
        "\n": (0, 6),
        "a": (1, 48),
        "b": (2, 6),
        "z": (3, 1),
    }
    assert [a.character for a in facts.rare] == ["z"]
    assert facts.lines == 7


def test_the_baselines_of_two_equally_common_letters_are_one_bit():
    uniform, frequency = baseline_losses("ab" * 5_000)
    assert uniform == pytest.approx(math.log(2))
    assert frequency == pytest.approx(math.log(2), abs=1e-3)


def test_letter_frequencies_beat_a_blind_guess_on_real_text():
    facts = check_up(read_corpus("lamplighter"))
    assert 2 < facts.frequency_loss < facts.uniform_loss == pytest.approx(math.log(len(facts.alphabet)))


def test_a_letter_only_the_held_out_part_knows_does_not_break_the_sum():
    assert math.isfinite(baseline_losses("a" * 95 + "b" * 5)[1])


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("a", "a"),
        (" ", "␣ space"),
        ("\u200b", "zero width space"),
        ("\u0301", "combining acute accent"),
        ("\x07", "U+0007"),
    ],
)
def test_what_cannot_be_seen_has_a_name(character, shown):
    assert label(character) == shown.lower() if shown.startswith("U+") else label(character) == shown


def test_a_text_of_one_character_costs_nothing_to_guess():
    assert [f"{loss:.3f}" for loss in baseline_losses("a" * 50)] == ["0.000", "0.000"]  # and not -0.000
