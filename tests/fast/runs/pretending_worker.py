"""A worker that learns nothing, quickly, and tells of it as the real one does.

Where $KILLED names a moment, the first worker that comes to it is killed there. As long as a file called hold lies
beside the runs it gets no further.
"""

import os
import signal
import sys
import time
from pathlib import Path

from charlm.errors import AlreadyFinished, CharlmError, Superseded
from charlm.events import EpochFinished, RunFinished, StepFinished
from charlm.runs import worker
from charlm.runs.queue import files
from charlm.storage.run_folder import writing


def work(*about):
    try:
        return pretend(*about)
    except (AlreadyFinished, Superseded):
        raise
    except CharlmError as error:
        return str(error)


def pretend(marks, folder, request, text, stop):
    folder.path.mkdir(exist_ok=True)
    with writing(pid := folder.path / "pid"):
        pid.write_text(str(os.getpid()))
    done = sum(isinstance(e, EpochFinished) for e in folder.events())
    if request.corpus_name == "diverging.txt" and not (folder.path.parent / "cured").exists():
        return "The loss was inf. Expected a number. Lower the learning rate."
    folder.forget_after(done)
    epochs = request.epochs or (request.plan.settings.training.epochs if request.plan else 100)
    if done >= epochs:
        raise AlreadyFinished("This run has finished.", "Expected more epochs.", "Ask for more.")
    reason = "finished"
    for epoch in range(done + 1, epochs + 1):
        time.sleep(0.05)
        while (folder.path.parent / "hold").exists() and not stop():
            time.sleep(0.02)
        folder.append(StepFinished(epoch, epoch, 1.0, 0.5, 1e-3, epoch, 100.0, 1.0))
        if stop():
            reason = "stopped"
            break
        folder.append(EpochFinished(epoch, epoch, 1.0, 0.5, 1.1, 0.5, epoch, True))
    folder.append(RunFinished(epoch, reason, epoch, epoch, 1.1, epoch))
    return ""


def be_killed(*_, **__):
    try:
        Path(sys.argv[1], "killed").touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


def killed_first(function):
    return lambda *arguments, **named: (be_killed(), function(*arguments, **named))[1]


worker.work = work
match os.environ.get("KILLED"):
    case "before it takes the run":
        files.FileQueue.take = killed_first(files.FileQueue.take)
    case "half way in taking it":
        files.os.replace = killed_first(os.replace)
    case "when it has taken it":
        worker.work = killed_first(work)
    case "when all is done and told":
        files.FileQueue.done = killed_first(files.FileQueue.done)
sys.exit(worker.main(*sys.argv[1:]))
