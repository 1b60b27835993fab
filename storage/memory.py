"""A store in memory: for tests, the simulation and a preview that leaves nothing behind.

One SQLite connection, no thread: `write` and `read` run at once, in the caller's own turn. The
repositories are the ones that run on disk and on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from bot.services.ports import Work
from storage.models import metadata
from storage.sqlite_engine import driver_of, prepare
from storage.store import Bell
from storage.work import Repositories

P = ParamSpec("P")
T = TypeVar("T")


class MemoryStore:
    """An `OpenStore` that is gone when it is closed. Belongs to the thread that made it."""

    def __init__(self) -> None:
        self._engine = create_engine(
            "sqlite://",
            poolclass=StaticPool,
            hide_parameters=True,
            connect_args={"timeout": 0, "cached_statements": 512},
        )
        prepare(self._engine, begin="BEGIN")
        self._connection = self._engine.connect()
        self._driver = driver_of(self._connection)
        self._bell = Bell()
        with self._connection.begin():
            metadata.create_all(self._connection)

    def write_now(
        self, use_case: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """`write` for callers without an event loop."""
        work = Repositories(self._connection)
        with self._connection.begin():
            result = use_case(work, *args, **kwargs)
        if work.scheduled:
            self._bell.ring()
        return result

    def read_now(
        self, use_case: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """`read` for callers without an event loop."""
        self._only_look("ON")
        try:
            with self._connection.begin():
                return use_case(Repositories(self._connection), *args, **kwargs)
        finally:
            self._only_look("OFF")

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

    async def close(self) -> None:
        """Forget everything."""
        self.close_now()

    def close_now(self) -> None:
        """`close` for callers without an event loop."""
        self._connection.close()
        self._engine.dispose()

    def _only_look(self, state: str) -> None:
        # Past SQLAlchemy: inside its transaction the switch would come too late.
        self._driver.execute(f"PRAGMA query_only = {state}").close()
