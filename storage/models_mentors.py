"""Tables of the mentor directory: listings, who looks, requests, pairs with an end, rounds."""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    event,
    false,
)

from bot.domain.listings import Purpose, State
from bot.domain.requests import RequestState
from bot.domain.rounds import RoundState
from bot.domain.taxonomy import Format
from storage.models_base import id_column, metadata, reference
from storage.types import EnumText, Id, Json, UtcDateTime

mentor_listings = Table(
    "mentor_listings",
    metadata,
    id_column(),
    reference("community_id", "communities.id"),
    reference("member_id", "members.id"),
    # What the search reads comes first and is short. `step`: load in fifths; `lot`: decides between
    # equals; `open_from`: since when, or from when, there is room.
    Column("step", Integer, nullable=False),
    Column("lot", Integer, nullable=False),
    Column("open_from", UtcDateTime),
    Column("firsts_week", Date),
    Column("firsts", Integer, nullable=False),
    Column("state", EnumText(State), nullable=False),
    Column("look_at", UtcDateTime),
    Column("published", UtcDateTime, nullable=False),
    Column("confirmed", UtcDateTime, nullable=False),
    Column("paused_until", UtcDateTime),
    reference("verified_by_id", "members.id", nullable=True),
    Column("verified_at", UtcDateTime),
    Column("verified_how", Text, nullable=False),
    Column("expired", Integer, nullable=False),
    Column("ongoing", Integer, nullable=False),
    Column("month", Date, nullable=False),
    Column("talks", Integer, nullable=False),
    Column("week", Date, nullable=False),
    Column("requests", Integer, nullable=False),
    Column("background", Integer, nullable=False),
    Column("offer", Json, nullable=False),
    Column("words", Text, nullable=False),
    UniqueConstraint("community_id", "member_id"),
    Index("ix_mentor_listings_order", "community_id", "step", "lot"),
    Index("ix_mentor_listings_room", "community_id", "open_from"),
    Index("ix_mentor_listings_look_at", "look_at"),
    sqlite_autoincrement=True,
)

# The words of each listing, for the full-text index of either engine. The name of everything that
# belongs to it begins with `mentor_words`. Its rows follow those of the table by themselves.
SEARCH_SQLITE = (
    "CREATE VIRTUAL TABLE mentor_words USING fts5(words, content='mentor_listings',"
    " content_rowid='id', detail='none', columnsize=0,"
    " tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\", prefix='3')",
    "CREATE TRIGGER mentor_words_added AFTER INSERT ON mentor_listings BEGIN"
    " INSERT INTO mentor_words(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER mentor_words_gone AFTER DELETE ON mentor_listings BEGIN"
    " INSERT INTO mentor_words(mentor_words, rowid, words) VALUES ('delete', old.id, old.words);"
    " END",
    "CREATE TRIGGER mentor_words_changed AFTER UPDATE OF words ON mentor_listings"
    " WHEN old.words <> new.words BEGIN"
    " INSERT INTO mentor_words(mentor_words, rowid, words) VALUES ('delete', old.id, old.words);"
    " INSERT INTO mentor_words(rowid, words) VALUES (new.id, new.words); END",
)
SEARCH_POSTGRESQL = (
    "CREATE INDEX mentor_words ON mentor_listings USING gin"
    # Listings change seldom and are looked for often: no list of what waits to be sorted in, which
    # every search would read from end to end.
    " (array_to_tsvector(string_to_array(words, ' '))) WITH (fastupdate = off)",
)
for _statement in SEARCH_SQLITE:
    event.listen(mentor_listings, "after_create", DDL(_statement).execute_if(dialect="sqlite"))
for _statement in SEARCH_POSTGRESQL:
    event.listen(mentor_listings, "after_create", DDL(_statement).execute_if(dialect="postgresql"))
event.listen(
    mentor_listings,
    "before_drop",
    DDL("DROP TABLE IF EXISTS mentor_words").execute_if(dialect="sqlite"),
)

mentor_consents = Table(
    "mentor_consents",
    metadata,
    id_column(),
    Column("listing_id", Id, ForeignKey("mentor_listings.id"), nullable=False),
    Column("purpose", EnumText(Purpose), nullable=False),
    Column("given", UtcDateTime, nullable=False),
    Column("withdrawn", UtcDateTime),
    Index("ix_mentor_consents_listing", "listing_id"),
    sqlite_autoincrement=True,
)

