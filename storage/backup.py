"""Backup and restore, on either engine, without an outside program.

A backup is read from one snapshot while the bot goes on working. What it holds follows from the
tables in `storage/models.py`, so a new table is in it from its first day. A restore goes into an
empty database: it is brought to the revision of the backup, filled, and then brought up to date.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError

from bot.domain.delivery import DeliveryState
from bot.errors import SettingsError
from storage import sqlite
from storage.backup_file import Part, Reading, Writing, reading, writing
from storage.dialects import is_postgresql
from storage.migrating import bring_up, check, knows, newest, revision_of, take_down
from storage.models import metadata
from storage.models_delivery import deliveries, is_in
from storage.opening import not_at_hand, on_server, ready_file
from storage.troubles import unavailable
from storage.urls import InFile, InMemory, OnServer, understand

T = TypeVar("T")
_AT_ONCE = 500

_KINDS: tuple[tuple[type[sa.types.TypeEngine[Any]], str], ...] = (
    # In this order: some of these are kinds of others.
    (sa.Boolean, "bool"),
    (sa.Integer, "int"),
    (sa.JSON, "json"),
    (sa.Float, "float"),
    (sa.Numeric, "decimal"),
    (sa.Date, "date"),
    (sa.Time, "time"),
    (sa.LargeBinary, "bytes"),
    (sa.String, "text"),
)
_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "bool": sa.Boolean(),
    "int": sa.BigInteger(),
    "json": sa.Text(),
    "float": sa.Float(),
    "decimal": sa.Numeric(),
    "date": sa.Date(),
    "time": sa.Time(),
    "bytes": sa.LargeBinary(),
    "text": sa.Text(),
    "instant": sa.DateTime(timezone=True),
    "wall": sa.DateTime(),
}


def back_up(url: str, file: Path, now: datetime) -> int:
    """Write everything into a new file; how many rows. Not for a thread with a running loop.

    The bot may go on meanwhile. Raises SettingsError or StoreUnavailable with one sentence.
    """

    def work(connection: sa.Connection) -> int:
        check(connection)
        tables = metadata.sorted_tables
        with writing(file, newest(), now, [table.name for table in tables]) as backup:
            for table in tables:
                _dump(connection, table, backup)
            return backup.rows

    match understand(url):
        case InMemory():
            raise SettingsError("database_url: a database in memory cannot be backed up")
        case InFile() as where:
            try:
                there = where.file.is_file()
            except OSError as error:
                raise not_at_hand(where.file, error) from None
            if not there:
                raise SettingsError(f"database_url: there is no file {where.file}")
            # No lock: the bot holds it, and a snapshot is nobody's obstacle.
            return _in_file(where, work)
        case OnServer() as where:
            return asyncio.run(on_server(where, work, "REPEATABLE READ"))


def restore(url: str, file: Path, now: datetime, days: int | None = None) -> int:
    """Fill an empty database from a backup; how many rows. All of it or nothing.

    A backup older than `days` is refused: people in it may have been erased long since.

    What was due before `now` may have been sent after the backup was made, and is marked so. Raises
    SettingsError or StoreUnavailable with one sentence.
    """

    def work(connection: sa.Connection) -> int:
        with reading(file) as backup:
            made = backup.made or now
            if days is not None and made < now - timedelta(days=days):
                raise SettingsError(
                    f"This backup is older than {days} days (retention.backups), so it may hold"
                    " people who were erased since. It is not restored; delete it."
                )
            return _fill(connection, backup, now)

    match understand(url):
        case InMemory():
            raise SettingsError("database_url: a database in memory cannot be restored")
        case InFile() as where:
            results: list[int] = []
            ready_file(where, lambda connection: results.append(work(connection))).release()
            return results[0]
        case OnServer() as where:
            return asyncio.run(on_server(where, work))


def kind_of(column: sa.Column[Any]) -> str:
    """How a column's values are written. Raises TypeError for a type that no backup knows."""
    plain = _plain(column.type)
    if isinstance(plain, sa.DateTime):
        return "instant" if plain.timezone else "wall"
    for type_, kind in _KINDS:
        if isinstance(plain, type_):
            return kind
    raise TypeError(f"{column}: a backup does not know {plain!r}")


# Reading ------------------------------------------------------------------------------------------


def _in_file(where: InFile, work: Callable[[sa.Connection], T]) -> T:
    engine = sqlite.engine(where.file, "BEGIN", ("query_only = ON",))
    try:
        with engine.begin() as connection:
            return work(connection)
    except DBAPIError as error:
        trouble = unavailable(error, writing=False)
        if trouble is None:
            raise
        raise trouble from error
    finally:
        engine.dispose()


def _dump(connection: sa.Connection, table: sa.Table, backup: Writing) -> None:
    columns = [column for column in table.columns if column.computed is None]
    kinds = tuple((column.name, kind_of(column)) for column in columns)
    backup.part(Part(table.name, _last(connection, table), kinds))
    rows = connection.execution_options(yield_per=_AT_ONCE).execute(
        sa.select(*(_raw(column) for column in columns)).order_by(*table.primary_key.columns)
    )
    for row in rows:
        backup.row(tuple(row))


