"""Tables of cases: who, when, where, which kinds; never a picture, a text or a name of a file.

The one exception is `case_drafts`: encrypted, only where moderators chose it, gone with the case.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text, UniqueConstraint

from bot.domain.cases import Act, CaseState, Permission, Why
from storage.models_base import id_column, metadata, reference
from storage.types import EnumText, Json, UtcDateTime

cases = Table(
    "cases",
    metadata,
    id_column(),
    reference("community_id", "communities.id"),
    Column("code", Text, nullable=False),
    reference("author_id", "members.id"),
    Column("platform", Text, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("state", EnumText(CaseState), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("due", UtcDateTime),
    Column("expires", UtcDateTime),
    Column("later", Boolean(create_constraint=False), nullable=False),
    Column("digest", Text, nullable=False),
    Column("permission", EnumText(Permission), nullable=False),
    Column("anonymous", Boolean(create_constraint=False), nullable=False),
    Column("found", Json, nullable=False),
    Column("kept", Json, nullable=False),
    Column("drawn", Integer, nullable=False),
    Column("message", Text),
    Column("messages", Json),
    Column("files", Json),
    reference("reader_id", "members.id", nullable=True),
    Column("word", Text, nullable=False),
    reference("flagged_id", "members.id", nullable=True),
    Column("why", EnumText(Why)),
    UniqueConstraint("community_id", "code"),
    Index("ix_cases_author", "author_id"),
    Index("ix_cases_state", "state"),
    Index("ix_cases_message", "message"),
    sqlite_autoincrement=True,
)

case_notes = Table(
    "case_notes",
    metadata,
    id_column(),
    reference("case_id", "cases.id"),
    reference("member_id", "members.id"),
    Column("at", UtcDateTime, nullable=False),
    Column("act", EnumText(Act), nullable=False),
    Column("found", Json, nullable=False),
    Column("kept", Json, nullable=False),
    Column("drawn", Integer, nullable=False),
    Index("ix_case_notes_case", "case_id"),
    sqlite_autoincrement=True,
)

case_drafts = Table(
    "case_drafts",
    metadata,
    reference("case_id", "cases.id", primary_key=True),
    Column("sealed", Text, nullable=False),
    Column("expires", UtcDateTime, nullable=False),
)

case_readers = Table(
    "case_readers",
    metadata,
    reference("community_id", "communities.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True),
)
