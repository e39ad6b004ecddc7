"""Tokens and keys: this host knows its own, and nobody makes one."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charlm.errors import NotYours
from charlm.runs.visitors import Keys

RUN, OTHER = "rhyme-0123456789abcdef", "rhyme-fedcba9876543210"


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return Keys(tmp_path_factory.mktemp("data"))


def test_the_owner_is_let_in_and_nobody_else(keys):
    key = keys.owner_key(RUN)
    keys.check_owner(RUN, key)
    for wrong in ("", None, 3, RUN, key[:-1], key + "a", "ñ", keys.owner_key(OTHER), keys.new_visitor()):
        with pytest.raises(NotYours, match="belongs to another visitor"):
            keys.check_owner(RUN, wrong)


def test_an_app_that_is_started_anew_or_beside_knows_the_same_keys(keys, tmp_path):
    first = Keys(tmp_path)
    assert Keys(tmp_path).is_owner(RUN, first.owner_key(RUN))
    assert Keys(tmp_path).is_visitor(first.new_visitor())
    assert not keys.is_owner(RUN, first.owner_key(RUN))  # another host does not
    assert (tmp_path / ".secret").stat().st_mode & 0o077 == 0


def test_many_that_start_at_once_agree(tmp_path):
    with ThreadPoolExecutor(8) as apps:
        made = set(apps.map(lambda _: Keys(tmp_path).owner_key(RUN), range(8)))
    assert len(made) == 1
    assert [p.name for p in tmp_path.iterdir()] == [".secret"]


def test_a_disk_without_hard_links_does_as_well(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    first = Keys(tmp_path)
    assert Keys(tmp_path).is_owner(RUN, first.owner_key(RUN))
    assert [p.name for p in tmp_path.iterdir()] == [".secret"]


@given(st.text(max_size=60))
def test_nobody_makes_a_token_or_a_key(keys, text):
    assert not keys.is_visitor(text)
    assert not keys.is_owner(RUN, text)


def test_a_visitor_is_the_same_from_everywhere_and_an_address_the_same_for_all(keys):
    token = keys.new_visitor()
    home, school = keys.asker(token, "192.0.2.1"), keys.asker(token, "198.51.100.7")
    assert home.visitor == school.visitor
    assert home.address != school.address
    assert keys.asker(keys.new_visitor(), "192.0.2.1").address == home.address


def test_all_without_a_token_of_ours_are_one_visitor_of_their_address(keys):
    askers = {keys.asker(token, "192.0.2.1").visitor for token in ("", None, "forged.token", 3)}
    assert len(askers) == 1
    assert askers != {keys.asker("", "192.0.2.2").visitor}


def test_in_ipv6_the_customers_network_counts_and_not_the_address(keys):
    one, same, other = (keys.asker("", a).address for a in ("2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1"))
    assert one == same
    assert one != other
    assert keys.asker("", "::ffff:192.0.2.1").address == keys.asker("", "192.0.2.1").address


def test_what_the_queue_keeps_tells_neither_token_nor_address(keys):
    token = keys.new_visitor()
    kept = repr(keys.asker(token, "192.0.2.1"))
    assert "192.0.2" not in kept
    assert token not in kept
