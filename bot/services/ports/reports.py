"""What reports need from storage."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.people import CommunityId, MemberId
from bot.domain.reports import Category, Report, ReportId


class Reports(Protocol):
    """Reports of conduct."""

    def add(
        self,
        community: CommunityId,
        code: str,
        reporter: MemberId,
        subject: MemberId | None,
        category: Category,
        link: str,
        text: str,
        now: datetime,
    ) -> Report:
        """A new one."""
        ...

    def get(self, id: ReportId) -> Report | None:
        """By id."""
        ...

    def open(self, community: CommunityId, limit: int) -> tuple[Report, ...]:
        """Those that wait, the oldest first."""
        ...

    def close(self, id: ReportId, by: MemberId, now: datetime, answer: str) -> bool:
        """It was looked at; False if it was closed already."""
        ...

    def moderators(self, community: CommunityId) -> tuple[MemberId, ...]:
        """Who is known to moderate: named by hand, or on record for a change they made."""
        ...
