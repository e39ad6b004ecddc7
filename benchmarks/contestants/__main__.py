"""A contestant in its own process: python -m benchmarks.contestants NAME SIZES

NAME is a function in this folder, such as steps.keras_step, and SIZES are its arguments as JSON. The function loads its
libraries, builds what it needs and returns its work. This process then prints a line, and for each line of input it
does the work once and prints the seconds and the answer as JSON.
"""

import importlib
import json
import os
import sys
import time


def main() -> None:
    """Take turns until the input ends."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what a library prints is not an answer
    module, function = sys.argv[1].split(".")
    work = getattr(importlib.import_module(f"benchmarks.contestants.{module}"), function)(**json.loads(sys.argv[2]))
    print(json.dumps("ready"), file=answers)
    for _ in sys.stdin:
        begun = time.perf_counter()
        answer = work()
        print(json.dumps([time.perf_counter() - begun, answer]), file=answers)


if __name__ == "__main__":
    main()
