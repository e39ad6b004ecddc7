"""How many cores of the processor charlm may use."""

import os

VISIBLE = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
# A container may see all cores of its host. The variable CPU_CORES says how many of them it may use.
CORES = max(1, min(VISIBLE, int(os.environ.get("CPU_CORES") or VISIBLE)))
# Into how many parts a batch is cut, each with random numbers of its own. The same number of parts is the same run: set
# CHARLM_PARTS where a run shall be repeated to the last digit on a machine with another number of cores.
PARTS = max(1, int(os.environ.get("CHARLM_PARTS") or CORES))
