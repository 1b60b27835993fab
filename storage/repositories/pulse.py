"""Counts of a community, in the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, Select, func, select

from bot.domain.delivery import DeliveryState
from bot.domain.follow_ups import Step
from bot.domain.listings import State
from bot.domain.office_hours import SeatState, SessionState
from bot.domain.people import CommunityId, MemberId
from bot.domain.requests import RequestState
from storage.models_delivery import deliveries
from storage.models_follow_ups import follow_ups
from storage.models_mentors import mentor_listings, mentor_requests
from storage.models_office_hours import seats, sessions

_ANSWERED = (
    RequestState.ACCEPTED,
    RequestState.DECLINED,
    RequestState.RELEASED,
    RequestState.SPOKEN,
)


def _matched(community: CommunityId) -> Select[tuple[int]]:
    """Who has, or had, a mentor."""
    return select(mentor_requests.c.trainee_id).where(
        mentor_requests.c.community_id == community,
        mentor_requests.c.state == RequestState.ACCEPTED,
    )


class FiguresTable:
    """Counts, as `bot.services.ports.Figures` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def seats(
        self, community: CommunityId, since: datetime, until: datetime
    ) -> Iterable[tuple[datetime, int, int]]:
        """Start, seats and seats taken of each session that is held and has a number of seats."""
        found = self._connection.execute(
            select(sessions.c.starts, sessions.c.capacity, sessions.c.taken).where(
                sessions.c.community_id == community,
                sessions.c.starts >= since,
                sessions.c.starts < until,
                sessions.c.state == SessionState.PLANNED,
                sessions.c.capacity.is_not(None),
            )
        )
        return [(row[0], row[1], row[2]) for row in found]

    def waits(self, community: CommunityId, now: datetime) -> int:
        """How many are on waitlists of sessions to come."""
        return self._connection.execute(
            select(func.count())
            .select_from(seats.join(sessions, sessions.c.id == seats.c.session_id))
            .where(
                sessions.c.community_id == community,
                sessions.c.starts > now,
                sessions.c.state == SessionState.PLANNED,
                seats.c.state == SeatState.WAITING,
            )
        ).scalar_one()

    def answers(
        self, community: CommunityId, since: datetime
    ) -> Iterable[tuple[datetime, datetime]]:
        """When requests to mentors were made and answered, those answered since."""
        found = self._connection.execute(
            select(mentor_requests.c.opened, mentor_requests.c.decided).where(
                mentor_requests.c.community_id == community,
                mentor_requests.c.decided >= since,
                mentor_requests.c.state.in_(_ANSWERED),
            )
        )
        return [(row[0], row[1]) for row in found]

    def asked(
        self, community: CommunityId, since: datetime
    ) -> Iterable[tuple[datetime, MemberId, bool]]:
        """Requests to mentors since then: when, who asked, and whether they ever had a mentor."""
        found = self._connection.execute(
            select(
                mentor_requests.c.opened,
                mentor_requests.c.trainee_id,
                mentor_requests.c.trainee_id.in_(_matched(community)),
            )
            .where(mentor_requests.c.community_id == community, mentor_requests.c.opened >= since)
            .order_by(mentor_requests.c.opened)
        )
        return [(row[0], MemberId(row[1]), bool(row[2])) for row in found]

    def last_words(self, community: CommunityId, since: datetime) -> Iterable[datetime]:
        """When matters came to their last word."""
        found = self._connection.execute(
            select(follow_ups.c.said_at).where(
                follow_ups.c.community_id == community,
                follow_ups.c.said == Step.LAST,
                follow_ups.c.said_at >= since,
            )
        )
        return [row[0] for row in found]

    def lost(self, community: CommunityId, since: datetime) -> Iterable[datetime]:
        """When messages turned out to reach nobody."""
        found = self._connection.execute(
            select(deliveries.c.done_at).where(
                deliveries.c.community_id == community,
                deliveries.c.state == DeliveryState.UNDELIVERABLE,
                deliveries.c.done_at >= since,
            )
        )
        return [row[0] for row in found]

    def mentors(self, community: CommunityId, now: datetime) -> tuple[int, int, int]:
        """Mentors with room, full ones, and those who paused."""
        found = self._connection.execute(
            select(mentor_listings.c.state, mentor_listings.c.open_from).where(
                mentor_listings.c.community_id == community
            )
        )
        room = full = paused = 0
        for state, open_from in found:
            if state is State.PUBLISHED:
                has_room = open_from is not None and open_from <= now
                room, full = room + has_room, full + (not has_room)
            elif state is State.PAUSED:
                paused += 1
        return room, full, paused

    def unmatched(self, community: CommunityId, since: datetime) -> int:
        """Who asked a mentor since then, and never had one."""
        return self._connection.execute(
            select(func.count(mentor_requests.c.trainee_id.distinct())).where(
                mentor_requests.c.community_id == community,
                mentor_requests.c.opened >= since,
                mentor_requests.c.trainee_id.not_in(_matched(community)),
            )
        ).scalar_one()

    def undeliverable(self, community: CommunityId, since: datetime) -> int:
        """Messages that reached nobody."""
        return self._connection.execute(
            select(func.count()).where(
                deliveries.c.community_id == community,
                deliveries.c.state == DeliveryState.UNDELIVERABLE,
                deliveries.c.done_at >= since,
            )
        ).scalar_one()
