"""What the folder of the runs says about them, beside their own folders. Every page and every worker can see it.

    <data>/.queue/<run id>.txt          the text of a run that has not begun
                  <run id>.failed       the reason why a worker gave up, for any language; empty if the disk had no room
                  <run id>.doomed       marks the run for deletion
                  <machine>.wait        was changed a moment ago if a visitor of that machine's page waits for a text:
                                        a worker on the same machine gives way
                  worker.log            what the processes that train have printed
                  served.json           when each address and each visitor was last served

Every change writes, renames or removes one file, so a reader always sees either the old state or the new one.
"""

import json
import os
import platform
import time
from contextlib import suppress
from pathlib import Path

from charlm.errors import CannotWrite, CheckpointDamaged
from charlm.languages import N_, Told
from charlm.languages.kept import read_sentence, write_sentence
from charlm.records import from_json
from charlm.runs.visitors import Asker
from charlm.storage.run_folder import RunFolder, replace_file, writing

LOG = ".queue/worker.log"  # in the folder of the runs: what the processes that train said
WAIT = 0.4  # seconds for which the worker gives way after the page has told it that a visitor waits
SERVED = 1_000  # number of addresses and visitors in served.json
UNTOLD = Told(  # for an empty file .failed
    N_("The disk is full."),
    N_("Expected room for what is learnt."),
    N_("Make room, then continue: what was saved before is unchanged."),
)


class Marks:
    """The files beside the runs of a data folder."""

    def __init__(self, data: Path) -> None:
        """Raises CannotWrite."""
        self.data, self.path = data, data / ".queue"
        with writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
        self._wait = self.path / f"{platform.node() or 'machine'}.wait"
        self._told_wait = -WAIT

    def folder(self, run_id: str) -> RunFolder:
        """The folder of a run."""
        return RunFolder(self.data / run_id)

    def file(self, run_id: str, kind: str) -> Path:
        """The file that says this about a run."""
        return self.path / f"{run_id}.{kind}"

    def keep_text(self, run_id: str, text: str) -> None:
        """Keep the text of a run until it begins. Raises CannotWrite."""
        replace_file(self.file(run_id, "txt"), lambda beside: beside.write_bytes(text.encode()))

    def text(self, run_id: str) -> str | None:
        """The text of a run that has not begun; None of another run. Raises CheckpointDamaged."""
        file = self.file(run_id, "txt")
        try:
            return file.read_bytes().decode() if file.exists() else None
        except (OSError, UnicodeDecodeError) as error:
            raise CheckpointDamaged(
                N_("The text of this run cannot be read ({error})."),
                N_("Expected the text as the visitor brought it."),
                N_("Start a new run with the text."),
                error=error,
            ) from error

    def drop_text(self, run_id: str) -> None:
        """Delete that text: the run has its own copy, or will never begin."""
        self.file(run_id, "txt").unlink(missing_ok=True)

    def fail(self, run_id: str, failure: str) -> None:
        """Note why a worker gave up."""
        why = self.file(run_id, "why")
        with suppress(OSError):
            content = write_sentence(failure)
            why.write_text(content, "utf-8")  # on a full disk the file stays empty, which means UNTOLD
        with suppress(OSError):
            os.replace(why, self.file(run_id, "failed"))

    def failure(self, run_id: str) -> str:
        """The reason why a worker gave up, "" if none did. `say` gives it in the reader's language."""
        try:
            return read_sentence(self.file(run_id, "failed").read_text("utf-8", errors="replace")) or UNTOLD
        except OSError:
            return ""

    def forgive(self, run_id: str) -> None:
        """Forget that reason: a worker tries again."""
        self.file(run_id, "failed").unlink(missing_ok=True)

    def doom(self, run_id: str) -> None:
        """Mark a run for deletion. From now on nobody finds the run, and its worker stops at the next step.

        Raises CannotWrite.
        """
        with writing(file := self.file(run_id, "doomed")):
            file.touch()

    def is_doomed(self, run_id: str) -> bool:
        """Is the run marked for deletion?"""
        return self.file(run_id, "doomed").exists()

    def doomed(self) -> list[str]:
        """The ids of the runs that are marked for deletion."""
        return [file.stem for file in self.path.glob("*.doomed")]

    def tell_wait(self) -> None:
        """Tell a worker on this machine that a visitor waits for a text now. It gives way for a moment."""
        if time.monotonic() - self._told_wait >= WAIT / 2:
            self._told_wait = time.monotonic()
            with suppress(OSError):  # on a full disk the run does not give way, but everything else works
                self._wait.touch()

    def somebody_waits(self) -> bool:
        """Has a visitor of this machine's page waited for a text a moment ago?"""
        try:
            return abs(time.time() - self._wait.stat().st_mtime) < WAIT
        except FileNotFoundError:
            return False

    def served(self) -> dict[str, float]:
        """When each address and each visitor was last served, in seconds since 1970."""
        try:
            return from_json(dict[str, float], (self.path / "served.json").read_bytes(), "served.json")
        except (OSError, ValueError):
            return {}  # nobody was served yet, or the file is damaged: then everybody counts as not served

    def note_served(self, asker: Asker) -> None:
        """Note that a worker has taken a request of this visitor."""
        served = self.served()
        now = max([time.time(), *(then + 0.001 for then in served.values())])  # later than all, if the clock jumps
        latest = sorted((served | {asker.address: now, asker.visitor: now}).items(), key=lambda item: item[1])
        content = json.dumps(dict(latest[-SERVED:]))
        with suppress(CannotWrite):  # on a full disk the turns are less fair, but everything else works
            replace_file(self.path / "served.json", lambda beside: beside.write_text(content, "utf-8"))

    def left(self) -> dict[str, float]:
        """For every run with files here: when the latest of them was changed, in seconds since 1970."""
        changed: dict[str, float] = {}
        for file in self.path.glob("*.*"):
            run_id = file.stem.removeprefix("_")  # with _: half a file, because the app was killed while it wrote
            with suppress(FileNotFoundError):
                changed[run_id] = max(changed.get(run_id, 0.0), file.stat().st_mtime)
        return changed

    def forget(self, run_id: str) -> None:
        """Remove all files of a run from here."""
        for file in [*self.path.glob(f"{run_id}.*"), *self.path.glob(f"_{run_id}.*")]:
            file.unlink(missing_ok=True)
