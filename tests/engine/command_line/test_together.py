"""One run on several machines, played by processes of this computer: what is common, and what happens when one ends."""

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from charlm.command_line.together import free_addresses
from charlm.events import EpochFinished, RunFinished, StepFinished, of_kind
from charlm.storage.run_folder import RunFolder

NUMBERS = shlex.split(
    "--rnn-units 12 --embedding-dim 8 --seq-length 8 --batch-size 16 --dropout 0.2 --patience 5000 --schedule constant"
)
SECONDS = 120  # after which a test gives up


def command(*arguments):
    return [sys.executable, "-m", "charlm", "train", *map(str, arguments)]


def begun(*arguments, **environment):
    """A command that goes on beside the test. It hears Ctrl-C, also where the tests run in the background."""
    return subprocess.Popen(
        command(*arguments), env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip


def ended(process):
    """Its exit status, what it printed, and what it printed as errors."""
    out, err = process.communicate(timeout=SECONDS)
    assert "Traceback" not in err
    return process.returncode, out, err


def wait_until(true):
    waited = time.monotonic()
    while not true():
        assert time.monotonic() - waited < SECONDS
        time.sleep(0.05)


def steps_of(folder):
    return of_kind(StepFinished, RunFolder(folder).events()) if (Path(folder) / "card.json").exists() else []


def curve_of(folder):
    return [(e.step, pytest.approx(e.loss, rel=1e-3)) for e in of_kind(EpochFinished, RunFolder(folder).events())]


def losses_of(folder):
    return [(e.step, e.loss) for e in of_kind(EpochFinished, RunFolder(folder).events())]


def machines_of(process):
    """The ids of the processes that play machines, the first one first."""
    return list(map(int, Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()))


@pytest.fixture(scope="module")
def whole(run, tmp_path_factory):
    """Four epochs on one machine."""
    folder = tmp_path_factory.mktemp("together") / "whole"
    assert ended(begun(run / "rhyme.txt", "--out", folder, "--epochs", 4, *NUMBERS))[0] == 0
    return folder


def test_two_processes_learn_what_one_learns_and_one_goes_on(run, whole, tmp_path):
    folder = tmp_path / "run"
    status, out, err = ended(begun(run / "rhyme.txt", "--out", folder, "--epochs", 2, "--machines", 2, *NUMBERS))
    assert (status, err) == (0, "")
    assert out.count("Finished after") == 1
    assert "This run has 2 machines" in out
    assert losses_of(folder) == curve_of(whole)[:2]
    assert ended(begun("--out", folder, "--resume", "--epochs", 3))[0] == 0
    assert ended(begun("--out", folder, "--resume", "--epochs", 4, "--machines", 2))[0] == 0
    assert losses_of(folder) == curve_of(whole)


@pytest.mark.skipif(not Path("/proc").exists(), reason="no /proc here, where the machines' processes are found")
@pytest.mark.parametrize("rank", [0, 1])
def test_whoever_is_killed_ends_the_others_and_the_run_goes_on(run, whole, tmp_path, rank):
    folder = tmp_path / "run"
    learning = begun(run / "rhyme.txt", "--out", folder, "--epochs", 4000, "--machines", 2, *NUMBERS)
    wait_until(lambda: len(steps_of(folder)) > 2)
    os.kill(machines_of(learning)[rank], signal.SIGKILL)
    status, _, err = ended(learning)
    assert status == 1
    assert "Another machine of this run has ended" in err
    done = losses_of(folder)[-1][0] if losses_of(folder) else 0
    epochs = max(5, done // losses_of(whole)[0][0] + 2)
    assert ended(begun("--out", folder, "--resume", "--epochs", epochs, "--machines", 2))[0] == 0
    assert of_kind(RunFinished, RunFolder(folder).events())[-1].epoch == epochs


@pytest.mark.skipif(not Path("/proc").exists(), reason="no /proc here, where the machines' processes are found")
def test_whoever_is_asked_to_stop_stops_all_and_the_run_is_saved(run, tmp_path):
    folder = tmp_path / "run"
    learning = begun(run / "rhyme.txt", "--out", folder, "--epochs", 4000, "--machines", 2, *NUMBERS)
    wait_until(lambda: len(steps_of(folder)) > 2)
    os.kill(machines_of(learning)[1], signal.SIGTERM)
    status, out, _ = ended(learning)
    assert status == 0
    assert "Stopped after" in out
    last = RunFolder(folder).events()[-1]
    assert (type(last), last.reason) == (RunFinished, "stopped")


def test_a_machine_that_never_comes_is_not_waited_for_for_ever(run, tmp_path):
    addresses = free_addresses(2)
    config = {"cluster": {"worker": addresses}, "task": {"type": "worker", "index": 0}}
    waiting = begun(run / "rhyme.txt", "--out", tmp_path / "run", TF_CONFIG=json.dumps(config), CHARLM_JOIN_SECONDS="3")
    status, _, err = ended(waiting)
    assert status == 1
    assert re.search(f"have not come within 3 seconds: {addresses[1]}. .*CHARLM_JOIN_SECONDS", err)
    assert not (tmp_path / "run").exists()


def test_ctrl_c_ends_the_wait_too(run, tmp_path):
    first, other = free_addresses(2)
    config = {"cluster": {"worker": [first, other]}, "task": {"type": "worker", "index": 0}}
    waiting = begun(run / "rhyme.txt", "--out", tmp_path / "run", TF_CONFIG=json.dumps(config))
    host, port = first.split(":")
    wait_until(lambda: socket.socket().connect_ex((host, int(port))) == 0)
    waiting.send_signal(signal.SIGINT)
    assert ended(waiting)[0] == 130
