"""Brings a database up to date: every revision in one transaction, or none.

Importing this module imports alembic; only whoever migrates or checks does so.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, text

from bot.errors import SchemaBehind, SettingsError
from storage.dialects import is_postgresql

_SCRIPTS = Path(__file__).parent / "migrations"
# Any number will do; two processes that start together must use the same one.
_LOCK = 7_306_119


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's settings, for work on `connection`."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The revision this program works with."""
    head = ScriptDirectory.from_config(configuration()).get_current_head()
    if head is None:
        raise LookupError("there is no revision")
    return head


def revision_of(connection: Connection) -> str | None:
    """The revision of a database; None if it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def bring_up(connection: Connection, to: str = "head") -> None:
    """Upgrade within the transaction of `connection`.

    Raises SettingsError if a newer version of the program wrote the database.
    """
    if is_postgresql(connection):
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if to == "head" and revision_of(connection) == newest():
        return
    _refuse_newer(connection)
    command.upgrade(configuration(connection), to)
    _check_references(connection)


def check(connection: Connection) -> None:
    """Raises SettingsError unless the database is exactly as this version needs it."""
    _refuse_newer(connection)
    if revision_of(connection) != newest():
        raise SchemaBehind("The database is not up to date: run `python -m bot migrate`.")


def bring_to(connection: Connection, to: str | None) -> str:
    """Up to date, or up or down to the revision `to`; the revision afterwards.

    Raises SettingsError if there is no such revision.
    """
    if to is None:
        bring_up(connection)
        return newest()
    if not knows(to):
        known = [
            each.revision for each in ScriptDirectory.from_config(configuration()).walk_revisions()
        ]
        raise SettingsError(f"--to: there is no revision {to}; known are {', '.join(known[::-1])}")
    _refuse_newer(connection)
    here = revision_of(connection)
    if here is not None and to < here:
        take_down(connection, to)
    else:
        bring_up(connection, to)
    return revision_of(connection) or "none"


def take_down(connection: Connection, to: str) -> None:
    """Downgrade within the transaction of `connection`; what it has no place for is gone."""
    command.downgrade(configuration(connection), to)
    _check_references(connection)


def knows(revision: str | None) -> bool:
    """Whether this program has the revision in its history."""
    try:
        ScriptDirectory.from_config(configuration()).get_revisions(revision or "base")
    except CommandError:
        return False
    return True


def _refuse_newer(connection: Connection) -> None:
    if not knows(revision_of(connection)):
        raise SettingsError(
            "The database was written by a newer version of the bot."
            " Install that version, or restore a backup. To go back and keep what is there, run"
            f" `python -m bot migrate --to {newest()}` with the newer version first."
        )


def _check_references(connection: Connection) -> None:
    # SQLite changes a table by writing it anew, with foreign keys off meanwhile.
    if (
        not is_postgresql(connection)
        and connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    ):
        raise SettingsError("The database has rows that refer to nothing; it was left as it was.")
