"""How anything is shown on a terminal."""

from charlm.command_line.terminal import clock, visible


def test_what_steers_a_terminal_is_shown():
    assert visible("\x1b]52;c;\x07\x9b2Jñ\t\n\x7f") == "␛]52;c;␇�2Jñ\t\n�"


def test_times_are_read_as_on_a_clock():
    assert [clock(seconds) for seconds in (0.4, 65, 7200)] == ["0:00", "1:05", "2:00:00"]
