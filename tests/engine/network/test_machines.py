"""Several machines, played by processes here, learn what one machine learns: every number to the last digit."""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from charlm.command_line.together import free_addresses
from charlm.errors import InvalidSetting
from charlm.network import machines, rows

ROOT = str(Path(__file__).parents[3])
LEARN = Path(__file__).with_name("learn_together.py")
PARTS = "4"  # of a batch, with random numbers of their own: as on a machine with four cores


def learnt(count, cores):
    """What so many processes print, of which each has so many cores."""
    addresses = free_addresses(count)
    with ExitStack() as stack:
        group = []
        for rank in range(count):
            task = {"type": "worker", "index": rank}
            config = json.dumps({"cluster": {"worker": addresses}, "task": task})
            here = {"PYTHONPATH": ROOT, "CPU_CORES": str(cores), "CHARLM_PARTS": PARTS, "TF_CONFIG": config}
            process = subprocess.Popen(
                [sys.executable, LEARN], env=os.environ | here, stdout=subprocess.PIPE, text=True
            )
            group.append(stack.enter_context(process))
            stack.callback(process.kill)
        said = [process.communicate(timeout=240)[0] for process in group]
        assert [process.returncode for process in group] == [0] * count
    return list(map(json.loads, said[0].splitlines()))


@pytest.fixture(scope="module")
def alone():
    return learnt(1, cores=2)


@pytest.mark.parametrize(("count", "cores"), [(2, 2), (4, 1)])
def test_they_learn_what_one_machine_learns(alone, count, cores):
    """LSTM and GRU, one layer and two, dropout, weight drop, forgotten states, Muon and Adam, a large alphabet."""
    together = learnt(count, cores)
    assert len(together) == len(alone) == 4
    for mine, theirs in zip(together, alone, strict=True):
        assert mine == theirs


@pytest.fixture
def played(monkeypatch):
    """This process as one of several machines; it must send nothing."""

    def play(rank, size, parts, cores):
        monkeypatch.setattr(machines, "_cluster", machines.Cluster(("",) * size, rank))
        monkeypatch.setattr(machines, "_parts", parts)
        monkeypatch.setattr(machines, "_cores", cores)

    return play


@pytest.mark.parametrize(("size", "cores"), [(2, 1), (2, 2), (3, 1), (4, 2), (7, 4)])
def test_each_row_is_computed_once_with_the_random_numbers_it_has_on_one_machine(played, size, cores):
    played(0, 1, parts=2, cores=2)
    alone = {row: part.number for part in rows.cut(64) for row in range(64)[part.rows]}
    computed = {}
    for rank in range(size):
        played(rank, size, parts=2, cores=cores)
        for part in rows.shared(64):
            here = range(64)[part.rows]
            before, after = part.around
            whole = [row for row, number in alone.items() if number == part.number]
            assert whole[before : len(whole) - after] == list(here)
            computed |= dict.fromkeys(here, part.number)
    assert list(computed.items()) == list(alone.items())


def test_more_machines_than_rows_are_refused(played):
    played(1, 5, parts=1, cores=1)
    rows.refuse_too_few(5)
    with pytest.raises(InvalidSetting, match="batch_size is 4, too few rows for 5 machines"):
        rows.refuse_too_few(4)


def test_what_cannot_be_shared_each_computes_alone(played):
    played(2, 4, parts=2, cores=1)
    assert [part.rows for part in rows.shared(3)] == [slice(0, 3)]
