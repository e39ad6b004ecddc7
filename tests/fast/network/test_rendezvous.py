"""Machines, played by threads, find each other, whoever else knocks at their doors."""

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from charlm.cluster import Cluster
from charlm.command_line.together import free_addresses
from charlm.errors import InvalidSetting, MachineLost
from charlm.network.rendezvous import meet


@pytest.mark.parametrize("count", [2, 5])
def test_all_meet(count):
    addresses = free_addresses(count)
    with ThreadPoolExecutor(count) as pool:
        met = [pool.submit(meet, Cluster(addresses, rank), 30) for rank in range(count)]
        assert [each.result() for each in met] == [None] * count


def test_who_does_not_come_is_named():
    addresses = free_addresses(3)
    with ThreadPoolExecutor(2) as pool:
        for met in [pool.submit(meet, Cluster(addresses, rank), 0.5) for rank in (0, 2)]:
            with pytest.raises(MachineLost, match=rf"within 0.5 seconds: {addresses[1]}\. "):
                met.result()


def test_a_stranger_is_not_taken_for_a_machine():
    addresses = free_addresses(2)
    stranger = socket.create_server(("127.0.0.1", int(addresses[1].split(":")[1])))
    with stranger, ThreadPoolExecutor(1) as pool:
        met = pool.submit(meet, Cluster(addresses, 0), 2)
        for said in (b"", b"charlm 1\n", b"\xff" * 1_000):
            knock(addresses[0], said)
        with pytest.raises(MachineLost, match=addresses[1]):
            met.result()


def knock(address, said):
    """As soon as somebody listens there."""
    host, port = address.split(":")
    while True:
        with suppress(ConnectionRefusedError), socket.create_connection((host, int(port)), 10) as there:
            there.sendall(said)
            return


def test_machines_of_another_run_do_not_mix_in():
    first, second, third = free_addresses(3)
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(meet, Cluster((first, second), 0), 0.5), pool.submit(meet, Cluster((third, first), 0), 0.5)]
        for met in runs:
            with pytest.raises(MachineLost):
                met.result()


@pytest.mark.parametrize("address", ["127.0.0.1:99999", "taken"])
def test_an_address_that_cannot_be_used_is_told(address):
    with socket.create_server(("", 0)) as taken:
        here = f"127.0.0.1:{taken.getsockname()[1]}" if address == "taken" else address
        with pytest.raises(InvalidSetting, match=f"{here}, the address of this machine, cannot be used"):
            meet(Cluster((here, "127.0.0.1:1"), 0), 5)
