"""The process that trains: python -m charlm.runs.worker DATA RUN_ID. Takes one request from the queue, then ends."""

import os
import signal
import sys
import traceback
from pathlib import Path
from threading import Event as Flag

from filelock import Timeout

from charlm.errors import CharlmError
from charlm.languages import N_, Told
from charlm.runs.courtesy import Courtesy
from charlm.runs.queue import LOG, Queue, Request
from charlm.text.corpus import Corpus

LOCK_PATIENCE = 10.0  # seconds to wait for the lock: the worker of another app may be about to end
NICENESS = 19  # lowest priority: if the page and the worker both need a core, the page gets it


def main(data: str, run_id: str) -> int:
    """Work on one request. Returns the exit status, which is 0 also if there is nothing to do."""
    queue, ended = Queue(Path(data)), Flag()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())  # the app closes: stop at the next step and save everything
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    try:
        with queue.lock.acquire(timeout=LOCK_PATIENCE):
            if ended.is_set():
                return 0  # the app closed while this worker waited for the lock: the request stays in the queue
            try:
                request, text = queue.take(run_id)
            except CharlmError as error:
                queue.done(run_id, failure=error.told)
            else:
                queue.done(run_id, failure=work(queue, run_id, request, text, ended))
    except (Timeout, FileNotFoundError):
        pass  # another worker has it
    return 0


def work(queue: Queue, run_id: str, request: Request, text: str | None, ended: Flag) -> str:
    """Train the run. Returns the reason if that fails, or else ""."""

    courtesy = Courtesy(queue.somebody_waits)

    def stop() -> bool:
        courtesy.rest()
        return ended.is_set() or queue.is_asked_to_stop(run_id)

    out = queue.folder(run_id).path
    try:
        from charlm.runs.recording import begin, resume  # imports TensorFlow, and may fail

        begun = (out / "card.json").exists()  # an earlier worker made the run folder and was killed
        if request.plan is not None and text is not None and not begun:
            events = begin(Corpus(request.corpus_name, text), out, request.plan, stop=stop)
        elif request.epochs is None:
            events = resume(out, stop=stop, max_minutes=request.minutes)
        else:  # patience=None: a visitor who asks for more epochs wants all of them
            events = resume(out, stop=stop, max_minutes=request.minutes, epochs=request.epochs, patience=None)
        for _ in events:
            pass
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
