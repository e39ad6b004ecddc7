"""How many cores of the processor charlm may use."""

import os

VISIBLE = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
# A container may see all cores of its host. The variable CPU_CORES says how many of them it may use.
CORES = max(1, min(VISIBLE, int(os.environ.get("CPU_CORES") or VISIBLE)))
