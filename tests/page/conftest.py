"""The page as a person opens it, on a folder with one model that writes and nothing else."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

import charlm
from charlm.settings import ModelSettings, RunSettings, TrainingSettings

ROOT = Path(__file__).parents[2]
SMALL = RunSettings(
    ModelSettings(rnn_units=24, embedding_dim=8), TrainingSettings(epochs=12, seq_length=16, batch_size=4)
)


@pytest.fixture(scope="session")
def served(rhyme, tmp_path_factory):
    """The address of the page."""
    data = tmp_path_factory.mktemp("data")
    list(charlm.train(rhyme, data / "rhyme", SMALL))
    (data / "rhyme" / "corpus.txt").unlink()  # as a model that comes with charlm
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    app = subprocess.Popen(
        [sys.executable, ROOT / "app.py", f"--port={port}"], env={**os.environ, "CHARLM_DATA": str(data)}
    )
    while app.poll() is None:
        try:
            urllib.request.urlopen(address).close()  # our own page
            break
        except OSError:
            time.sleep(0.1)
    assert app.poll() is None, "the app did not start"
    yield address
    app.terminate()
    app.wait()
