"""The one door to TensorFlow and Keras. They take seconds to import, so only modules that compute import this one."""

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from charlm.cores import CORES

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


@contextmanager
def _start_up_chatter_held_back() -> Iterator[None]:
    """Keep TensorFlow's start-up messages (oneDNN, no GPU drivers) off the screen, unless the import fails.

    TensorFlow's libraries write them straight to file descriptor 2, before they read TF_CPP_MIN_LOG_LEVEL. The whole
    process shares this descriptor. So nothing is held back while other threads run: their messages must be seen.
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

# TensorFlow's warnings (a graph traced again, a deprecated call) are for programmers, not for charlm's users.
tf.get_logger().setLevel("ERROR")

# recurrence.py cuts a batch into one part for each core. So each operation gets one thread: operations that share all
# cores would only wait for each other.
try:
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(CORES)
except RuntimeError:
    pass  # TensorFlow was started before charlm was imported: its thread settings can no longer change

__all__ = ["CORES", "keras", "tf"]
