"""Opens and migrates the database that a URL names."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

from filelock import FileLock
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, InterfaceError

from bot.errors import SettingsError, StoreAway
from storage import sqlite
from storage.memory import MemoryStore
from storage.postgres import PostgresStore, connect
from storage.repositories.deliveries import DeliveriesTable
from storage.sqlite import SqliteStore
from storage.store import OpenStore
from storage.troubles import sqlstate, unavailable
from storage.urls import InFile, InMemory, OnServer, understand

T = TypeVar("T")
_OPTION = "database_url: an option after the ? cannot be used"
_NO_URL = "database_url: this is not a PostgreSQL URL"
_REFUSED = {
    "28000": "the server refuses this user",
    "28P01": "the password is wrong",
    "3D000": "there is no such database",
    "42501": "this user may not change tables",
}


async def open_store(url: str, *, upgrade: bool = True) -> OpenStore:
    """The store that `url` names, its schema up to date.

    With `upgrade=False` nothing is changed, also beside a running bot, and a schema that is not up
    to date is refused. Raises
    SettingsError or StoreUnavailable with one line for a person to read.
    """
    match understand(url):
        case InMemory():
            return MemoryStore()
        case InFile() as where if upgrade:
            held = await asyncio.to_thread(ready_file, where, _begin)
            return SqliteStore(where.file, held)
        case InFile() as where:
            # Nothing is changed, so the bot that holds the lock may run meanwhile.
            await asyncio.to_thread(_look_into, where)
            return SqliteStore(where.file, None)
        case OnServer() as where:
            return await _open_server(where, _bring_up if upgrade else _check)


def exists(url: str) -> bool:
    """Whether there is something to open; a file that is not there yet is made by the first start.

    Raises SettingsError if it could not be made there.
    """
    match understand(url):
        case InFile() as where:
            try:
                if where.file.exists():
                    return True
            except OSError as error:
                raise not_at_hand(where.file, error) from None
            if not os.access(where.file.parent, os.W_OK):
                raise SettingsError(f"database_url: {where.file.parent} cannot be written to")
            return False
        case InMemory() | OnServer():
            return True


def migrate(url: str, to: str | None = None) -> str:
    """Bring the database up to date, or to an earlier revision; the revision it has then.

    Raises like `open_store`, and SettingsError for a revision that does not exist. Not for a thread
    whose event loop is running.
    """

    def work(connection: Connection) -> str:
        from storage.migrating import bring_to

        return bring_to(connection, to)

    match understand(url):
        case InMemory():
            return ""
        case InFile() as where:
            reached: list[str] = []
            ready_file(where, lambda connection: reached.append(work(connection))).release()
            return reached[0]
        case OnServer() as where:
            return asyncio.run(on_server(where, work))


def ready_file(where: InFile, ready: Callable[[Connection], None]) -> FileLock:
    """Run `ready` in one transaction on a file that nobody else has; the lock, still held."""
    held = sqlite.lock(where.file)
    try:
        # Off while tables are written anew; `bring_up` looks for broken references afterwards.
        pragmas = ("journal_mode = WAL", "foreign_keys = OFF")
        _in_file(sqlite.engine(where.file, "BEGIN IMMEDIATE", pragmas), ready)
    except BaseException:
        held.release()
        raise
    return held


def _look_into(where: InFile) -> None:
    _in_file(sqlite.engine(where.file, "BEGIN", ("query_only = ON",)), _check)


def _in_file(engine: Engine, work: Callable[[Connection], None]) -> None:
    try:
        with engine.begin() as connection:
            work(connection)
    except DBAPIError as error:
        trouble = unavailable(error)
        if trouble is None:
            raise
        raise trouble from error
    finally:
        engine.dispose()


def not_at_hand(file: Path, error: OSError) -> SettingsError:
    """A file of which the system does not even say whether it is there."""
    return SettingsError(f"database_url: {file} cannot be used: {error.strerror}")


async def _open_server(where: OnServer, ready: Callable[[Connection], None]) -> PostgresStore:
    try:
        engine = connect(where.url)
    except ValueError:
        raise SettingsError(_NO_URL) from None
    try:
        async with engine.begin() as connection:
            await connection.run_sync(ready)
    except BaseException as error:
        await engine.dispose()
        raise _readable(error) from error
    return PostgresStore(engine)


async def on_server(
    where: OnServer,
    work: Callable[[Connection], T],
    isolation: Literal["READ COMMITTED", "REPEATABLE READ"] = "READ COMMITTED",
) -> T:
    """Run `work` in one transaction, however long it takes. Raises like `open_store`."""
    try:
        engine = connect(where.url, statement_seconds=None)
    except ValueError:
        raise SettingsError(_NO_URL) from None
    try:
        async with engine.connect() as connection:
            await connection.execution_options(isolation_level=isolation)
            async with connection.begin():
                return await connection.run_sync(work)
    except BaseException as error:
        raise _readable(error) from error
    finally:
        await engine.dispose()


def _readable(error: BaseException) -> BaseException:
    if isinstance(error, DBAPIError):
        state = sqlstate(error)
        if state in _REFUSED:
            return SettingsError(f"database_url: {_REFUSED[state]}")
        if isinstance(error, InterfaceError):
            return SettingsError(_OPTION)
        return unavailable(error) or error
    if isinstance(error, OSError | TimeoutError):
        return StoreAway("The database server cannot be reached.")
    if isinstance(error, TypeError):
        # The driver names an option it does not know this way.
        return SettingsError(_OPTION)
    return error


def _bring_up(connection: Connection) -> None:
    from storage.migrating import bring_up

    bring_up(connection)


def _begin(connection: Connection) -> None:
    _bring_up(connection)
    # The lock is ours, so whoever claimed these is gone: no need to wait for their leases.
    DeliveriesTable(connection).return_all()


def _check(connection: Connection) -> None:
    from storage.migrating import check

    check(connection)
