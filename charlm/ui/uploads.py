"""Uploaded files: a folder of this process's own, which counts as room of the runs and is emptied after an hour.

Gradio writes what is sent into this folder, half of it too when a connection breaks off. The folder goes when the page
stops; what a page left behind that was killed goes when the next one starts.
"""

import os
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from charlm.errors import CannotWrite
from charlm.runs.background import Runs

PREFIX = "charlm-uploads-"
KEPT = 3600.0  # seconds that an upload is kept
TIDY_EVERY = 300.0  # seconds


class Uploads:
    """The folder of what is uploaded to this process. Gradio finds it in the environment."""

    def __init__(self) -> None:
        clear_left_behind()
        self.folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        os.environ["GRADIO_TEMP_DIR"] = str(self.folder)
        self._closing = Event()
        Thread(target=self._tidy_again_and_again, name="tidying uploads", daemon=True).start()

    def tidy(self, older_than: float = KEPT) -> None:
        """Delete the files that have lain here for so many seconds, and the folders that are empty then."""
        now = time.time()
        for place, _, names in os.walk(self.folder, topdown=False):
            for name in names:
                with suppress(OSError):
                    file = Path(place, name)
                    if now - file.stat().st_mtime >= older_than:
                        file.unlink()
            if Path(place) != self.folder:
                with suppress(OSError):  # it is not empty, or just being filled
                    if now - os.stat(place).st_mtime >= older_than:
                        os.rmdir(place)

    def close(self) -> None:
        """Delete everything."""
        self._closing.set()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _tidy_again_and_again(self) -> None:
        while not self._closing.wait(TIDY_EVERY):
            self.tidy()


class UploadGate:
    """Refuses an upload before it is read if the room of the runs is full, and logs in one line if one breaks off."""

    def __init__(self, app: ASGIApp, runs: Runs) -> None:
        self._app, self._runs = app, runs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but an upload that finds no room."""
        if scope["type"] != "http" or scope["method"] != "POST" or not scope["path"].endswith("/upload"):
            await self._app(scope, receive, send)
            return
        try:
            self._runs.refuse_full_disk()
            await self._app(scope, receive, send)
        except CannotWrite as error:
            await PlainTextResponse(str(error), 507)(scope, receive, send)
        except ClientDisconnect:  # Gradio would print the whole way to where it waited for the rest
            print("An upload broke off before its end.", file=sys.stderr)


def clear_left_behind() -> None:
    """Delete the folders of processes that are gone."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        process = folder.name.removeprefix(PREFIX).split("-")[0]
        if process.isdecimal() and not _lives(int(process)):
            shutil.rmtree(folder, ignore_errors=True)  # another user's cannot be deleted, and stays


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True
