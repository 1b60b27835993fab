"""The table of what has to go out. One row per message; ids only, never a sentence."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    FromClause,
    Index,
    Integer,
    Table,
    Text,
    literal_column,
)

from bot.domain.delivery import DeliveryState
from storage.models_base import id_column, metadata, reference
from storage.types import EnumText, UtcDateTime

deliveries = Table(
    "deliveries",
    metadata,
    id_column(),
    Column("kind", Text, nullable=False),
    reference("community_id", "communities.id"),
    Column("subject", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("due", UtcDateTime, nullable=False),
    # `due` is what was promised and never changes; `wake_at` is when the row is looked at next.
    Column("wake_at", UtcDateTime, nullable=False),
    reference("member_id", "members.id", nullable=True),
    Column("channel", Text),
    Column("ref", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("doubtful", Boolean(create_constraint=False), nullable=False),
    Column("begun", Boolean(create_constraint=False), nullable=False),
    Column("state", EnumText(DeliveryState), nullable=False),
    Column("token", Text),
    Column("lease_until", UtcDateTime),
    Column("done_at", UtcDateTime),
    Index("ix_deliveries_member", "member_id"),
    CheckConstraint("(member_id IS NULL) <> (channel IS NULL)", name="one_target"),
    sqlite_autoincrement=True,
)


# Where several processes keep one limit together: when the next turn is free, by the server.
rate_limits = Table(
    "rate_limits",
    metadata,
    Column("name", Text, primary_key=True),
    Column("next_at", UtcDateTime, nullable=False),
)


def is_in(*states: DeliveryState, of: FromClause = deliveries) -> ColumnElement[bool]:
    """A row is in one of these states; written out, so that partial indices are recognised."""
    # Both engines use a partial index only for a condition whose values they see when planning.
    written = [literal_column(f"'{state.value}'", Text) for state in states]
    if len(written) == 1:
        return of.c.state == written[0]
    return of.c.state.in_(written)


def _partial(name: str, *columns: str, where: ColumnElement[bool]) -> Index:
    return Index(
        name,
        *(deliveries.c[column] for column in columns),
        sqlite_where=where,
        postgresql_where=where,
    )


# What is done stays in the table and in none of these.
_partial("ix_deliveries_wake", "wake_at", where=is_in(DeliveryState.PENDING))
_partial("ix_deliveries_turn", "community_id", "wake_at", "id", where=is_in(DeliveryState.PENDING))
_partial("ix_deliveries_lease", "lease_until", where=is_in(DeliveryState.CLAIMED))
_partial(
    "ix_deliveries_open_subject",
    "subject",
    where=is_in(DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.HELD),
)
