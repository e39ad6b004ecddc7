"""What a page asks of a queue. There are two: on disk (files.py) and on PostgreSQL (postgres.py).

Both pass the same tests. Requests wait here; what else is known about a run stands in its own folder and in the marks
beside the runs (marks.py), which every page and every worker can see.
"""

from typing import Protocol

from charlm.runs.queue.request import Request
from charlm.runs.visitors import Asker


class Queue(Protocol):
    """Requests that wait or are under way, one for each run."""

    def put(self, run_id: str, request: Request, text: str | None = None) -> None:
        """Add a request, with the text of a new run. It comes after what the same visitor asked for before.

        Raises CannotWrite, QueueUnavailable, and CannotResume if the run waits already.
        """

    def put_back(self, run_id: str) -> bool:
        """Let a request wait again whose worker died or gave up. Returns whether there is such a request."""

    def cancel(self, run_id: str) -> bool:
        """Remove a request that no worker has taken yet. Returns whether there was one."""

    def ask_to_stop(self, run_id: str) -> None:
        """Ask the worker to stop at its next step. Raises CannotWrite and QueueUnavailable."""

    def waiting(self) -> list[str]:
        """The ids of the runs that wait, the next one first: visitors take turns (turns.py)."""

    def askers(self) -> list[Asker]:
        """Who asked for the runs that wait or are under way: one asker for each run."""

    def lowered(self, run_id: str) -> tuple[str, ...]:
        """One sentence for each setting that was lowered in a new run; empty once the run has ended."""

    def is_working(self, run_id: str) -> bool:
        """Is a living worker training this run?"""

    def was_begun(self, run_id: str) -> bool:
        """Has a worker taken the request without completing it?"""

    def forget(self, run_id: str) -> None:
        """Remove all that is left here of a run that is deleted."""

    def look_again(self) -> bool:
        """Forget what was read a moment ago. Returns whether anything was, so that asking again may help."""

    @property
    def trains_here(self) -> bool:
        """Is a run being trained on this machine, or about to be?"""

    def close(self) -> None:
        """Let go of what the queue holds open. Requests stay."""
