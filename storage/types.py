"""Column types that keep their word on both engines. Knows no table."""

from __future__ import annotations

import enum
from datetime import UTC, datetime
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

E = TypeVar("E", bound=enum.Enum)


class _Way(Protocol):
    """What turns one value into what the driver takes, or back."""

    def __call__(self, value: Any) -> Any: ...


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware values go in, aware UTC values come out.

    SQLite keeps text without a zone, always in UTC and of one length, so that it sorts by time. A
    naive value going in raises ValueError, because nothing says what it means.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC on its way in."""
        return None if value is None else _in_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC on its way out."""
        return None if value is None else value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> _Way | None:
        """On SQLite, the text that SQLAlchemy writes itself, in a fraction of the time."""
        return _written if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: Any) -> _Way | None:
        """On SQLite, the same way back."""
        return _read if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a naive datetime cannot be stored")
    return value if value.tzinfo is UTC else value.astimezone(UTC)


def _written(value: datetime | None) -> str | None:
    if value is None:
        return None
    return _in_utc(value).replace(tzinfo=None).isoformat(" ", "microseconds")


def _read(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(f"{value}+00:00")


class EnumText(TypeDecorator[E], Generic[E]):
    """A member of an enum, kept as its text value, so that rows are readable without the code."""

    impl = Text
    cache_ok = True

    def __init__(self, members: type[E]) -> None:
        super().__init__()
        self.members = members
        self._of_text = {str(one.value): one for one in members}

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        """The value on its way in; anything but a member of the enum raises ValueError."""
        return None if value is None else str(self.members(value).value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> E | None:
        """The member on its way out."""
        if value is None:
            return None
        return self._of_text.get(value) or self.members(value)


# SQLite numbers rows by itself only in a column declared INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")
Json = JSON().with_variant(JSONB(), "postgresql")
