"""A store in memory: for tests, the simulation and a preview that leaves nothing behind.

One SQLite connection, no thread: `write` and `read` run at once, in the caller's own turn. The
repositories are the ones that run on disk and on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool

from bot.services.ports import Work
from storage.models import metadata
from storage.sqlite_engine import driver_of, prepare
from storage.store import Bell
from storage.work import Repositories

P = ParamSpec("P")
T = TypeVar("T")


@cache
def _engine() -> Engine:
    """One for all stores in memory: a statement is compiled once, each connection is its own."""
    engine = create_engine(
        "sqlite://",
        poolclass=NullPool,
        hide_parameters=True,
        query_cache_size=2000,
        connect_args={"timeout": 0, "cached_statements": 512},
    )
    # Transactions are the driver's own: SQLAlchemy's take longer than most of what is in them.
    prepare(engine, begin="")
    return engine


@cache
def _empty_tables() -> bytes:
    """A database with the schema and no row; to copy it takes a hundredth of making it."""
    with _engine().connect() as connection:
        metadata.create_all(connection)
        return driver_of(connection).serialize()


class MemoryStore:
    """An `OpenStore` that is gone when it is closed. Belongs to the thread that made it."""

    def __init__(self) -> None:
        self._connection = _engine().connect()
        self._driver = driver_of(self._connection)
        self._driver.deserialize(_empty_tables())
        self._bell = Bell()

    def write_now(
        self, use_case: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """`write` for callers without an event loop."""
        work = Repositories(self._connection)
        self._driver.execute("BEGIN")
        try:
            result = use_case(work, *args, **kwargs)
        except BaseException:
            self._driver.execute("ROLLBACK")
            raise
        self._driver.execute("COMMIT")
        if work.scheduled:
            self._bell.ring()
        return result

    def read_now(
        self, use_case: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """`read` for callers without an event loop. Raises TypeError if the use case wrote."""
        # Not PRAGMA query_only: each switch makes SQLite prepare every statement anew.
        before = self._driver.total_changes
        self._driver.execute("BEGIN")
        try:
            result = use_case(Repositories(self._connection), *args, **kwargs)
            if self._driver.total_changes != before:
                raise TypeError("a use case that only looks has written")
        finally:
            self._driver.execute("ROLLBACK")
        return result

    async def write(
        self, use_case: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run in a transaction that may write."""
        return self.write_now(use_case, *args, **kwargs)

    async def read(
        self, use_case: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run in a transaction that may only look."""
        return self.read_now(use_case, *args, **kwargs)

    def on_scheduled(self, callback: Callable[[], None]) -> None:
        """Call `callback` after each commit that scheduled deliveries."""
        self._bell.add(callback)

    async def leads(self) -> bool:
        """Always: nobody else is here."""
        return True

    async def turns(self, limit: str, count: int, gap: float, slack: float) -> float | None:
        """None: nobody else is here."""
        return None

    async def close(self) -> None:
        """Forget everything."""
        self.close_now()

    def close_now(self) -> None:
        """`close` for callers without an event loop."""
        self._connection.close()
