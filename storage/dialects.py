"""Where the two engines differ in what they are asked. Everything else is common SQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    bindparam,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite

S = TypeVar("S")

Insert: TypeAlias = postgresql.Insert | sqlite.Insert


def is_postgresql(connection: Connection) -> bool:
    """Whether this connection leads to PostgreSQL; otherwise it is SQLite."""
    return connection.dialect.name == "postgresql"


def insert_if_new(connection: Connection, table: Table, *unique: str) -> Insert:
    """An INSERT that leaves an existing row with the same `unique` columns as it is.

    Made once and remembered: values that go to `execute` beside it cost much less than `.values()`.
    """
    return _insert_if_new(is_postgresql(connection), table, unique)


@cache
def _insert_if_new(on_postgresql: bool, table: Table, unique: tuple[str, ...]) -> Insert:
    if on_postgresql:
        return postgresql.insert(table).on_conflict_do_nothing(index_elements=unique)
    return sqlite.insert(table).on_conflict_do_nothing(index_elements=unique)


def insert_or_change(
    connection: Connection, table: Table, unique: Sequence[str], change: Sequence[str]
) -> Insert:
    """An INSERT that puts the columns `change` into an existing row with the same `unique` ones.

    Made once and remembered: values that go to `execute` beside it cost much less than `.values()`.
    """
    return _insert_or_change(is_postgresql(connection), table, tuple(unique), tuple(change))


@cache
def _insert_or_change(
    on_postgresql: bool, table: Table, unique: tuple[str, ...], change: tuple[str, ...]
) -> Insert:
    if on_postgresql:
        new = postgresql.insert(table)
        taken = {name: new.excluded[name] for name in change}
        return new.on_conflict_do_update(index_elements=unique, set_=taken)
    new = sqlite.insert(table)
    taken = {name: new.excluded[name] for name in change}
    return new.on_conflict_do_update(index_elements=unique, set_=taken)


def insert_or_add(connection: Connection, table: Table, unique: str, counter: str) -> Insert:
    """An INSERT that adds its `counter` to that of an existing row with the same `unique`."""
    if is_postgresql(connection):
        new = postgresql.insert(table)
        total = table.c[counter] + new.excluded[counter]
        return new.on_conflict_do_update(index_elements=[unique], set_={counter: total})
    new = sqlite.insert(table)
    total = table.c[counter] + new.excluded[counter]
    return new.on_conflict_do_update(index_elements=[unique], set_={counter: total})


def for_ids(build: Callable[[ColumnElement[bool]], S], column: ColumnElement[Any]) -> tuple[S, S]:
    """A statement about rows with the ids `ids`: for a single one, and for any number.

    A list of parameters is written into the text anew each time, which takes as long as the rest.
    """
    return (
        build(column == bindparam("ids")),
        build(column.in_(bindparam("ids", expanding=True))),
    )


def chosen(statements: tuple[S, S], ids: Sequence[int]) -> tuple[S, int | Sequence[int]]:
    """The one of `for_ids` that fits, and what it takes as `ids`."""
    return (statements[0], ids[0]) if len(ids) == 1 else (statements[1], ids)


def skipping_locked(on_postgresql: bool, chosen: Select[Any]) -> Select[Any]:
    """The same rows, locked, without those that another transaction holds.

    On SQLite there is only one writer, so there is nobody to step around.
    """
    return chosen.with_for_update(skip_locked=True) if on_postgresql else chosen


def for_each(
    on_postgresql: bool, owners: Table, key: Column[int], chosen: Select[Any]
) -> FromClause:
    """`owners` joined with the table of `key` to the keys that `chosen` picks for each owner.

    `chosen` selects keys from an alias and refers to the owner's row. The rows are locked on
    PostgreSQL; what another transaction holds is left out.
    """
    table = key.table
    if on_postgresql:
        picked = skipping_locked(on_postgresql, chosen).lateral()
        return owners.join(picked, true()).join(table, key == next(iter(picked.c)))
    return owners.join(table, key.in_(chosen))
