"""Which encodings fit: told from the lines that can tell, wherever they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charlm.text.built_in import read_built_in
from charlm.text.detection import Fit, Ranking, find_wide, holds_control, rank, telling_lines

SPANISH = read_built_in("molino").decode()
PLAIN = b"It was the fifth of the month, and nothing had happened yet.\n"


@pytest.mark.parametrize("encoding", ["windows-1252", "mac-roman", "cp850"])
def test_a_story_says_its_encoding(encoding):
    content = SPANISH.encode(encoding, "ignore")
    ranking = rank(content)
    best = ranking.fits[0]
    assert best.encoding == encoding
    assert ranking.close_to(best) == []


@pytest.mark.parametrize("before", [PLAIN, PLAIN.replace(b"\n", b" ")])
def test_one_line_far_into_a_plain_text_decides(before):
    """Longer than any sample, with line ends and without."""
    content = before * 20_000 + "Le garçon dînait à l’hôtel.\n".encode("mac-roman")
    assert rank(content).fits[0].encoding == "mac-roman"


def test_a_line_that_comes_again_and_again_is_no_better_proof():
    line = "“It’s a déjà vu.”\n".encode("windows-1252")
    assert rank(line * 100) == rank(line)


def test_no_beginning_is_a_file_type():
    assert rank("BMÉ, un texte à lire, déjà prêt".encode("windows-1252")).fits[0].encoding == "windows-1252"


def test_with_little_to_tell_by_a_small_lead_is_luck():
    best, other, last = Fit("windows-1252", 0.5), Fit("mac-roman", 0.49), Fit("cp850", 0.2)
    assert Ranking((best, other, last), evidence=3).close_to(best) == ["mac-roman"]
    assert Ranking((best, other, last), evidence=3).close_to(other) == []
    assert Ranking((best, other, last), evidence=300).close_to(best) == []
    assert Ranking((Fit("cp850", 0.0), Fit("cp437", 0.0)), evidence=9).close_to(Fit("cp850", 0.0)) == ["cp437"]


def test_telling_lines_are_from_all_over_and_not_many():
    content = b"".join(b"%d caf\xe9\n" % number for number in range(50_000))
    lines = telling_lines(content)
    assert lines[0].startswith(b"0 ")
    assert lines[-1].startswith(b"499")
    assert sum(map(len, lines)) < 140_000


@given(st.text("año ñandú, 山のふもと。", min_size=1).map(lambda text: text.encode("gb18030")))
def test_no_character_is_cut(content):
    for line in telling_lines(content * 200):
        line.decode("gb18030")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(
    "text",
    ["Hello there.\n", "Зимой в деревне тихо.", "かれはひとりでいた。", "春天来了，村子里的老人坐在门口。", SPANISH],
)
def test_two_or_four_bytes_a_character_are_seen(text, encoding):
    assert find_wide(text.encode(encoding)) == encoding


@pytest.mark.parametrize(
    "content",
    [
        b"abc\0def\0" * 300,
        PLAIN * 9 + bytes(30),
        SPANISH.encode("windows-1252") + bytes(60),
        bytes(5_000),
        bytes(range(256)) * 9,
    ],
)
def test_other_bytes_with_zeros_are_not(content):
    assert find_wide(content) is None


def test_a_few_control_characters_are_no_binary_data():
    assert not holds_control(PLAIN + b"\0")
    assert not holds_control(b"\x1b[1mbold\x1b[0m\tand\r\nplain\f" * 99)
    assert holds_control(PLAIN + bytes(9))
