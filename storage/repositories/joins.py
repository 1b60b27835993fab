"""Joining two places, in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, exists, select, update

from bot.domain.people import CommunityId, MemberId
from storage.dialects import insert_if_new, insert_or_change
from storage.models_guard import guard_passes, guarded_channels
from storage.models_mentors import mentor_listings
from storage.models_moderation import join_codes
from storage.models_people import (
    channels,
    code_counters,
    drafts,
    memberships,
    places,
    role_grants,
)


class JoinsTable:
    """Joining, as `bot.services.ports.Joins` asks for it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def give(self, community: CommunityId, digest: str, by: MemberId, expires: datetime) -> None:
        """A community's only code at present."""
        self._connection.execute(
            insert_or_change(
                *(self._connection, join_codes),
                *(("community_id",), ("digest", "by_id", "expires")),
            ),
            {"community_id": community, "digest": digest, "by_id": by, "expires": expires},
        )

    def whose(self, digest: str, now: datetime) -> CommunityId | None:
        """Who gave a code that is still worth something."""
        return self._connection.execute(
            select(join_codes.c.community_id).where(
                join_codes.c.digest == digest, join_codes.c.expires > now
            )
        ).scalar_one_or_none()

    def use(self, digest: str) -> MemberId | None:
        """Take a code; who gave it, or None if somebody else was faster."""
        by = self._connection.execute(
            delete(join_codes).where(join_codes.c.digest == digest).returning(join_codes.c.by_id)
        ).scalar_one_or_none()
        return None if by is None else MemberId(by)

    def in_use(self, community: CommunityId) -> bool:
        """Whether anything was ever begun there: a code given, or a listing published."""
        begun = (
            select(code_counters.c.community_id).where(
                code_counters.c.community_id == community, code_counters.c.given > 0
            ),
            select(mentor_listings.c.id).where(mentor_listings.c.community_id == community),
        )
        return any(self._connection.execute(select(exists(each))).scalar_one() for each in begun)

    def merge(self, gone: CommunityId, stays: CommunityId, now: datetime) -> int:
        """Places, their channels as they are looked through, and members; how many members."""
        came = self._connection.execute(
            select(memberships.c.member_id, memberships.c.joined_at).where(
                memberships.c.community_id == gone, memberships.c.left_at.is_(None)
            )
        ).all()
        for member, since in came:
            row = {"member_id": member, "community_id": stays, "joined_at": since, "left_at": None}
            new = insert_if_new(self._connection, memberships, "member_id", "community_id")
            self._connection.execute(new, row)
        # Rights named there are named again here: who is a host follows from both places together.
        for table in (memberships, role_grants, drafts):
            self._connection.execute(delete(table).where(table.c.community_id == gone))
        for table in (places, channels, guarded_channels, guard_passes):
            self._connection.execute(
                update(table).where(table.c.community_id == gone).values(community_id=stays)
            )
        return len(came)
