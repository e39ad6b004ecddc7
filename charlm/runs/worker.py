"""The process that trains: python -m charlm.runs.worker DATA RUN_ID. Takes one request from the queue, then ends.

With the queue on PostgreSQL, `charlm worker` (service.py) has taken the request and starts this process with the number
of the attempt, too. The request comes on the standard input, which stays open: when it closes, the run must stop, or
the service is gone.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from typing import Any

from filelock import Timeout

from charlm.errors import AlreadyFinished, CharlmError, Superseded
from charlm.languages import N_, Told
from charlm.runs.courtesy import Courtesy
from charlm.runs.queue.files import FileQueue
from charlm.runs.queue.marks import LOG, Marks
from charlm.runs.queue.request import Request
from charlm.storage.attempt import Attempt
from charlm.storage.run_folder import RunFolder, writing
from charlm.text.corpus import Corpus

LOCK_PATIENCE = 10.0  # seconds to wait for the lock: the worker of another app may be about to end
NICENESS = 19  # lowest priority: if the page and the worker both need a core, the page gets it
FAILED, SUPERSEDED = 3, 4  # exit statuses: the reason is told beside the run; another worker goes on with it


def main(data: str, run_id: str, attempt: str = "", again: str = "") -> int:
    """Work on one request. Returns the exit status, which is 0 also if there is nothing to do."""
    marks, ended = Marks(Path(data)), Flag()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())  # the app closes: stop at the next step and save everything
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    return _assigned(marks, run_id, int(attempt), bool(again), ended) if attempt else _from_files(marks, run_id, ended)


def _from_files(marks: Marks, run_id: str, ended: Flag) -> int:
    queue = FileQueue(marks)

    def stop() -> bool:
        return ended.is_set() or queue.is_asked_to_stop(run_id)

    try:
        with queue.lock.acquire(timeout=LOCK_PATIENCE):
            if ended.is_set():
                return 0  # the app closed while this worker waited for the lock: the request stays in the queue
            try:
                request, text = queue.take(run_id)
                failure = work(marks, marks.folder(run_id), request, text, stop)
            except CharlmError as error:
                failure = error.told
            queue.done(run_id, failure)
    except (Timeout, FileNotFoundError):
        pass  # another worker has it
    return 0


def _assigned(marks: Marks, run_id: str, number: int, again: bool, ended: Flag) -> int:
    """Work on the request that the service has taken; `again` if another worker has tried before."""
    service = open(0, "rb", buffering=0)  # noqa: SIM115  # a buffer's lock would be held by the thread at the end
    line = service.readline()
    Thread(target=_end_with, args=[service, ended], daemon=True).start()

    def stop() -> bool:
        return ended.is_set() or marks.is_doomed(run_id)

    path = marks.folder(run_id).path
    attempt = Attempt(path, number)
    try:
        request = Request.from_json(line)
        if marks.is_doomed(run_id):
            return 0
        with writing(path):
            attempt.begin()
        marks.forgive(run_id)
        failure = work(marks, RunFolder(path, attempt), request, marks.text(run_id), stop)
    except Superseded:
        return SUPERSEDED
    except AlreadyFinished as error:  # the worker before died when all was done but told
        failure = "" if again else error.told
    except CharlmError as error:
        failure = error.told
    if failure:
        marks.fail(run_id, failure)
        return FAILED
    return 0


def _end_with(service: FileIO, ended: Flag) -> None:
    service.read(1)
    ended.set()


def work(marks: Marks, folder: RunFolder, request: Request, text: str | None, stop: Callable[[], bool]) -> str:
    """Train the run. Returns the reason if that fails, or else "". Raises Superseded and AlreadyFinished."""
    courtesy = Courtesy(marks.somebody_waits)

    def rest_or_stop() -> bool:
        courtesy.rest()
        return stop()

    try:
        from charlm.runs.recording import begin, go_on  # imports TensorFlow, and may fail

        # Without a card, nobody has begun this run, or a worker was killed before it could.
        if request.plan is not None and text is not None and not folder.has_card:
            events = begin(Corpus(request.corpus_name, text), folder, request.plan, stop=rest_or_stop)
        elif request.epochs is None:
            events = go_on(folder, stop=rest_or_stop, max_minutes=request.minutes)
        else:  # patience=None: a visitor who asks for more epochs wants all of them
            more: dict[str, Any] = {"epochs": request.epochs, "patience": None}
            events = go_on(folder, stop=rest_or_stop, max_minutes=request.minutes, **more)
        for _ in events:
            pass
    except (Superseded, AlreadyFinished):
        raise
    except CharlmError as error:
        return error.told
    except ImportError as error:
        return Told(
            N_("TensorFlow does not start ({error})."),
            N_("Expected the packages in requirements.txt."),
            N_("Install them, then continue the run."),
            error=error,
        )
    except Exception:
        traceback.print_exc()  # for the host; the visitor gets the sentence below
        return Told(
            N_("Training stopped because of an unexpected error."),
            N_("Expected a run without one."),
            N_(
                "What the network learnt up to the last save is kept: continue the run, or tell the host, who finds "
                "the error in {log}."
            ),
            log=LOG,
        )
    return ""


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
