"""The built-in text that is fetched: it comes, it is checked, it stays; and without a network one is told so."""

import functools
import hashlib
import http.server
import threading

import pytest

from charlm.errors import DownloadFailed
from charlm.text import corpus

PLAY = b"First Citizen:\nBefore we proceed any further, hear me speak.\n"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def server(tmp_path, monkeypatch):
    """A library on this machine that has the play."""
    (tmp_path / "cache").mkdir()
    monkeypatch.setattr("keras.src.backend.config._KERAS_DIR", str(tmp_path / "cache"))
    (tmp_path / "input.txt").write_bytes(PLAY)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=tmp_path)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setattr(corpus, "SHAKESPEARE", f"http://127.0.0.1:{server.server_port}/input.txt")
        monkeypatch.setattr(corpus, "SHAKESPEARE_SHA256", hashlib.sha256(PLAY).hexdigest())
        yield server
        server.shutdown()
        thread.join()


def test_it_is_fetched_once_and_then_at_hand(server, capsys):
    assert corpus.read_corpus("shakespeare").text == PLAY.decode()
    server.shutdown()
    assert corpus.read_corpus("shakespeare").text == PLAY.decode()
    assert capsys.readouterr().out == ""


def test_another_text_under_that_address_is_refused(server, monkeypatch):
    monkeypatch.setattr(corpus, "SHAKESPEARE_SHA256", "0" * 64)
    with pytest.raises(DownloadFailed, match="could not be fetched"):
        corpus.read_corpus("shakespeare")


def test_without_a_network_the_other_texts_are_offered(server, monkeypatch):
    monkeypatch.setattr(corpus, "SHAKESPEARE", "http://127.0.0.1:9/input.txt")
    with pytest.raises(DownloadFailed, match="lamplighter, molino"):
        corpus.read_corpus("shakespeare")
