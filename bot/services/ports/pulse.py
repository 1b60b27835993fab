"""What the pulse of a community needs from storage: counts alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from bot.domain.people import CommunityId, MemberId


class Figures(Protocol):
    """Counts of a community."""

    def seats(
        self, community: CommunityId, since: datetime, until: datetime
    ) -> Iterable[tuple[datetime, int, int]]:
        """Start, seats and seats taken of each session that is held and has a number of seats."""
        ...

    def waits(self, community: CommunityId, now: datetime) -> int:
        """How many are on waitlists of sessions to come."""
        ...

    def answers(
        self, community: CommunityId, since: datetime
    ) -> Iterable[tuple[datetime, datetime]]:
        """When requests to mentors were made and answered, those answered since."""
        ...

    def asked(
        self, community: CommunityId, since: datetime
    ) -> Iterable[tuple[datetime, MemberId, bool]]:
        """Requests to mentors since then: when, who asked, and whether they ever had a mentor."""
        ...

    def last_words(self, community: CommunityId, since: datetime) -> Iterable[datetime]:
        """When matters came to their last word."""
        ...

    def lost(self, community: CommunityId, since: datetime) -> Iterable[datetime]:
        """When messages turned out to reach nobody."""
        ...

    def mentors(self, community: CommunityId, now: datetime) -> tuple[int, int, int]:
        """Mentors with room, full ones, and those who paused."""
        ...

    def unmatched(self, community: CommunityId, since: datetime) -> int:
        """Who asked a mentor since then, and never had one."""
        ...

    def undeliverable(self, community: CommunityId, since: datetime) -> int:
        """Messages that reached nobody."""
        ...
