"""Uploads have a folder of their own, which is emptied after its hour and goes with its page."""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from starlette.requests import ClientDisconnect

from charlm.errors import CannotWrite
from charlm.ui.uploads import PREFIX, UploadGate, Uploads


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder for temporary files."""
    monkeypatch.setenv("GRADIO_TEMP_DIR", "")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_what_has_lain_for_an_hour_goes_and_what_is_new_stays(place):
    uploads = Uploads()
    old, new, empty = (uploads.folder / name for name in ("0a/old.txt", "1b/new.txt", "2c"))
    for file in (old, new):
        file.parent.mkdir()
        file.write_text("a text")
    empty.mkdir()
    half_sent = uploads.folder / "tmp123"
    half_sent.write_text("half a te")
    for gone in (old, old.parent, empty, half_sent):
        os.utime(gone, (time.time() - 3_700,) * 2)
    uploads.tidy()
    assert [str(p.relative_to(uploads.folder)) for p in sorted(uploads.folder.rglob("*.txt"))] == ["1b/new.txt"]
    assert not half_sent.exists()
    assert not empty.exists()
    uploads.close()
    assert list(place.iterdir()) == []


def test_what_a_page_left_that_was_killed_goes_when_the_next_one_starts(place):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left, other = place / f"{PREFIX}{dead.pid}-abc", place / f"{PREFIX}{os.getpid()}-abc"
    for folder in (left, other):
        folder.mkdir()
        (folder / "text.txt").write_text("a text")
    uploads = Uploads()
    assert not left.exists()
    assert other.exists()  # of a page that lives
    uploads.close()


class Full:
    def refuse_full_disk(self):
        raise CannotWrite("The room for runs on this machine is full.", "", "")


class Roomy:
    def refuse_full_disk(self):
        pass


def answered(runs, path, method="POST"):
    """The status of an answer, with an app behind that always says 200."""
    sent = []

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def keep(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path}
    asyncio.run(UploadGate(app, runs)(scope, None, keep))
    return sent[0]["status"]


def test_an_upload_that_finds_no_room_is_refused_and_everything_else_goes_on():
    assert answered(Full(), "/gradio_api/upload") == 507
    assert answered(Roomy(), "/gradio_api/upload") == 200
    assert answered(Full(), "/gradio_api/queue/join") == 200
    assert answered(Full(), "/gradio_api/upload", "GET") == 200


def test_an_upload_that_breaks_off_is_a_line_in_the_log(capsys):
    async def broken_off(scope, receive, send):
        raise ClientDisconnect

    scope = {"type": "http", "method": "POST", "path": "/gradio_api/upload"}
    asyncio.run(UploadGate(broken_off, Roomy())(scope, None, None))
    assert capsys.readouterr().err == "An upload broke off before its end.\n"


def test_what_it_names_for_gradio_is_its_own_folder(place):
    uploads = Uploads()
    assert Path(os.environ["GRADIO_TEMP_DIR"]) == uploads.folder
    assert uploads.folder.stat().st_mode & 0o077 == 0  # for nobody else to read
    uploads.close()
