"""Reads from Linux's /proc how much memory a process takes."""

import re
from pathlib import Path


def most_memory(process: int) -> int:
    """Bytes of the process with that id at its highest, so far; 0 where it has just ended.

    The highest of `getrusage` would not do: a child begins with that of its parent.
    """
    try:
        return 1024 * int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process}/status").read_text())[1])
    except (OSError, TypeError):
        return 0
