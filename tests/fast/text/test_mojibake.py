"""What was read in the wrong encoding looks so."""

import pytest

from charlm.text.mojibake import nonsense, plausibility

# Lines as they were written, and the encodings that they were saved and read in.
MISREAD = [
    ("Don’t ask, Tib", "mac-roman", "windows-1252"),  # DonÕt
    ("par la fenêtre", "mac-roman", "cp850"),  # fenÉtre
    ("‘hlsearch’ Suche", "mac-roman", "iso-8859-5"),  # дhlsearchе
    ("Wściekły pies", "iso-8859-2", "windows-1252"),  # W¶ciek³y
    ("EINFÜGEN", "cp850", "windows-1252"),  # EINFšGEN
    ("Vim – Vi Improved", "mac-roman", "iso-8859-5"),  # Vim а Vi
    ("трещит лёд", "windows-1251", "mac-cyrillic"),  # лЄд
    ("café’s", "windows-1252", "iso-8859-1"),  # a control character
]


@pytest.mark.parametrize(("line", "saved", "read"), MISREAD)
def test_it_looks_less_plausible_than_what_was_written(line, saved, read):
    assert plausibility(line.encode(saved).decode(read)) < plausibility(line)


@pytest.mark.parametrize(
    "line",
    [
        "plain",
        "l’été à Évreux…",
        "col·legi",
        "«¿Qué?» — ¡Ningún año!",
        "„Über“, sagte er",
        "iPhone und McDonald",
        "ПРИВЕТ, мир",
        "春天「来」了",
    ],
)
def test_what_is_written_as_it_should_be_looks_so(line):
    assert plausibility(line) >= 1


def test_a_text_whose_only_strangers_are_marks_in_their_place_is_the_likeliest():
    assert plausibility("“Don’t,” she said — “it’s five.”") == 3
    assert plausibility("ďDonít,Ē she said ó ďitís five.Ē") < 1


def test_nonsense_is_what_no_text_holds():
    assert nonsense("tab\tline\nand \x1b[1m") == 0
    assert nonsense("\0\x07\ue000\ufffd\u0378") == 5
