"""How every SQLite connection behaves: foreign keys, patience, and who begins a transaction."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Connection, Engine, event

# Measured in milliseconds. Only a checkpoint or a backup ever makes anybody wait.
BUSY_TIMEOUT = 5000


def prepare(engine: Engine, *, begin: str, pragmas: tuple[str, ...] = ()) -> None:
    """Set up `engine`: every transaction starts with `begin`, every connection with `pragmas`.

    With an empty `begin`, whoever uses the engine begins and ends transactions on the driver.

    Left alone, the driver would begin by itself, deferred and only before the first change: too
    late for a snapshot, and a sure `SQLITE_BUSY` for two writers.
    """

    def connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("foreign_keys = ON", f"busy_timeout = {BUSY_TIMEOUT}", *pragmas):
            connection.execute(f"PRAGMA {pragma}").close()

    def began(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", connected)
    if begin:
        event.listen(engine, "begin", began)


def driver_of(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection behind one of SQLAlchemy."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError("not a connection to SQLite")
    return driver
