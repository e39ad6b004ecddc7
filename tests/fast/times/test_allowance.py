"""However often it is asked for, only a share of the time is used."""

from charlm.times.allowance import Allowance


def test_what_is_used_comes_back_slowly():
    now = [0.0]
    allowance = Allowance(most=120, share=0.1, clock=lambda: now[0])
    assert allowance.left == 120
    allowance.use(130)
    assert allowance.left == -10
    now[0] += 100
    assert allowance.left == 0
    now[0] += 10_000
    assert allowance.left == 120


def test_who_asks_all_day_gets_a_tenth_of_it():
    now, used = [0.0], 0
    allowance = Allowance(most=120, share=0.1, clock=lambda: now[0])
    while now[0] < 24 * 3600:
        if allowance.left > 0:
            allowance.use(10)
            used += 10
        now[0] += 10
    assert used <= 24 * 3600 * 0.1 + 130
