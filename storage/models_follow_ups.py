"""Tables of follow-ups: what is owed, what was said unasked, and what waits for a digest."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, false

from bot.domain.follow_ups import Ending, Step
from bot.domain.policies import Matter
from storage.models_base import id_column, metadata, reference
from storage.types import EnumText, UtcDateTime

follow_ups = Table(
    "follow_ups",
    metadata,
    id_column(),
    reference("community_id", "communities.id"),
    Column("matter", EnumText(Matter), nullable=False),
    Column("subject", Text, nullable=False),
    Column("ref", BigInteger, nullable=False),
    reference("owes_id", "members.id", nullable=True),
    reference("waits_id", "members.id", nullable=True),
    Column("about", Text, nullable=False),
    Column("opened", UtcDateTime, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("deadline", UtcDateTime, nullable=False),
    Column("bound", UtcDateTime, nullable=False),
    Column("not_after", UtcDateTime),
    Column("patience", Integer, nullable=False),
    Column("early", Boolean(create_constraint=False), nullable=False, server_default=false()),
    Column("turn", Integer, nullable=False),
    Column("remind_at", UtcDateTime),
    Column("last_at", UtcDateTime),
    Column("said", EnumText(Step)),
    Column("said_at", UtcDateTime),
    Column("moved", Boolean(create_constraint=False), nullable=False),
    Column("stopped_at", UtcDateTime),
    Column("tries", Integer, nullable=False),
    Column("ending", EnumText(Ending)),
    Column("ended_at", UtcDateTime),
    Index("ix_follow_ups_subject", "subject"),
    sqlite_autoincrement=True,
)


def _open(name: str, *columns: str) -> Index:
    still = follow_ups.c.ending.is_(None)
    return Index(
        name,
        *(follow_ups.c[column] for column in columns),
        sqlite_where=still,
        postgresql_where=still,
    )


# What has ended stays in the table and in none of these.
_open("ix_follow_ups_deadline", "deadline")
_open("ix_follow_ups_owes", "owes_id")
_open("ix_follow_ups_waits", "waits_id")

nudges = Table(
    "nudges",
    metadata,
    Column("key", Text, primary_key=True),
    reference("member_id", "members.id"),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_nudges_member", "member_id", "at"),
)

waiting = Table(
    "waiting",
    metadata,
    id_column(),
    reference("member_id", "members.id"),
    reference("community_id", "communities.id"),
    Column("digest", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("ref", BigInteger, nullable=False),
    # A process ended while it was being said, so it may have arrived.
    Column("doubtful", Boolean(create_constraint=False), server_default=false(), nullable=False),
    Index("ix_waiting_digest", "digest"),
    Index("ix_waiting_subject", "subject"),
    sqlite_autoincrement=True,
)
