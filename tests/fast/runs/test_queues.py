"""What every queue does, on disk and on PostgreSQL alike."""

from contextlib import suppress
from dataclasses import replace

import pytest

from charlm.errors import CannotResume
from charlm.presets import Plan
from charlm.runs.queue.files import FileQueue
from charlm.runs.queue.marks import Marks
from charlm.runs.queue.request import Request
from charlm.runs.visitors import Asker
from charlm.settings import RunSettings

A, B, C, D = (f"{name}-0123456789abcdef" for name in "abcd")
ANA, BEN = Asker("ana", "school"), Asker("ben", "school")
NEW = Request(1.0, "a.txt", Plan(RunSettings(), ("seq_length was lowered.",)), asker=ANA)


class Files:
    """The queue on disk, and what its worker does."""

    def __init__(self, data):
        self.marks = Marks(data)
        self.queue = FileQueue(self.marks)

    def another_page(self):
        return FileQueue(self.marks)

    def take(self):
        """Take the next run, as a worker does, and hold it."""
        run_id = self.queue.waiting()[0]
        self._lock = self.queue.lock.acquire(timeout=10)
        self.taken = self.queue.take(run_id)[0]
        return run_id

    def finish(self, run_id):
        self.queue.done(run_id)
        self._lock.lock.release()

    def fail(self, run_id):
        self.queue.done(run_id, "It did not go.")
        self._lock.lock.release()

    def must_stop(self, run_id):
        return self.queue.is_asked_to_stop(run_id)


class Postgres:
    """The queue on PostgreSQL, and what Procrastinate's worker does."""

    def __init__(self, data, address):
        from charlm.runs.queue.postgres import PostgresQueue

        self.marks, self._address = Marks(data), address
        self.queue = PostgresQueue(self.marks, address)
        self._pages = [self.queue]

    def another_page(self):
        self._pages.append(type(self.queue)(self.marks, self._address))
        return self._pages[-1]

    def _sql(self, query, *values):
        import psycopg

        with psycopg.connect(self._address) as connection:
            return connection.execute(query, values).fetchone()

    def take(self):
        from charlm.runs.queue.jobs import Order

        (worker,) = self._sql("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        self.job, run_id, arguments = self._sql(
            "SELECT id, lock, args FROM procrastinate_fetch_job_v2(ARRAY['charlm'], %s)", worker
        )
        self.taken = Order.from_arguments(**arguments).request
        self.marks.note_served(self.taken.asker)
        self._seen()
        return run_id

    def finish(self, run_id):
        self._sql("SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)", self.job)
        self.marks.drop_text(run_id)
        self._seen()

    def fail(self, run_id):
        self._sql("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", self.job)
        self.marks.fail(run_id, "It did not go.")
        self._seen()

    def must_stop(self, run_id):
        (asked,) = self._sql("SELECT abort_requested FROM procrastinate_jobs WHERE id = %s", self.job)
        return asked or self.marks.is_doomed(run_id)

    def _seen(self):
        for page in self._pages:
            page.look_again()

    def close(self):
        for page in self._pages:
            page.close()


@pytest.fixture(params=["files", "PostgreSQL"])
def place(request, tmp_path):
    if request.param == "files":
        yield Files(tmp_path)
        return
    place = Postgres(tmp_path, request.getfixturevalue("database"))
    yield place
    place.close()


def test_a_request_waits_is_taken_and_is_gone_when_it_is_done(place):
    place.queue.put(A, NEW, "a text")
    assert place.queue.waiting() == [A]
    assert place.marks.text(A) == "a text"
    assert place.queue.lowered(A) == ("seq_length was lowered.",)
    assert not place.queue.is_working(A)
    assert place.take() == A
    assert place.taken == NEW
    assert place.queue.waiting() == []
    assert place.queue.is_working(A)
    assert place.queue.was_begun(A)
    assert place.queue.askers() == [ANA]
    place.finish(A)
    assert not place.queue.is_working(A)
    assert not place.queue.was_begun(A)
    assert place.queue.askers() == []
    assert place.marks.text(A) is None


def test_visitors_take_turns(place):
    """One visitor's third run does not stand before another's first."""
    for run_id, asker in [(A, ANA), (B, ANA), (C, ANA), (D, BEN)]:
        place.queue.put(run_id, replace(NEW, asker=asker))
    assert place.queue.waiting() == [A, D, B, C]
    assert place.take() == A
    assert place.queue.waiting() == [D, B, C]
    place.finish(A)
    assert place.take() == D


def test_nor_after_one_was_served(place):
    place.queue.put(A, replace(NEW, asker=ANA))
    assert place.take() == A
    place.queue.put(B, replace(NEW, asker=ANA))
    place.queue.put(C, replace(NEW, asker=BEN))
    assert place.queue.waiting() == [C, B]


def test_a_request_that_is_cancelled_was_never_there(place):
    place.queue.put(A, NEW, "a text")
    place.queue.put(B, NEW, "another")
    assert place.queue.cancel(A)
    assert place.queue.waiting() == [B]
    assert place.marks.text(A) is None
    assert not place.queue.cancel(A)
    assert place.take() == B
    assert not place.queue.cancel(B)
    assert place.marks.text(B) == "another"


def test_a_run_is_asked_to_stop(place):
    place.queue.put(A, NEW)
    place.take()
    assert not place.must_stop(A)
    place.queue.ask_to_stop(A)
    assert place.must_stop(A)


def test_what_failed_can_be_put_back_with_what_was_asked_for(place):
    place.queue.put(A, NEW, "a text")
    assert not place.queue.put_back(A)
    place.take()
    place.fail(A)
    assert place.queue.was_begun(A)
    assert not place.queue.is_working(A)
    assert place.marks.failure(A) == "It did not go."
    assert place.marks.text(A) == "a text"
    assert place.queue.put_back(A)
    assert place.queue.waiting() == [A]
    assert place.take() == A
    assert place.taken == NEW


def test_a_new_request_takes_the_place_of_one_that_failed(place):
    place.queue.put(A, NEW, "a text")
    place.take()
    place.fail(A)
    more = replace(NEW, plan=None, epochs=7, submitted=9.0)
    place.queue.put(A, more)
    assert place.take() == A
    assert place.taken == more
    place.finish(A)
    assert not place.queue.put_back(A)


def test_several_pages_see_the_same(place):
    other = place.another_page()
    place.queue.put(A, NEW, "a text")
    other.look_again()
    assert other.waiting() == [A]
    assert other.askers() == [ANA]
    place.take()
    assert other.is_working(A)
    other.ask_to_stop(A)
    assert place.must_stop(A)


def test_a_run_waits_once_whoever_asks_for_it(place):
    place.queue.put(A, NEW, "a text")
    with suppress(CannotResume):  # PostgreSQL refuses it; on disk the same file is written again
        place.another_page().put(A, NEW)
    place.queue.look_again()
    assert place.queue.waiting() == [A]


def test_of_a_run_that_is_deleted_nothing_is_left(place):
    place.queue.put(A, NEW, "a text")
    place.take()
    place.fail(A)
    place.queue.forget(A)
    place.marks.forget(A)
    assert not place.queue.was_begun(A)
    assert not place.queue.put_back(A)
    assert place.marks.failure(A) == ""
    assert place.marks.text(A) is None
