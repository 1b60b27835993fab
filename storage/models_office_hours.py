"""Tables of office hours: series, sessions, who has a seat, and what was asked."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    Table,
    Text,
    Time,
    UniqueConstraint,
)

from bot.domain.office_hours import ForWhom, Mode, SeatState, SessionState
from bot.domain.recurrence import Repeat
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
    Index(None, "session_id"),
    sqlite_autoincrement=True,
)
