"""The one door to TensorFlow and Keras. They take seconds to import, so only the rooms that compute come in here."""

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


@contextmanager
def _start_up_chatter_held_back() -> Iterator[None]:
    """Keep TensorFlow's greeting (oneDNN, no GPU drivers) off the screen; show it after all if the import fails.

    Its libraries write it straight to file descriptor 2 before they read TF_CPP_MIN_LOG_LEVEL. That descriptor belongs
    to the whole process, so nothing is held back where other threads run: they may have something to say.
    """
    if threading.active_count() > 1:
        yield
        return
    sys.stderr.flush()
    screen = os.dup(2)
    with tempfile.TemporaryFile() as chatter:
        os.dup2(chatter.fileno(), 2)
        try:
            yield
        except BaseException:
            chatter.seek(0)
            os.write(screen, chatter.read())
            raise
        finally:
            os.dup2(screen, 2)
            os.close(screen)


with _start_up_chatter_held_back():
    import keras
    import tensorflow as tf

# Its warnings (a graph traced anew, a deprecated call) are for its programmers, not for people with a text.
tf.get_logger().setLevel("ERROR")

# A batch is cut into a part for each core (recurrence.py), each of which runs alone: products that share all cores
# between them would only wait for each other.
VISIBLE = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
# A hosted container may see all of its host's cores; CPU_CORES says how many are its own.
CORES = max(1, min(VISIBLE, int(os.environ.get("CPU_CORES") or VISIBLE)))
try:
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(CORES)
except RuntimeError:
    pass  # whoever imported TensorFlow before us has started it; then its own settings hold

__all__ = ["CORES", "keras", "tf"]
