"""Tables of pairs and questions, of how people want to be addressed, and of seasons."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Time,
    UniqueConstraint,
)

from bot.domain.pairs import PairState, Said, StepState
from bot.domain.policies import Matter
from bot.domain.questions import AskedState
from bot.domain.seasons import SeasonKind
from storage.models_base import id_column, metadata, reference
from storage.types import EnumText, Id, Json, UtcDateTime

pairs = Table(
    "pairs",
    metadata,
    id_column(),
    reference("community_id", "communities.id"),
    Column("code", Text, nullable=False),
    reference("mentor_id", "members.id"),
    reference("trainee_id", "members.id"),
    Column("opened", UtcDateTime, nullable=False),
    Column("state", EnumText(PairState), nullable=False),
    Column("weeks", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("next_round", UtcDateTime),
    Column("silent_rounds", Integer, nullable=False),
    Column("mentor_said", EnumText(Said)),
    Column("trainee_said", EnumText(Said)),
    # What each side wished for; nothing as long as they never said.
    Column("mentor_weeks", Integer),
    Column("trainee_weeks", Integer),
    UniqueConstraint("community_id", "code"),
    Index("ix_pairs_mentor", "mentor_id"),
    Index("ix_pairs_trainee", "trainee_id"),
    Index("ix_pairs_next_round", "next_round"),
    sqlite_autoincrement=True,
)

pair_steps = Table(
    "pair_steps",
    metadata,
    id_column(),
    Column("pair_id", Id, ForeignKey("pairs.id"), nullable=False),
    reference("owner_id", "members.id"),
    Column("text", Text, nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("state", EnumText(StepState), nullable=False),
    Index("ix_pair_steps_pair", "pair_id"),
    sqlite_autoincrement=True,
)

pair_notes = Table(
    "pair_notes",
    metadata,
    id_column(),
    Column("pair_id", Id, ForeignKey("pairs.id"), nullable=False),
    reference("author_id", "members.id"),
    Column("text", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_pair_notes_pair", "pair_id"),
    sqlite_autoincrement=True,
)

asked = Table(
    "asked",
    metadata,
    id_column(),
    reference("community_id", "communities.id"),
    Column("code", Text, nullable=False),
    reference("asker_id", "members.id"),
    Column("anonymous", Boolean(create_constraint=False), nullable=False),
    Column("topic", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("state", EnumText(AskedState), nullable=False),
    Column("heard", Boolean(create_constraint=False), nullable=False),
    # An ordinary message, by where it stands and its id there; never what it says.
    Column("link", Text, nullable=False),
    Column("message", Text),
    UniqueConstraint("community_id", "code"),
    UniqueConstraint("community_id", "message"),
    sqlite_autoincrement=True,
)

wishes = Table(
    "wishes",
    metadata,
    reference("member_id", "members.id", primary_key=True),
    Column("opens", Time, nullable=False),
    Column("closes", Time, nullable=False),
    Column("days", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("paused_until", UtcDateTime),
    Column("topics", Json, nullable=False),
)

absences = Table(
    "absences",
    metadata,
    id_column(),
    reference("member_id", "members.id"),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Index("ix_absences_member", "member_id"),
    sqlite_autoincrement=True,
)

unreachable = Table(
    "unreachable",
    metadata,
    reference("member_id", "members.id", primary_key=True),
    Column("since", UtcDateTime, nullable=False),
)

patience = Table(
    "patience",
    metadata,
    reference("community_id", "communities.id", primary_key=True),
    Column("matter", EnumText(Matter), primary_key=True),
    Column("factor", Integer, nullable=False),
)

seasons = Table(
    "seasons",
    metadata,
    id_column(),
    reference("community_id", "communities.id"),
    reference("member_id", "members.id", nullable=True),
    Column("kind", EnumText(SeasonKind), nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("patience", Integer, nullable=False),
    Column("early", Boolean(create_constraint=False), nullable=False),
    Index("ix_seasons_community", "community_id"),
    sqlite_autoincrement=True,
)
