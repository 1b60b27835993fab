"""Tables of what moderators decide: the record of changes, plain choices, and codes to join."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Table, Text

from storage.models_base import id_column, metadata, reference
from storage.types import UtcDateTime

changes = Table(
    "changes",
    metadata,
    id_column(),
    reference("community_id", "communities.id"),
    reference("by_id", "members.id", nullable=True),
    reference("about_id", "members.id", nullable=True),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("platform", Text, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("undoes", BigInteger),
    Index("ix_changes_community", "community_id", "id"),
    Index("ix_changes_undoes", "undoes"),
    Index("ix_changes_by", "by_id"),
    Index("ix_changes_about", "about_id"),
    sqlite_autoincrement=True,
)

chosen = Table(
    "chosen",
    metadata,
    reference("community_id", "communities.id", primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# One code at a time: a community that is asked for another forgets the first.
join_codes = Table(
    "join_codes",
    metadata,
    reference("community_id", "communities.id", primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    reference("by_id", "members.id"),
    Column("expires", UtcDateTime, nullable=False),
)
