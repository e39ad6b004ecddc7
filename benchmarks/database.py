"""A PostgreSQL server for tests and benchmarks: as an ordinary user, on a unix socket, with Debian's programs."""

import os
import pwd
import subprocess
from itertools import count
from pathlib import Path
from typing import Any

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


class Server:
    """A server whose files lie in one new folder, with a short path: a socket's path must be short."""

    def __init__(self, place: Path, *, durable: bool = False) -> None:
        """With `durable` it waits for the disk, as a real one does."""
        self._fsync = "on" if durable else "off"
        self._place, self._data, self._names = place, place / "data", count()
        place.mkdir()
        self._user: dict[str, Any] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            user = pwd.getpwnam("postgres")
            os.chown(place, user.pw_uid, user.pw_gid)
            self._user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self._run("initdb", "--auth=trust", "--username=charlm", "--no-sync", "--encoding=UTF8", "--locale=C")
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-c listen_addresses='' -c unix_socket_directories='{self._place}' -c fsync={self._fsync}"
        self._run("pg_ctl", "start", "--wait", f"--options={options}", f"--log={self._place / 'log'}")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it, at once: connections are cut, as if the machine had failed."""
        self._run("pg_ctl", "stop", f"--mode={mode}")

    def new_database(self) -> str:
        """The address of a new, empty database."""
        name = f"test{next(self._names)}"
        subprocess.run(
            [_binary("createdb"), f"--host={self._place}", "--username=charlm", name], check=True, **self._user
        )
        return f"postgresql://charlm@/{name}?host={self._place}"

    def seconds(self) -> float:
        """The processor time of all its processes so far, in seconds."""
        main = int((self._data / "postmaster.pid").read_text().split()[0])
        living = [main, *map(int, Path(f"/proc/{main}/task/{main}/children").read_text().split())]
        return sum(map(_seconds, living)) + _seconds(main, ended=True)

    def _run(self, program: str, *arguments: str) -> None:
        command = [_binary(program), f"--pgdata={self._data}", *arguments]
        # Not captured: the server would keep the pipe open.
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self._place, **self._user)


def _binary(name: str) -> Path:
    return BINARIES[-1] / name


def _seconds(process: int, *, ended: bool = False) -> float:
    """The processor time of a process or, with `ended`, of those it has started that have ended."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return sum(map(int, fields[13:15] if ended else fields[11:13])) / os.sysconf("SC_CLK_TCK")
