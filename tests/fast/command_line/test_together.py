"""How many machines train together: what is understood, what is refused, and processes that play them."""

import json
from types import SimpleNamespace

import pytest

from charlm.command_line import together
from charlm.command_line.cli import main
from charlm.command_line.together import free_addresses, start

TWO = {"cluster": {"worker": ["first:2222", "second:2222"]}, "task": {"type": "worker", "index": 0}}


@pytest.mark.parametrize(
    ("config", "wanted", "told"),
    [
        ("", "0", "--machines is 0. Expected a whole number from 1 to 64"),
        ("", "65", "--machines is 65."),
        (json.dumps(TWO), "3", "--machines is 3. Expected a whole number from 2 to 2"),
        ("{", "2", "TF_CONFIG cannot be read"),
    ],
)
def test_another_number_of_machines_is_refused(config, wanted, told, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TF_CONFIG", config)
    assert main(["train", "lamplighter", "--out", str(tmp_path / "run"), "--machines", wanted]) == 1
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["nothing.txt"], ["--resume"]])
def test_what_cannot_be_learnt_starts_no_process(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("charlm.command_line.together.start", None)
    assert main(["train", *arguments, "--out", "run", "--machines", "2"]) == 1
    assert "There is no" in capsys.readouterr().err


def test_the_addresses_are_of_this_computer_and_all_different():
    addresses = free_addresses(8)
    assert len(set(addresses)) == 8
    assert all(address.startswith("127.0.0.1:") for address in addresses)


def test_only_the_first_process_has_the_screen(capfd):
    assert start(2, ["show", "lamplighter"]) == 0
    assert capfd.readouterr().out.count("lamplighter") == 1
    assert start(3, ["show", "nowhere"]) == 1
    assert capfd.readouterr().err.count("There is no") == 1


def test_a_process_that_is_frozen_is_not_waited_for_when_another_has_failed(monkeypatch):
    monkeypatch.setattr(together, "GRACE", 0.0)
    frozen, failed = SimpleNamespace(poll=lambda: None), SimpleNamespace(poll=lambda: 1)
    together._wait([frozen, failed])
    together._wait([failed, frozen])
