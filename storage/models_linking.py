"""Tables of what members decide about themselves: codes that link accounts, conduct agreed to,
and kinds of messages they do without."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from storage.models_base import metadata, reference
from storage.types import UtcDateTime

# One code at a time: whoever asks for another forgets the first. `other_id`: who typed it.
link_codes = Table(
    "link_codes",
    metadata,
    reference("member_id", "members.id", primary_key=True),
    reference("community_id", "communities.id"),
    Column("digest", Text, nullable=False, unique=True),
    Column("expires", UtcDateTime, nullable=False),
    reference("other_id", "members.id", nullable=True),
)

conduct = Table(
    "conduct",
    metadata,
    reference("community_id", "communities.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

without = Table(
    "without",
    metadata,
    reference("member_id", "members.id", primary_key=True),
    Column("kind", Text, primary_key=True),
)
