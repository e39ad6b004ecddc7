"""A close call is put so that a person can decide it."""

from charlm.text.doubts import Doubt, Reading, doubts_of

BOTH = ["mac-latin2", "mac-roman"]


def test_the_line_is_shown_in_each_encoding_the_chosen_one_first():
    content = "“Don’t go,” she said.\nIt was a déjà vu.\n".encode("mac-roman")
    (doubt,) = doubts_of(content, "letter.txt", BOTH)
    assert doubt.name == "letter.txt"
    assert doubt.readings == (Reading("mac-latin2", "It was a déją vu."), Reading("mac-roman", "It was a déjà vu."))
    assert doubt.sentence == "This is a close call: it could be mac-roman (Western European, old Macs) as well."


def test_of_a_long_line_the_part_is_shown_where_they_differ():
    content = ("It began so. " * 90 + "It was a déjà vu. " + "And it ended so. " * 90).encode("mac-roman")
    (doubt,) = doubts_of(content, "letter.txt", BOTH)
    for reading, word in zip(doubt.readings, ("déją", "déjà"), strict=True):
        assert word in reading.line
        assert len(reading.line) < 90
        assert reading.line.startswith("…")
        assert reading.line.endswith("…")


def test_encodings_that_read_alike_are_named_once_and_four_are_enough():
    content = "año".encode("windows-1252")
    (doubt,) = doubts_of(content, "a", ["windows-1252", "iso-8859-1", "windows-1250", "mac-roman", "cp850", "cp437"])
    assert [r.encoding for r in doubt.readings] == ["windows-1252", "windows-1250", "mac-roman", "cp850"]
    assert [r.line for r in doubt.readings] == ["año", "ańo", "aÒo", "a±o"]
    assert " or " in doubt.sentence


def test_where_nothing_reads_otherwise_there_is_no_doubt():
    assert doubts_of("año".encode("windows-1252"), "a", ["windows-1252", "iso-8859-1"]) == ()
    assert doubts_of("año".encode("windows-1252"), "a", ["windows-1252"]) == ()
    assert doubts_of(b"plain", "a", BOTH) == ()


def test_a_doubt_is_plain_values():
    from dataclasses import asdict

    assert asdict(Doubt("a", (Reading("cp850", "x"),))) == {
        "name": "a",
        "readings": ({"encoding": "cp850", "line": "x"},),
    }
