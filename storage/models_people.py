"""Tables of members, accounts, communities and places, and of half-filled forms."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text, UniqueConstraint

from bot.domain.people import Role
from storage.models_base import id_column, metadata, reference
from storage.types import EnumText, Json, UtcDateTime

members = Table(
    "members",
    metadata,
    id_column(),
    Column("zone", Text),
    Column("language", Text),
    Column("created_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

accounts = Table(
    "accounts",
    metadata,
    id_column(),
    reference("member_id", "members.id"),
    Column("platform", Text, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("user_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("used_at", UtcDateTime, nullable=False),
    UniqueConstraint("platform", "workspace", "user_id"),
    Index(None, "member_id"),
    sqlite_autoincrement=True,
)

communities = Table(
    "communities",
    metadata,
    id_column(),
    Column("name", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("set_up_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("off", Json),
    Column("held_at", UtcDateTime),
    sqlite_autoincrement=True,
)

places = Table(
    "places",
    metadata,
    id_column(),
    reference("community_id", "communities.id"),
    Column("platform", Text, nullable=False),
    Column("workspace", Text, nullable=False),
    UniqueConstraint("platform", "workspace"),
    Index(None, "community_id"),
    sqlite_autoincrement=True,
)

memberships = Table(
    "memberships",
    metadata,
    reference("member_id", "members.id", primary_key=True),
    reference("community_id", "communities.id", primary_key=True),
    Column("joined_at", UtcDateTime, nullable=False),
    Column("left_at", UtcDateTime),
    Index(None, "community_id"),
)

role_grants = Table(
    "role_grants",
    metadata,
    id_column(),
    reference("community_id", "communities.id"),
    Column("role", EnumText(Role), nullable=False),
    Column("platform", Text, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("ref", Text, nullable=False),
    Column("is_person", Boolean(create_constraint=False), nullable=False),
    UniqueConstraint(
        # Named by hand: PostgreSQL cuts names at 63 characters.
        *("community_id", "role", "platform", "workspace", "ref", "is_person"),
        name="uq_role_grants_grant",
    ),
    sqlite_autoincrement=True,
)

channels = Table(
    "channels",
    metadata,
    reference("community_id", "communities.id", primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("platform", Text, primary_key=True),
    Column("workspace", Text, primary_key=True),
    Column("channel", Text, nullable=False),
)

# Apart from the community's own row: two people who each need a code wait for nothing else.
code_counters = Table(
    "code_counters",
    metadata,
    reference("community_id", "communities.id", primary_key=True),
    Column("given", Integer, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Text, primary_key=True),
    reference("member_id", "members.id"),
    reference("community_id", "communities.id"),
    Column("state", Json, nullable=False),
    Column("expires", UtcDateTime, nullable=False),
    Index(None, "expires"),
)
