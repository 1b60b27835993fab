"""Where the two engines differ in what they are asked. Everything else is common SQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    FromClause,
    Select,
    Table,
    Text,
    TypeDecorator,
    bindparam,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

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


class _Ids(TypeDecorator[Sequence[int]]):
    """Any number of ids as one value: an array, or on SQLite a list in JSON."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.ARRAY(BigInteger))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> Any:
        ids = list(value or ())
        return ids if dialect.name == "postgresql" else json.dumps(ids)


class _Among(FunctionElement[bool]):
    """Whether a column is one of the ids."""

    type = Boolean()
    inherit_cache = True
    name = "among"


@compiles(_Among)
def _among(element: _Among, compiler: SQLCompiler, **given: Any) -> str:
    column, ids = (compiler.process(each, **given) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"  # noqa: S608 - compiled parts


@compiles(_Among, "postgresql")
def _any_of(element: _Among, compiler: SQLCompiler, **given: Any) -> str:
    column, ids = (compiler.process(each, **given) for each in element.clauses)
    return f"{column} = ANY ({ids})"


def for_ids(build: Callable[[ColumnElement[bool]], S], column: ColumnElement[Any]) -> tuple[S, S]:
    """A statement about rows with the ids `ids`: for a single one, and for any number.

    Any number is one value: a list of parameters would be written into the text anew each time,
    which takes as long as the rest, and each length would be a statement of its own.
    """
    return (
        build(column == bindparam("ids")),
        build(_Among(column, bindparam("ids", type_=_Ids()))),
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
