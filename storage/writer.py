"""The one thread that writes to SQLite.

Callers queue; whoever waits when the thread is free goes into one transaction, each behind a
savepoint of their own, so a hundred changes cost one flush to disk. Knows no use case.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.errors import StoreUnavailable
from storage.sqlite_engine import BUSY_TIMEOUT, driver_of
from storage.troubles import unavailable
from storage.work import Repositories

T = TypeVar("T")
_log = logging.getLogger(__name__)

MOST_IN_GROUP = 100
_BRIEF = 200
"""Milliseconds that emptying the write-ahead log may make others wait."""


class _GroupLost(Exception):
    """SQLite ended the whole transaction by itself, as it does when the disk is full."""


@dataclass(frozen=True, slots=True)
class _Job:
    """One caller's change and where its answer goes."""

    change: Callable[[Repositories], Any]
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Any]


@dataclass(slots=True)
class _Outcome:
    job: _Job
    result: object = None
    failure: BaseException | None = None


class Writer:
    """Runs changes one after another in its own thread; `ring` is called for what they scheduled.

    A caller that is cancelled while it waits in the queue is passed over; once its change has
    begun, the change stands and only the answer is dropped.
    """

    def __init__(self, engine: Engine, ring: Callable[[], None]) -> None:
        self._engine = engine
        self._ring = ring
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._connection: Connection | None = None
        self._closed = False
        self._wiped = False
        self._thread = Thread(target=self._work, name="store-writer", daemon=True)
        self._thread.start()

    async def run(self, change: Callable[[Repositories], T]) -> T:
        """The result of `change`, once it is on disk.

        Raises what `change` raised, or StoreUnavailable if nothing could be written.
        """
        if self._closed:
            raise StoreUnavailable("The database is closed.")
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        self._jobs.put(_Job(change, loop, answer))
        return await answer

    async def close(self) -> None:
        """Write what is queued, then end the thread."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        going_on = True
        while going_on:
            group, going_on = self._next_group()
            outcomes, scheduled = self._write(group)
            self._answer(outcomes, scheduled)
        self._let_go()

    def _next_group(self) -> tuple[list[_Job], bool]:
        """Whoever waits, at least one; False if there will be no more."""
        group: list[_Job] = []
        try:
            job = self._jobs.get()
            while job is not None:
                group.append(job)
                if len(group) == MOST_IN_GROUP:
                    return group, True
                job = self._jobs.get_nowait()
        except Empty:
            return group, True
        return group, False

    def _write(self, group: list[_Job]) -> tuple[list[_Outcome], bool]:
        """Everybody's outcome after one commit, and whether anything was scheduled."""
        outcomes: list[_Outcome] = []
        scheduled = False
        waiting = [job for job in group if not job.answer.cancelled()]
        if not waiting:
            return outcomes, scheduled
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            with self._connection.begin():
                for job in waiting:
                    outcome, rings, wiped = _attempt(self._connection, job)
                    outcomes.append(outcome)
                    scheduled = scheduled or rings
                    self._wiped = self._wiped or wiped
            if self._wiped:
                self._wiped = not _forget_pages(self._connection)
        except Exception as error:
            # Nothing may end this thread: whoever waits, now or later, has to get an answer.
            # Even a refusal may rest on what a neighbour wrote and nobody will ever see.
            self._let_go()
            trouble = _worded(error)
            return [_Outcome(job, failure=trouble) for job in waiting], False
        return outcomes, scheduled

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def _answer(self, outcomes: list[_Outcome], scheduled: bool) -> None:
        by_loop: dict[asyncio.AbstractEventLoop, list[_Outcome]] = {}
        for outcome in outcomes:
            by_loop.setdefault(outcome.job.loop, []).append(outcome)
        for loop, theirs in by_loop.items():
            try:
                loop.call_soon_threadsafe(self._deliver, theirs, scheduled)
            except RuntimeError:
                # The change is on disk; nobody is left to hear of it.
                _log.warning("a loop ended before %d writes were answered", len(theirs))

    def _deliver(self, outcomes: list[_Outcome], scheduled: bool) -> None:
        for outcome in outcomes:
            answer = outcome.job.answer
            if answer.done():
                continue
            if outcome.failure is None:
                answer.set_result(outcome.result)
            else:
                answer.set_exception(outcome.failure)
        if scheduled:
            self._ring()


def _forget_pages(connection: Connection) -> bool:
    """Empty the write-ahead log, which still holds the pages as they were; False: a reader is in
    the way, so it is tried again after the next write.
    """
    driver = driver_of(connection)
    driver.execute(f"PRAGMA busy_timeout = {_BRIEF}").close()
    try:
        row = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return row is None or row[0] == 0
    except sqlite3.OperationalError:
        return False
    finally:
        driver.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}").close()


def _attempt(connection: Connection, job: _Job) -> tuple[_Outcome, bool, bool]:
    work = Repositories(connection)
    driver = driver_of(connection)
    # Past SQLAlchemy, whose savepoints cost as much as three statements.
    driver.execute("SAVEPOINT caller").close()
    try:
        result = job.change(work)
        driver.execute("RELEASE caller").close()
    except BaseException as failure:
        # Whatever it is, it belongs to this caller: the thread has to live on for the others.
        if not driver.in_transaction:
            raise _GroupLost from failure
        driver.execute("ROLLBACK TO caller").close()
        driver.execute("RELEASE caller").close()
        return _Outcome(job, failure=_fit_for_future(failure)), False, False
    return _Outcome(job, result), work.scheduled, work.wiped


def _fit_for_future(failure: BaseException) -> BaseException:
    if isinstance(failure, DBAPIError):
        return unavailable(failure) or failure
    if isinstance(failure, sqlite3.Error):
        return StoreUnavailable("The database cannot be used right now.")
    if isinstance(failure, StopIteration):
        # A future cannot carry it, and its caller would wait for ever.
        changed = RuntimeError("a use case raised StopIteration")
        changed.__cause__ = failure
        return changed
    return failure


def _worded(error: Exception) -> Exception:
    cause = error.__cause__ if isinstance(error, _GroupLost) else error
    found = unavailable(cause) if isinstance(cause, DBAPIError) else None
    _log.error("a group of writes was lost: %s", type(cause).__name__)
    return found or StoreUnavailable("The database cannot be used right now.")