mentor_firsts = Table(
    "mentor_firsts",
    metadata,
    Column("listing_id", Id, ForeignKey("mentor_listings.id"), primary_key=True),
    Column("week", Date, primary_key=True),
    reference("viewer_id", "members.id", primary_key=True),
)

mentor_looks = Table(
    "mentor_looks",
    metadata,
    reference("community_id", "communities.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True),
    Column("day", Date, nullable=False),
    Column("pages", Integer, nullable=False),
)

seekers = Table(
    "seekers",
    metadata,
    reference("community_id", "communities.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("stage", Text, nullable=False),
    Column("home_programme", Boolean(create_constraint=False)),
    Column("region", Text, nullable=False),
    Column("languages", Json, nullable=False),
    Column("topics", Json, nullable=False),
    Column("programmes", Json, nullable=False),
    Column("backgrounds", Json, nullable=False),
    Column("background_consent", UtcDateTime),
    Column("matched", Boolean(create_constraint=False), nullable=False),
    Column("unmatched", Integer, nullable=False),
    Column("left", Json, nullable=False),
)

mentor_requests = Table(
    "mentor_requests",
    metadata,
    id_column(),
    reference("community_id", "communities.id"),
    Column("code", Text, nullable=False),
    Column("listing_id", Id, ForeignKey("mentor_listings.id"), nullable=False),
    reference("mentor_id", "members.id"),
    reference("trainee_id", "members.id"),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("ask", Text, nullable=False),
    Column("form", EnumText(Format), nullable=False),
    Column("times", Text, nullable=False),
    Column("hard_date", Date),
    Column("domain", Text, nullable=False),
    Column("state", EnumText(RequestState), nullable=False),
    Column("opened", UtcDateTime, nullable=False),
    Column("background", Boolean(create_constraint=False), nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("decided", UtcDateTime),
    UniqueConstraint("community_id", "code"),
    Index("ix_mentor_requests_mentor", "mentor_id", "state"),
    Index("ix_mentor_requests_trainee", "trainee_id", "state"),
    sqlite_autoincrement=True,
)

mentor_bonds = Table(
    "mentor_bonds",
    metadata,
    Column("pair_id", Id, ForeignKey("pairs.id"), primary_key=True),
    Column("listing_id", Id, ForeignKey("mentor_listings.id"), nullable=False),
    Column("form", EnumText(Format), nullable=False),
    Column("domain", Text, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("asked", Boolean(create_constraint=False), nullable=False),
    Column("holds", Boolean(create_constraint=False), nullable=False),
    Column("renew_mentor", Boolean(create_constraint=False)),
    Column("renew_trainee", Boolean(create_constraint=False)),
    Index("ix_mentor_bonds_until", "until"),
    Index("ix_mentor_bonds_listing", "listing_id"),
)

blocks = Table(
    "blocks",
    metadata,
    reference("member_id", "members.id", primary_key=True),
    reference("blocked_id", "members.id", primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_blocks_blocked", "blocked_id"),
)

mentor_rules = Table(
    "mentor_rules",
    metadata,
    reference("community_id", "communities.id", primary_key=True),
    Column("verified_only", Boolean(create_constraint=False), nullable=False),
)

mentor_rounds = Table(
    "mentor_rounds",
    metadata,
    id_column(),
    reference("community_id", "communities.id"),
    Column("state", EnumText(RoundState), nullable=False),
    reference("opened_by_id", "members.id"),
    Column("opened", UtcDateTime, nullable=False),
    Column("draft", Json, nullable=False),
    Column("revision", Integer, nullable=False),
    Index("ix_mentor_rounds_community", "community_id"),
    sqlite_autoincrement=True,
)

mentor_round_people = Table(
    "mentor_round_people",
    metadata,
    Column("round_id", Id, ForeignKey("mentor_rounds.id"), primary_key=True),
    reference("member_id", "members.id", primary_key=True),
    Column("mentors", Boolean(create_constraint=False), primary_key=True),
    Column("ranked", Json, nullable=False),
    Column("tied", Boolean(create_constraint=False), nullable=False, server_default=false()),
)

mentor_apart = Table(
    "mentor_apart",
    metadata,
    reference("community_id", "communities.id", primary_key=True),
    reference("one_id", "members.id", primary_key=True),
    reference("other_id", "members.id", primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)
