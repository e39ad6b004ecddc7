"""What several stories share."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from benchmarks.database import BINARIES, Server
from charlm.text.corpus import Corpus, from_text

# The same examples every time, however long they take: what fails here fails for everybody.
settings.register_profile("charlm", deadline=None, derandomize=True)
# Other examples every time; --hypothesis-seed=N repeats them. Hypothesis would draw the same ones where CI is set.
settings.register_profile("thorough", max_examples=10_000, deadline=None, derandomize=False, print_blob=True)
settings.load_profile("charlm")


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory):
    """What is measured while the tests run, when the machine is busy, is not kept for the user."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True, scope="session")
def english():
    """The stories match English sentences, whatever the language of who runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LC_ALL", "C.UTF-8")
        yield


@pytest.fixture(scope="session")
def rhyme() -> Corpus:
    """A text that a small network learns in seconds: a thousand characters, twelve of them different."""
    return from_text("the cat sat on the hat and that was that\n" * 25, "rhyme")


@pytest.fixture(scope="session")
def server():
    """A real PostgreSQL."""
    if not BINARIES:
        assert "NOTHING_SKIPPED" not in os.environ, "PostgreSQL is missing: install Debian's package postgresql"
        pytest.skip("PostgreSQL is not installed: Debian's package postgresql has it")
    place = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path must be short
    place.chmod(0o755)
    server = Server(place / "server")
    yield server
    server.stop()
    shutil.rmtree(place)


@pytest.fixture
def database(server):
    """The address of a prepared database."""
    from charlm.runs.queue.jobs import prepare

    address = server.new_database()
    assert prepare(address)
    return address
