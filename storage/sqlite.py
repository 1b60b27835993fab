"""A store in a SQLite file: one process, one thread that writes, a few that read.

Readers see a snapshot and never wait for the writer (WAL). What was acknowledged is on disk
(`synchronous = FULL`). A lock beside the file keeps a second process out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from filelock import FileLock, Timeout
from sqlalchemy import URL, Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool

from bot.errors import SettingsError, StoreUnavailable
from bot.services.ports import Work
from storage.sqlite_engine import prepare
from storage.store import Bell
from storage.troubles import unavailable
from storage.work import Repositories
from storage.writer import Writer

P = ParamSpec("P")
T = TypeVar("T")

_READERS = 4
# What is deleted is overwritten: a row that is gone stays in no free corner of the file.
_WRITING = ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON")
_PRIVATE = 0o600
"""A new file is for the user the bot runs as; SQLite gives its companions the same mode."""
_PATIENCE = 3.0
"""Seconds a new process waits for the one before it to end."""


def lock(file: Path) -> FileLock:
    """Hold the database for this process alone; release what comes back.

    Raises StoreUnavailable if another process has it, SettingsError if nothing can be put there.
    """
    if not file.parent.is_dir():
        raise SettingsError(f"database_url: there is no folder {file.parent}")
    beside = FileLock(f"{file}.lock", timeout=_PATIENCE, thread_local=False, mode=_PRIVATE)
    try:
        beside.acquire()
        file.touch(_PRIVATE)
    except Timeout:
        if not Path(beside.lock_file).exists():
            # Nobody has it: it could never be made (a file system that takes no new files).
            raise SettingsError(f"database_url: no file can be made in {file.parent}") from None
        raise StoreUnavailable(
            f"{file} is in use by another process of the bot, and SQLite serves only one. Stop the"
            " other one, or set database_url to a PostgreSQL database, which serves any number."
        ) from None
    except OSError as error:
        beside.release()
        raise SettingsError(f"database_url: {file} cannot be used: {error.strerror}") from None
    return beside


class SqliteStore:
    """An `OpenStore` on a file whose schema is up to date. `held`: its lock; without it, only for
    whoever reads."""

    def __init__(self, file: Path, held: FileLock | None) -> None:
        self._held = held
        self._bell = Bell()
        self._writing = engine(file, "BEGIN IMMEDIATE", _WRITING)
        self._reading = engine(file, "BEGIN", ("query_only = ON",), readers=_READERS)
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="store-reader")
        self._writer = Writer(self._writing, self._bell.ring)
        self._closed = False

    async def write(
        self, use_case: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run in a transaction that may write; answers once it is on disk."""
        return await self._writer.run(lambda work: use_case(work, *args, **kwargs))

    async def read(
        self, use_case: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run in a snapshot that cannot be written to."""
        if self._closed:
            raise StoreUnavailable("The database is closed.")
        look = partial(self._look, lambda work: use_case(work, *args, **kwargs))
        return await asyncio.get_running_loop().run_in_executor(self._readers, look)

    def on_scheduled(self, callback: Callable[[], None]) -> None:
        """Call `callback` on the event loop after each commit that scheduled deliveries."""
        self._bell.add(callback)

    async def leads(self) -> bool:
        """Always: nobody else is here."""
        return True

    async def turns(self, limit: str, count: int, gap: float, slack: float) -> float | None:
        """None: nobody else is here."""
        return None

    async def close(self) -> None:
        """Write what is queued, then let go of the file."""
        self._closed = True
        await self._writer.close()
        await asyncio.to_thread(self._readers.shutdown)
        self._reading.dispose()
        self._writing.dispose()
        if self._held is not None:
            self._held.release()

    def _look(self, use_case: Callable[[Work], T]) -> T:
        try:
            with self._reading.begin() as connection:
                return use_case(Repositories(connection))
        except DBAPIError as error:
            trouble = unavailable(error, writing=False)
            if trouble is None:
                raise
            raise trouble from error
        except StopIteration as stopped:
            # A future cannot carry it, and its caller would wait for ever.
            raise RuntimeError("a use case raised StopIteration") from stopped


def engine(file: Path, begin: str, pragmas: tuple[str, ...] = (), *, readers: int = 0) -> Engine:
    """An engine on the file; a single connection unless it is for `readers`."""
    url = URL.create("sqlite", database=str(file))
    if readers:
        made = create_engine(
            url, poolclass=QueuePool, pool_size=readers, max_overflow=0, hide_parameters=True
        )
    else:
        made = create_engine(url, poolclass=NullPool, hide_parameters=True)
    prepare(made, begin=begin, pragmas=pragmas)
    return made
