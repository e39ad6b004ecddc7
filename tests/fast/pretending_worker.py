"""A worker that learns nothing, quickly, and tells of it as the real one does."""

import os
import sys
import time

from charlm import worker
from charlm.events import EpochFinished, RunFinished, StepFinished


def work(queue, run_id, request, text, ended):
    folder = queue.folder(run_id)
    folder.path.mkdir(exist_ok=True)
    (folder.path / "pid").write_text(str(os.getpid()))
    done = sum(isinstance(e, EpochFinished) for e in folder.events())
    if request.corpus_name == "diverging.txt":
        return "The loss was inf. Expected a number. Lower the learning rate."
    epochs = request.epochs or (request.settings.training.epochs if request.settings else 100)
    reason = "finished"
    for epoch in range(done + 1, epochs + 1):
        time.sleep(0.05)
        folder.append(StepFinished(epoch, epoch, 1.0, 0.5, 1e-3, epoch, 100.0, 1.0))
        if ended.is_set() or queue.is_asked_to_stop(run_id):
            reason = "stopped"
            break
        folder.append(EpochFinished(epoch, epoch, 1.0, 0.5, 1.1, 0.5, epoch, True))
    folder.append(RunFinished(epoch, reason, epoch, epoch, 1.1, epoch))
    return ""


worker.work = work
sys.exit(worker.main(*sys.argv[1:]))
