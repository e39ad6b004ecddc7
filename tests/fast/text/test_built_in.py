"""The built-in text that is fetched: it comes, it is checked, it stays; where it cannot come one is told why."""

import hashlib
import http.server
import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from charlm.errors import DownloadFailed
from charlm.text.built_in import BUILT_IN, Remote, fetch, read_built_in
from charlm.text.corpus import read_corpus

PLAY = b"First Citizen:\nBefore we proceed any further, hear me speak.\n" * 900


class Library(http.server.ThreadingHTTPServer):
    """The web, on this machine: it has the play, and does as it is told."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Librarian)
        self.asked = 0
        self.both_asked = threading.Barrier(1)
        self.over = threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def has(self, name="play"):
        address = f"http://127.0.0.1:{self.server_port}/{name}"
        return Remote("play", address, hashlib.sha256(PLAY).hexdigest())


class Librarian(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked += 1
        self.server.both_asked.wait(60)
        if self.path == "/nothing":
            return self.send_error(404)
        if self.path == "/silent":
            return self.server.over.wait(60)
        self.send_response(200)
        self.send_header("Content-Length", str(len(PLAY)))
        self.end_headers()
        if self.path == "/stalled":
            self.wfile.write(PLAY[:1000])
            self.server.over.wait(60)
        else:
            self.wfile.write(PLAY[:1000] if self.path == "/broken" else PLAY)

    def log_message(self, *_):
        pass


@pytest.fixture
def library():
    with Library() as library:
        yield library
        library.over.set()
        library.shutdown()


def test_it_is_fetched_once_and_then_at_hand(library, tmp_path, capfd):
    assert fetch(library.has(), tmp_path) == fetch(library.has(), tmp_path) == PLAY
    assert library.asked == 1
    assert [p.name for p in tmp_path.iterdir()] == ["play.txt"]
    assert capfd.readouterr() == ("", "")


def test_a_damaged_copy_is_fetched_again(library, tmp_path):
    (tmp_path / "play.txt").write_bytes(PLAY[:-1])
    assert fetch(library.has(), tmp_path) == (tmp_path / "play.txt").read_bytes() == PLAY


def test_another_text_under_that_address_is_not_believed(library, tmp_path):
    with pytest.raises(DownloadFailed, match="not that text"):
        fetch(replace(library.has(), sha256="0" * 64), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("nothing", "the answer was 404"),
        ("silent", "nothing came for 0.2 seconds"),
        ("stalled", "broke off"),
        ("broken", "broke off"),
    ],
)
def test_a_library_that_fails_is_told_of_and_leaves_nothing(library, tmp_path, name, why):
    with pytest.raises(DownloadFailed, match=why):
        fetch(library.has(name), tmp_path, timeout=0.2)
    assert list(tmp_path.iterdir()) == []


def test_without_a_network_the_other_texts_are_offered(library, tmp_path):
    library.shutdown()
    library.server_close()
    with pytest.raises(DownloadFailed, match=r"no connection.* lamplighter, molino"):
        fetch(library.has(), tmp_path)


def test_a_folder_that_cannot_be_written_is_named(library, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(DownloadFailed, match="file could not be written"):
        fetch(library.has(), tmp_path / "file")


def test_two_processes_at_once_do_not_disturb_each_other(library, tmp_path):
    """Each waits for the other to have asked before anything comes, so that both write at the same time."""
    library.both_asked = threading.Barrier(2)
    program = "import sys; from pathlib import Path; from charlm.text.built_in import Remote, fetch\n"
    program += f"sys.stdout.buffer.write(fetch({library.has()!r}, Path({str(tmp_path)!r})))"
    both = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) for _ in range(2)]
    assert [process.communicate(timeout=60)[0] for process in both] == [PLAY, PLAY]
    assert [p.name for p in tmp_path.iterdir()] == ["play.txt"]


def test_the_door_to_it_is_the_name(tmp_path, monkeypatch):
    """The web is where this machine's settings say that nobody is; the text is kept where they say."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(DownloadFailed, match="'shakespeare' could not be fetched: there is no connection"):
        read_corpus("shakespeare")
    assert (tmp_path / "charlm").is_dir()


@pytest.mark.parametrize("name", [n for n in BUILT_IN if n != "shakespeare"])
def test_the_others_come_with_the_package(name):
    assert len(read_built_in(name)) >= 30_000
    assert read_corpus(name).changes == ()


def test_a_folder_of_that_name_hides_none_and_a_file_does(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lamplighter").mkdir()
    assert len(read_corpus("lamplighter").text) > 30_000
    (tmp_path / "molino").write_text("My own mill.\n")
    assert read_corpus("molino").text == "My own mill.\n"
