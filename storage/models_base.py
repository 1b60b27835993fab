"""The metadata that every table belongs to, and columns that many tables have."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, MetaData

from storage.types import Id

# Every constraint has a name of its own, or SQLite could never alter it.
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def id_column() -> Column[int]:
    """The number of a row. With `sqlite_autoincrement` on its table it is never used again."""
    return Column("id", Id, primary_key=True, autoincrement=True)


def reference(
    name: str, target: str, *, primary_key: bool = False, nullable: bool = False
) -> Column[Any]:
    """A row of another table; it cannot go while this one stands."""
    return Column(name, Id, ForeignKey(target), primary_key=primary_key, nullable=nullable)
