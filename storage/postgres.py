"""A store in PostgreSQL, for any number of processes.

A use case that writes runs SERIALIZABLE: it behaves as if it were alone, exactly as on SQLite, so
what the simulation proves there holds here. Whoever loses a race is run again, and from then until
nobody waits for that any more, calls of the same use case queue up in this process: a crowd at one
button is served one by one instead of undoing each other. Use cases marked `each_statement_alone`
(claiming and recording deliveries) run READ COMMITTED, because processes that claim side by side
would otherwise undo each other. When many of the same come at once, those who wait go into one
transaction together, one after another, as all writers do on SQLite; if anything undoes it, each is
run by itself. Readers see one snapshot.

When the connection is lost before COMMIT was sent, the server has undone everything and the use
case is run again, a few times. After COMMIT was sent nobody knows what became of it: the caller
hears StoreUnavailable and the use case is not run again.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, Double, bindparam, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import StoreUnavailable
from bot.services.ports import Work
from bot.services.ports.isolation import is_each_statement_alone
from bot.tasks import TaskOwner
from storage.crowd import Call, Change, Crowd
from storage.postgres_link import Link
from storage.store import Bell
from storage.troubles import lost_a_race, may_have_lost_a_race, unavailable
from storage.work import Repositories

P = ParamSpec("P")
T = TypeVar("T")

CHANNEL = "introducer_scheduled"
"""NOTIFY goes out on this channel with each commit that scheduled deliveries."""

_NOTIFY = select(func.pg_notify(CHANNEL, ""))
# By the server's clock, which is the same for all. `name` is the row everybody waits for.
_TURNS = text(
    """
    INSERT INTO rate_limits AS held (name, next_at)
    VALUES (:name, clock_timestamp() + make_interval(secs => :taken))
    ON CONFLICT (name) DO UPDATE SET next_at = make_interval(secs => :taken)
        + greatest(held.next_at, clock_timestamp() - make_interval(secs => :slack))
    RETURNING cast(extract(epoch FROM held.next_at - clock_timestamp()) AS double precision)
        - cast(:taken AS double precision)
    """
).bindparams(bindparam("taken", type_=Double()), bindparam("slack", type_=Double()))
_CONNECTIONS = 10
_CONNECT_SECONDS = 5
_STATEMENT_SECONDS = 30
_MOST_RACES = 30
_MOST_TAKEN = 3
_MOST_LOST = 3


def connect(url: URL, *, statement_seconds: int | None = _STATEMENT_SECONDS) -> AsyncEngine:
    """An engine on the database; nothing is connected yet."""
    return create_async_engine(
        url,
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_timeout=_STATEMENT_SECONDS,
        hide_parameters=True,
        connect_args={
            "timeout": _CONNECT_SECONDS,
            "command_timeout": statement_seconds,
            # Compiling plans pays for itself in reports, not in statements of a millisecond.
            "server_settings": {"application_name": "introducer", "jit": "off"},
        },
    )


class PostgresStore:
    """An `OpenStore` on an engine whose schema is up to date."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._alone = engine.execution_options(isolation_level="SERIALIZABLE")
        self._beside = engine.execution_options(isolation_level="READ COMMITTED")
        self._snapshot = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self._bell = Bell()
        self._slots = asyncio.Semaphore(_CONNECTIONS)
        self._queues: dict[str, _Queue] = {}
        self._crowds: dict[str, Crowd] = {}
        self._tasks = TaskOwner("store")
        self._link = Link(engine.url, CHANNEL, self._bell.ring)
        self._closed = False

    async def write(
        self, use_case: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run in a transaction that may write, again if another one got in its way."""

        def change(connection: Connection) -> tuple[T, bool]:
            work = Repositories(connection)
            return use_case(work, *args, **kwargs), work.scheduled

        name = getattr(use_case, "__qualname__", type(use_case).__qualname__)
        if is_each_statement_alone(use_case):
            result, scheduled = await self._beside_others(name, change)
        else:
            result, scheduled = await self._by_itself(name, self._alone, change)
        if scheduled:
            self._bell.ring()
        return result

    async def read(
        self, use_case: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run in a snapshot that cannot be written to."""
        attempts = _Attempts()

        def look(connection: Connection) -> tuple[T, bool]:
            return use_case(Repositories(connection), *args, **kwargs), False

        while True:
            async with self._slots:
                answer = await self._once(self._snapshot, look, attempts)
            if answer is not None:
                return answer[0]
            await attempts.breathe()

    def on_scheduled(self, callback: Callable[[], None]) -> None:
        """Call `callback` after each commit, of any process, that scheduled deliveries."""
        self._bell.add(callback)
        self._link.start()

    async def leads(self) -> bool:
        """Whether this process does the upkeep for all of them."""
        return await self._link.leads()

    async def turns(self, limit: str, count: int, gap: float, slack: float) -> float | None:
        """Seconds until the first of `count` turns that nobody else has."""
        if self._closed:
            raise StoreUnavailable("The database is closed.")
        given = {"name": limit, "taken": count * gap, "slack": slack}
        try:
            async with self._slots, self._beside.begin() as connection:
                left: float = (await connection.execute(_TURNS, given)).scalar_one()
        except DBAPIError as error:
            trouble = unavailable(error)
            if trouble is None:
                raise
            raise trouble from error
        except (OSError, PoolTimeout, TimeoutError) as error:
            raise StoreUnavailable("The database cannot be reached.") from error
        return left

    async def close(self) -> None:
        """Let go of every connection."""
        await self._link.close()
        await self._tasks.close(grace=_STATEMENT_SECONDS)
        self._closed = True
        await self._engine.dispose()

    async def _beside_others(self, name: str, change: Change[T]) -> tuple[T, bool]:
        crowd = self._crowds.get(name)
        if crowd is None:
            crowd = Crowd(self._tasks, name, partial(self._carry, name))
            self._crowds[name] = crowd
        try:
            return await crowd.run(change, partial(self._by_itself, name, self._beside))
        finally:
            if crowd.gone:
                self._crowds.pop(name, None)

    async def _carry(self, name: str, calls: Sequence[Call]) -> None:
        """Several calls in one transaction; one by one if anything undid it."""
        if len(calls) > 1 and await self._as_one(calls):
            return
        for call in calls:
            try:
                call.tell(await self._by_itself(name, self._beside, call.change))
            except Exception as failure:
                call.tell(failure)

    async def _as_one(self, calls: Sequence[Call]) -> bool:
        """Whether every call was answered; if not, nothing of it was written."""

        def change(connection: Connection) -> list[tuple[Any, bool]]:
            return [call.change(connection) for call in calls]

        committing = False
        try:
            async with self._slots, self._beside.connect() as connection:
                answers = await connection.run_sync(change)
                if any(scheduled for _result, scheduled in answers):
                    await connection.execute(_NOTIFY)
                committing = True
                await connection.commit()
        except Exception as failure:
            told = unavailable(failure) if isinstance(failure, DBAPIError) else None
            if not committing or (isinstance(failure, DBAPIError) and told is None):
                return False
            for call in calls:
                call.tell(told or StoreUnavailable("The database cannot be reached."))
            return True
        for call, answer in zip(calls, answers, strict=True):
            call.tell(answer)
        return True

    async def _by_itself(self, name: str, engine: AsyncEngine, change: Change[T]) -> tuple[T, bool]:
        attempts = _Attempts()
        answer = None
        async with self._slots:
            if name not in self._queues:
                answer = await self._once(engine, change, attempts)
        return answer or await self._in_turn(name, engine, change, attempts)

    async def _in_turn(
        self,
        name: str,
        engine: AsyncEngine,
        run: Change[T],
        attempts: _Attempts,
    ) -> tuple[T, bool]:
        queue = self._queues.setdefault(name, _Queue())
        queue.length += 1
        try:
            async with queue.lock:
                while True:
                    async with self._slots:
                        answer = await self._once(engine, run, attempts)
                    if answer is not None:
                        return answer
                    await attempts.breathe()
        finally:
            queue.length -= 1
            if queue.length == 0:
                del self._queues[name]

    async def _once(
        self,
        engine: AsyncEngine,
        run: Change[T],
        attempts: _Attempts,
    ) -> tuple[T, bool] | None:
        """The result after a commit; None if it was undone and may be run again."""
        if self._closed:
            raise StoreUnavailable("The database is closed.")
        committing = False
        try:
            async with engine.connect() as connection:
                answer = await connection.run_sync(run)
                if answer[1]:
                    await connection.execute(_NOTIFY)
                committing = True
                await connection.commit()
                return answer
        except DBAPIError as error:
            if attempts.may_go_on(error, committing=committing):
                return None
            if lost_a_race(error):
                raise StoreUnavailable("The database is too busy.") from error
            trouble = unavailable(error, writing=engine is not self._snapshot)
            if trouble is None:
                raise
            raise trouble from error
        except (OSError, PoolTimeout, TimeoutError) as error:
            # No connection was to be had, or no answer in time. The driver does not wrap these.
            if not committing and attempts.may_connect_again(error):
                return None
            raise StoreUnavailable("The database cannot be reached.") from error


class _Queue:
    """Calls of one use case that wait for each other."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.length = 0


class _Attempts:
    """How often one use case was undone, and whether it may be run again."""

    def __init__(self) -> None:
        self._races = 0
        self._taken = 0
        self._lost = 0

    def may_go_on(self, error: DBAPIError, *, committing: bool) -> bool:
        """Whether the failure undid everything and another try makes sense."""
        if lost_a_race(error):
            self._races += 1
            return self._races < _MOST_RACES
        if committing:
            return False
        if may_have_lost_a_race(error):
            # Looked up, found free, taken by somebody else before the insert: look again.
            self._taken += 1
            return self._taken < _MOST_TAKEN
        if error.connection_invalidated:
            self._lost += 1
            return self._lost < _MOST_LOST
        return False

    def may_connect_again(self, error: Exception) -> bool:
        """Whether a connection that could not be made is worth another try."""
        self._lost += isinstance(error, OSError)
        return isinstance(error, ConnectionError) and self._lost < _MOST_LOST

    async def breathe(self) -> None:
        """A moment's pause: almost none after a lost race, longer after a lost connection."""
        longest = 0.2 * 4**self._lost if self._lost else 0.001 * min(self._races, 20)
        await asyncio.sleep(random.uniform(0, longest))  # noqa: S311  (spreads load, no secret)
