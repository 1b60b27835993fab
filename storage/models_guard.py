"""Tables of the guard: which channels of a place are watched, and whose messages pass."""

from __future__ import annotations

from sqlalchemy import Column, PrimaryKeyConstraint, Table, Text

from bot.domain.guard import Watch
from storage.models_base import metadata, reference
from storage.types import EnumText

guarded_channels = Table(
    "guarded_channels",
    metadata,
    reference("community_id", "communities.id"),
    Column("platform", Text, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("watch", EnumText(Watch), nullable=False),
    PrimaryKeyConstraint("community_id", "platform", "workspace", "channel"),
)

guard_passes = Table(
    "guard_passes",
    metadata,
    reference("community_id", "communities.id"),
    Column("platform", Text, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("ref", Text, nullable=False),
    PrimaryKeyConstraint("community_id", "platform", "workspace", "role", "ref"),
)
