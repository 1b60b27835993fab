"""A database to migrate up and down: its schema as a value, and rows made up for any schema."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from sqlalchemy import Connection, MetaData, Table, func, inspect, select
from sqlalchemy import table as named

from storage import sqlite
from storage.postgres import connect
from storage.urls import InFile, understand

T = TypeVar("T")
NO_REVISION = "alembic_version"
WORDS = "mentor_words"
"""The full-text index of listings: on SQLite a table with companions, which it fills by itself."""

# Rules that one row of made-up values would break: (table, column) -> what to write there.
_RULED = {("deliveries", "channel"): None}
_VALUES: dict[type, Any] = {
    int: 1,
    str: "x",
    bool: True,
    object: {"a": 1},
    datetime: datetime(2026, 3, 1, 12, 0, tzinfo=UTC),
    date: date(2026, 3, 1),
    time: time(18, 0),
}


async def on(url: str, work: Callable[[Connection], T]) -> T:
    """Run `work` in one transaction, the way migrations run."""
    where = understand(url)
    if isinstance(where, InFile):
        engine = sqlite.engine(where.file, "BEGIN IMMEDIATE", ("foreign_keys = OFF",))

        def run() -> T:
            with engine.begin() as connection:
                return work(connection)

        return await asyncio.to_thread(run)
    server = connect(where.url)  # pyright: ignore[reportAttributeAccessIssue]
    try:
        async with server.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await server.dispose()


def schema(connection: Connection) -> dict[str, Any]:
    """Everything about the tables that an engine will tell, in no particular order."""
    told = inspect(connection)
    return {
        table: {
            "columns": {
                each["name"]: (str(each["type"]), each["nullable"], each["default"])
                for each in told.get_columns(table)
            },
            "key": told.get_pk_constraint(table),
            "references": _sorted(told.get_foreign_keys(table)),
            "unique": _sorted(told.get_unique_constraints(table)),
            "checks": _sorted(told.get_check_constraints(table)),
            "indices": _sorted(
                # The condition of a partial index comes as an object of its own.
                {**each, "dialect_options": _texts(each.get("dialect_options", {}))}
                for each in told.get_indexes(table)
            ),
        }
        for table in told.get_table_names()
        if table != NO_REVISION
    }


def fill(connection: Connection) -> dict[str, int]:
    """One row in every table, whatever tables there are; how many rows each has then."""
    metadata = MetaData()
    metadata.reflect(connection)
    for table in _tables(metadata):
        connection.execute(table.insert().values(_row(table)))
    return count(connection)


def count(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        name: connection.execute(select(func.count()).select_from(named(name))).scalar_one()
        for name in inspect(connection).get_table_names()
        if name != NO_REVISION and not name.startswith(WORDS)
    }


def _tables(metadata: MetaData) -> list[Table]:
    return [
        table
        for table in metadata.sorted_tables
        if table.name != NO_REVISION and not table.name.startswith(WORDS)
    ]


def _row(table: Table) -> dict[str, Any]:
    return {
        column.name: _RULED.get((table.name, column.name), _VALUES[column.type.python_type])
        for column in table.columns
    }


def _sorted(found: Any) -> list[Any]:
    return sorted(found, key=repr)


def _texts(options: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in options.items()}
