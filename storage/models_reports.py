"""The table of reports of conduct."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text, UniqueConstraint

from bot.domain.reports import Category
from storage.models_base import id_column, metadata, reference
from storage.types import EnumText, UtcDateTime

reports = Table(
    "reports",
    metadata,
    id_column(),
    reference("community_id", "communities.id"),
    Column("code", Text, nullable=False),
    reference("reporter_id", "members.id", nullable=True),
    reference("subject_id", "members.id", nullable=True),
    Column("category", EnumText(Category), nullable=False),
    Column("link", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    reference("closed_by_id", "members.id", nullable=True),
    Column("closed_at", UtcDateTime),
    Column("answer", Text, nullable=False),
    UniqueConstraint("community_id", "code"),
    Index("ix_reports_reporter", "reporter_id"),
    Index("ix_reports_subject", "subject_id"),
    sqlite_autoincrement=True,
)
