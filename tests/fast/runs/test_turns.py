"""Turns: whoever asks for much does not make the others wait."""

from hypothesis import given
from hypothesis import strategies as st

from charlm.runs.turns import Waiting, in_turn
from charlm.runs.visitors import NOBODY, Asker

SCHOOL, ATTACKER, HOME = "school", "attacker", "home"


def asked(name, address, visitor, at):
    return Waiting(name, Asker(visitor, address), at)


def served_one_after_the_other(requests, arriving=()):
    """The order in which runs are taken by one worker, each arrival being there after so many were taken."""
    waiting, served, order, arrivals = list(requests), {}, [], dict(arriving)
    while waiting:
        first, *_ = in_turn(waiting, served)
        waiting.remove(first)
        order.append(first.run_id)
        served |= {first.asker.address: len(order), first.asker.visitor: len(order)}
        waiting += arrivals.pop(len(order), [])
    return order


def test_those_who_are_not_known_come_first_come_first_served():
    requests = [Waiting(name, NOBODY, at) for name, at in (("b", 2.0), ("a", 1.0), ("c", 3.0))]
    assert [r.run_id for r in in_turn(requests, {})] == ["a", "b", "c"]


def test_thirty_requests_of_one_are_one_turn():
    flood = [asked(f"flood {n}", ATTACKER, "a", float(n)) for n in range(30)]
    pupils = [asked(f"pupil {n}", SCHOOL, f"pupil {n}", 100.0 + n) for n in range(3)]
    order = served_one_after_the_other(flood + pupils)
    assert order[:6] == ["flood 0", "pupil 0", "flood 1", "pupil 1", "flood 2", "pupil 2"]


def test_nor_do_thirty_tokens_from_one_address_help():
    flood = [asked(f"flood {n}", ATTACKER, f"token {n}", float(n)) for n in range(30)]
    order = served_one_after_the_other([*flood, asked("mine", HOME, "me", 100.0)])
    assert order.index("mine") == 1


def test_within_a_class_everybody_has_a_first_run_before_anybody_has_a_second():
    eager = [asked(f"eager {n}", SCHOOL, "eager", float(n)) for n in range(3)]
    others = [asked(f"other {n}", SCHOOL, f"other {n}", 10.0 + n) for n in range(4)]
    order = served_one_after_the_other(eager + others)
    assert order == ["eager 0", "other 0", "other 1", "other 2", "other 3", "eager 1", "eager 2"]


def test_who_comes_late_is_not_overtaken_for_ever_by_two_who_came_early():
    early = [asked(f"{who} {n}", who, who, float(n)) for n in range(20) for who in ("a", "b")]
    order = served_one_after_the_other(early, arriving={4: [asked("late", "c", "c", 50.0)]})
    assert order.index("late") == 4


ASKERS = st.builds(Asker, st.sampled_from("uvw"), st.sampled_from("xyz"))
WAITING = st.lists(
    st.builds(Waiting, st.uuids().map(str), ASKERS, st.floats(0, 99)), max_size=20, unique_by=lambda r: r.run_id
)


@given(WAITING, st.dictionaries(st.sampled_from("uvwxyz"), st.floats(0, 99)))
def test_everybody_is_served_once_and_the_place_that_is_told_is_kept(requests, served):
    order = in_turn(requests, served)
    assert sorted(order, key=id) == sorted(requests, key=id)
    if order:  # what is told of the second holds when the first was taken
        first, *rest = order
        now = max([*served.values(), 0.0]) + 1
        assert in_turn(rest, served | {first.asker.address: now, first.asker.visitor: now}) == rest
