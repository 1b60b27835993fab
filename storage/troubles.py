"""Tells a database that cannot serve right now from a mistake of ours."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError

from bot.errors import StoreAway, StoreUnavailable

_SQLITE = {
    sqlite3.SQLITE_BUSY: "it is locked by another program",
    sqlite3.SQLITE_LOCKED: "it is locked by another program",
    sqlite3.SQLITE_NOMEM: "memory ran out",
    sqlite3.SQLITE_IOERR: "the disk reports an error",
    sqlite3.SQLITE_CORRUPT: "the file is damaged",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
    sqlite3.SQLITE_PROTOCOL: "it is locked by another program",
    sqlite3.SQLITE_NOTADB: "the file is not a SQLite database",
}

# By SQLSTATE: a whole class (two characters) or one state.
_POSTGRESQL = {
    "08": "the connection was lost",
    "53": "it is out of space, memory or connections",
    "57": "it is shutting down or starting",
    "58": "its disk reports an error",
    "55P03": "it is locked by somebody else",
    "XX": "it reports damage",
}
_PASSING = ("08", "53", "57", "55P03")
_READ_ONLY = (sqlite3.SQLITE_READONLY, "25006")
_SERIALIZATION = ("40001", "40P01")
_TAKEN = ("23505", "23P01")


def unavailable(error: DBAPIError, *, writing: bool = True) -> StoreUnavailable | None:
    """What to tell callers, if the database cannot serve right now; None for anything else.

    A database that refuses to be written to is a trouble for whoever was `writing`. For whoever
    only meant to read it is right, and the mistake is in the use case.
    """
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        # The low byte is the kind, the rest says more than anybody needs.
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        why = _SQLITE.get(code)
        passing = code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL)
    elif error.connection_invalidated:
        code, why, passing = "", "the connection was lost", True
    else:
        code = state = sqlstate(error)
        why = _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])
        passing = state.startswith(_PASSING)
    if writing and code in _READ_ONLY:
        why = "it may not be written to"
    if why is None:
        return None
    kind = StoreAway if passing else StoreUnavailable
    return kind(f"The database cannot be used: {why}.")


def sqlstate(error: DBAPIError) -> str:
    """The five characters PostgreSQL gives with an error, or nothing."""
    return getattr(error.orig, "sqlstate", None) or ""


def lost_a_race(error: DBAPIError) -> bool:
    """Whether PostgreSQL undid the transaction because of another one: run it again."""
    return sqlstate(error) in _SERIALIZATION


def may_have_lost_a_race(error: DBAPIError) -> bool:
    """Whether somebody else may have taken a unique value that was free when it was looked up."""
    return sqlstate(error) in _TAKEN
