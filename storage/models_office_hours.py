"""Tables of office hours: series, sessions, who has a seat, and what was asked."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    Table,
    Text,
    Time,
    UniqueConstraint,
    false,
    true,
)

from bot.domain.live_queue import QueueState, TurnState
from bot.domain.office_hours import Came, ForWhom, Mode, SeatState, SessionState
from bot.domain.pairs import StepState
from bot.domain.recurrence import Repeat
from bot.domain.unseen import Source
from storage.models_base import id_column, metadata, reference
from storage.types import EnumText, UtcDateTime


def _plan() -> tuple[Column[object], ...]:
    """The columns of a `Plan`, the same for a session and the series it comes from."""
    return (
        Column("title", Text, nullable=False),
        Column("topic", Text, nullable=False),
        Column("minutes", Integer, nullable=False),
        Column("mode", EnumText(Mode), nullable=False),
        Column("capacity", Integer),
        Column("place", Text, nullable=False),
        Column("for_whom", EnumText(ForWhom), nullable=False),
        Column("closes", Integer, nullable=False),
        # How many there are; who they are is asked only if there is one.
        Column("cohosts", Integer, nullable=False),
        Column("fair", Boolean(create_constraint=False), nullable=False, server_default=true()),
        Column("agenda", Text, nullable=False, server_default=""),
        # All three or none.
        Column("voice_platform", Text),
        Column("voice_workspace", Text),
        Column("voice_channel", Text),
    )


series = Table(
    "series",
    metadata,
    id_column(),
    reference("community_id", "communities.id"),
    reference("host_id", "members.id"),
    *_plan(),
    Column("first_day", Date, nullable=False),
    Column("wall", Time, nullable=False),
    Column("zone", Text, nullable=False),
    Column("repeat", EnumText(Repeat), nullable=False),
    Column("until", Date),
    Column("made_until", Date, nullable=False),
    # The series that this one was part of until its later part was moved; it may be gone.
    Column("follows", BigInteger),
    Index(None, "made_until"),
    sqlite_autoincrement=True,
)

series_cohosts = Table(
    "series_cohosts",
    metadata,
    reference("series_id", "series.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True),
    Column("rank", Integer, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    id_column(),
    Column("code", Text, nullable=False),
    reference("community_id", "communities.id"),
    reference("host_id", "members.id"),
    *_plan(),
    Column("starts", UtcDateTime, nullable=False),
    Column("ends", UtcDateTime, nullable=False),
    Column("zone", Text, nullable=False),
    Column("uid", Text, nullable=False, unique=True),
    Column("changed", UtcDateTime, nullable=False),
    reference("series_id", "series.id", nullable=True),
    Column("slot", Date),
    Column("taken", Integer, nullable=False),
    # The last turn given out: one order for seats and for the line.
    Column("turns", Integer, nullable=False),
    Column("state", EnumText(SessionState), nullable=False),
    Column("reason", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("delay", Integer, nullable=False),
    Column(
        "without_host", Boolean(create_constraint=False), nullable=False, server_default=false()
    ),
    Column("request", Text, unique=True),
    UniqueConstraint("community_id", "code"),
    # However often the upkeep runs, a slot of a series is made once.
    UniqueConstraint("series_id", "slot"),
    # The second guard behind the conditional update that takes a seat.
    CheckConstraint("taken >= 0 AND (capacity IS NULL OR taken <= capacity)", name="seats"),
    Index(None, "community_id", "starts"),
    Index(None, "host_id", "starts"),
    sqlite_autoincrement=True,
)

session_cohosts = Table(
    "session_cohosts",
    metadata,
    reference("session_id", "sessions.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True),
    Column("rank", Integer, nullable=False),
    Index(None, "member_id"),
)

seats = Table(
    "seats",
    metadata,
    reference("session_id", "sessions.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True),
    Column("state", EnumText(SeatState), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("about", Text, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Column("late", Boolean(create_constraint=False), nullable=False, server_default=false()),
    Column("marked", EnumText(Came)),
    Column("own", EnumText(Came)),
    Index(None, "session_id", "turn"),
    Index(None, "member_id"),
)

questions = Table(
    "questions",
    metadata,
    id_column(),
    reference("session_id", "sessions.id"),
    reference("author_id", "members.id"),
    Column("text", Text, nullable=False),
    Column("asked", UtcDateTime, nullable=False),
    # A moderator looks at it; off the roster meanwhile.
    Column("aside", Boolean(create_constraint=False), nullable=False, server_default=false()),
    Index(None, "session_id"),
    sqlite_autoincrement=True,
)

hours_rules = Table(
    "hours_rules",
    metadata,
    reference("community_id", "communities.id", primary_key=True),
    # None: as many as anybody likes.
    Column("seats_a_week", Integer),
    Column("board", Boolean(create_constraint=False), nullable=False, server_default=false()),
    Column("events", Boolean(create_constraint=False), nullable=False, server_default=false()),
)

session_steps = Table(
    "session_steps",
    metadata,
    id_column(),
    reference("session_id", "sessions.id"),
    reference("owner_id", "members.id"),
    Column("text", Text, nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("state", EnumText(StepState), nullable=False),
    Index(None, "owner_id"),
    sqlite_autoincrement=True,
)

thanks = Table(
    "thanks",
    metadata,
    id_column(),
    reference("session_id", "sessions.id"),
    reference("member_id", "members.id"),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("session_id", "member_id"),
    sqlite_autoincrement=True,
)

# Muted without being seen: no table says to a moderator whose row this is. A row for each question
# that led to it, so that a question tells nothing about others by the same author.
unseen_mutes = Table(
    "unseen_mutes",
    metadata,
    reference("community_id", "communities.id", primary_key=True),
    Column("source", EnumText(Source), primary_key=True),
    Column("ref", BigInteger, primary_key=True, autoincrement=False),
    reference("member_id", "members.id"),
    Column("until", UtcDateTime, nullable=False),
    Index(None, "community_id", "member_id"),
)

reveals = Table(
    "reveals",
    metadata,
    id_column(),
    reference("community_id", "communities.id"),
    Column("source", EnumText(Source), nullable=False),
    Column("ref", BigInteger, nullable=False),
    reference("asked_by", "members.id"),
    Column("asked_at", UtcDateTime, nullable=False),
    reference("agreed_by", "members.id", nullable=True),
    Index(None, "source", "ref"),
    sqlite_autoincrement=True,
)

queues = Table(
    "queues",
    metadata,
    reference("session_id", "sessions.id", primary_key=True),
    Column("state", EnumText(QueueState), nullable=False),
)

queue_turns = Table(
    "queue_turns",
    metadata,
    reference("session_id", "sessions.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True),
    Column("number", Integer, nullable=False),
    Column("question", Text, nullable=False),
    Column("state", EnumText(TurnState), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("called", UtcDateTime),
    Column("done", UtcDateTime),
)

# Of the secret address only a digest is kept: whoever reads the database cannot open a calendar.
calendar_feeds = Table(
    "calendar_feeds",
    metadata,
    reference("community_id", "communities.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
)
