"""The table of what stands in places outside of conversations. Ids and digests, no words."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from storage.models_base import metadata, reference
from storage.types import UtcDateTime

showings = Table(
    "showings",
    metadata,
    reference("community_id", "communities.id", primary_key=True),
    Column("platform", Text, primary_key=True),
    Column("workspace", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("again_at", UtcDateTime),
    Column("leave_at", UtcDateTime),
)