def _plain(type_: sa.types.TypeEngine[Any]) -> sa.types.TypeEngine[Any]:
    return type_.impl_instance if isinstance(type_, sa.TypeDecorator) else type_


def _raw(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    # As the database holds it: no enum that this version no longer knows can get in the way.
    if isinstance(column.type, sa.JSON):
        return sa.cast(column, sa.Text)
    return sa.type_coerce(column, _plain(column.type))


def _numbered(table: sa.Table) -> sa.Column[Any] | None:
    if not table.dialect_kwargs.get("sqlite_autoincrement"):
        return None
    return table.autoincrement_column


def _last(connection: sa.Connection, table: sa.Table) -> int | None:
    """The highest number that was ever given out: it stands in old buttons and never comes back."""
    column = _numbered(table)
    if column is None:
        return None
    if is_postgresql(connection):
        asked = sa.text("SELECT pg_sequence_last_value(pg_get_serial_sequence(:table, :column))")
        last = connection.execute(asked, {"table": table.name, "column": column.name}).scalar()
    else:
        asked = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :table")
        last = connection.execute(asked, {"table": table.name}).scalar()
    return int(last or 0)


# Filling ------------------------------------------------------------------------------------------


def _fill(connection: sa.Connection, backup: Reading, now: datetime) -> int:
    _refuse_unless_empty(connection)
    if not knows(backup.revision):
        raise SettingsError(
            "This backup was made by a newer version of the bot."
            " Install that version to restore it."
        )
    if revision_of(connection) is not None:
        take_down(connection, "base")
    bring_up(connection, backup.revision)
    with _references_later(connection):
        for part, rows in backup.parts():
            _load(connection, part, rows)
    bring_up(connection)
    _return_claimed(connection, now)
    if (
        not is_postgresql(connection)
        and connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    ):
        raise SettingsError("The backup has rows that refer to nothing; nothing was restored.")
    return backup.rows


def _refuse_unless_empty(connection: sa.Connection) -> None:
    inspector = sa.inspect(connection)
    for name in inspector.get_table_names():
        if name == "alembic_version":
            continue
        if name not in metadata.tables and revision_of(connection) is None:
            raise SettingsError(
                "database_url: this database holds tables of another program. A backup is restored"
                " into an empty database only."
            )
        if connection.execute(
            sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)
        ).first():
            raise SettingsError(
                "database_url: this database is not empty. A backup is restored into an empty"
                " database only: name a new file or database."
            )


class _references_later:  # noqa: N801 - a context manager
    """On PostgreSQL, references are looked at when everything is in. (On SQLite they are off.)"""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._constraints: list[tuple[str, str]] = []

    def __enter__(self) -> None:
        if is_postgresql(self._connection):
            inspector = sa.inspect(self._connection)
            self._constraints = [
                (table, str(key["name"]))
                for table in inspector.get_table_names()
                for key in inspector.get_foreign_keys(table)
            ]
        self._alter("DEFERRABLE INITIALLY DEFERRED")

    def __exit__(self, failed: type[BaseException] | None, *_rest: object) -> None:
        if failed is None:
            if self._constraints:
                self._connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
            self._alter("NOT DEFERRABLE")

    def _alter(self, to: str) -> None:
        quote = self._connection.dialect.identifier_preparer.quote
        for table, name in self._constraints:
            self._connection.exec_driver_sql(
                f"ALTER TABLE {quote(table)} ALTER CONSTRAINT {quote(name)} {to}"
            )


def _load(connection: sa.Connection, part: Part, rows: Iterator[Sequence[Any]]) -> None:
    target = sa.table(part.table, *(sa.column(name, _TYPES[kind]) for name, kind in part.columns))
    insert = sa.insert(target)
    if is_postgresql(connection):
        given: dict[str, sa.ColumnElement[Any]] = {
            name: sa.cast(sa.bindparam(name, type_=sa.Text()), JSONB)
            if kind == "json"
            else sa.bindparam(name, type_=_TYPES[kind])
            for name, kind in part.columns
        }
        insert = insert.values(given)
    names = [name for name, _kind in part.columns]
    while some := [dict(zip(names, row, strict=True)) for row in islice(rows, _AT_ONCE)]:
        connection.execute(insert, some)
    if part.last is not None:
        _count_on(connection, part.table, part.last)


def _count_on(connection: sa.Connection, table: str, last: int) -> None:
    if is_postgresql(connection):
        if last:
            connection.execute(
                sa.text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)"),
                {"table": table, "last": last},
            )
        return
    given = {"table": table, "last": last}
    connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :table"), given)
    connection.execute(sa.text("INSERT INTO sqlite_sequence VALUES (:table, :last)"), given)


def _return_claimed(connection: sa.Connection, now: datetime) -> None:
    """Whoever was sending is gone; what may have gone out since then is marked as doubtful."""
    open_ = is_in(DeliveryState.PENDING, DeliveryState.CLAIMED)
    doubtful = sa.or_(deliveries.c.doubtful, deliveries.c.begun, deliveries.c.wake_at <= now)
    connection.execute(
        sa.update(deliveries)
        .where(open_)
        .values(
            state=DeliveryState.PENDING,
            token=None,
            lease_until=None,
            begun=False,
            doubtful=doubtful,
        )
    )
