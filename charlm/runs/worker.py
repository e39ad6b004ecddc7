"""The process that trains: python -m charlm.runs.worker DATA RUN_ID. Takes one request from the queue, then ends."""

import os
import signal
import sys
import traceback
from pathlib import Path
from threading import Event as Flag

from filelock import Timeout

from charlm.errors import CharlmError
from charlm.runs.queue import Queue, Request
from charlm.text.corpus import Corpus

LOCK_PATIENCE = 10.0  # seconds: another app's worker may be just about to end
NICENESS = 10  # the page goes first when both want a core


def main(data: str, run_id: str) -> int:
    """Work on one request; returns the exit status, 0 also where there is nothing to do."""
    queue, ended = Queue(Path(data)), Flag()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())  # the app closes: stop at the next step, keep everything
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    try:
        with queue.lock.acquire(timeout=LOCK_PATIENCE):
            if ended.is_set():
                return 0  # the app closed while another's worker was waited for: the request waits on
            try:
                request, text = queue.take(run_id)
            except CharlmError as error:
                queue.done(run_id, failure=str(error))
            else:
                queue.done(run_id, failure=work(queue, run_id, request, text, ended))
    except (Timeout, FileNotFoundError):
        pass  # another worker has it
    return 0


def work(queue: Queue, run_id: str, request: Request, text: str | None, ended: Flag) -> str:
    """Train; returns why it could not, or nothing."""

    def stop() -> bool:
        return ended.is_set() or queue.is_asked_to_stop(run_id)

    out = queue.folder(run_id).path
    try:
        from charlm.runs.recording import begin, resume  # TensorFlow comes up here

        begun = (out / "card.json").exists()  # a worker was killed after it had set the run up
        if request.plan is not None and text is not None and not begun:
            events = begin(Corpus(request.corpus_name, text), out, request.plan, stop=stop)
        elif request.epochs is None:
            events = resume(out, stop=stop, max_minutes=request.minutes)
        else:  # whoever asks for more epochs wants them all
            events = resume(out, stop=stop, max_minutes=request.minutes, epochs=request.epochs, patience=None)
        for _ in events:
            pass
    except CharlmError as error:
        return str(error)
    except ImportError as error:
        return (
            f"TensorFlow does not come up ({error}). Expected what requirements.txt asks for. Install it, then go on."
        )
    except Exception:
        traceback.print_exc()  # for whoever runs the app; the person at the page is told in words
        return "Training broke off for a reason nobody foresaw. What was learnt up to the last epoch is kept."
    return ""


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
