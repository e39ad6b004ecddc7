"""The names of visitors' runs: whoever knows the name of a run can watch it, so nobody can guess one."""

import hashlib
import re
import secrets
from pathlib import Path

VISITORS = re.compile(r"[\w-]{1,80}-[0-9a-f]{16}")  # a visitor's run
SHARED = re.compile(r"[\w-]{1,80}~[0-9a-f]{16}")  # the same run for others, who may only write with its model


def new_name(text: str) -> str:
    """A name that begins with the name of the text and ends with a random part."""
    plain = re.sub(r"[^a-z0-9]+", "-", Path(text).stem.lower()).strip("-")[:30] or "run"
    return f"{plain}-{secrets.token_hex(8)}"


def shared_name(name: str) -> str:
    """The name under which others may write with a visitor's model: nobody can compute the run's own name from it."""
    if not VISITORS.fullmatch(name):
        return name
    return f"{name.rsplit('-', 1)[0]}~{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def visitors_runs(data: Path) -> list[Path]:
    """The folders of visitors' runs in a data folder."""
    return [path for path in data.iterdir() if VISITORS.fullmatch(path.name) and path.is_dir()]
