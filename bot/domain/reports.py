"""Reports of conduct: what they are about, and who may read one."""

from __future__ import annotations

import enum
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.domain.people import CommunityId, MemberId

ReportId = NewType("ReportId", int)


class Category(enum.Enum):
    """What a report is about."""

    PRESSURE = "pressure"
    PATIENT_DATA = "patient_data"
    ADVICE = "advice"
    ADVERTISING = "advertising"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Report:
    """A report. `subject` is None if nobody knows who wrote the message at `link`, or was erased.

    `reporter` is never shown to a moderator; None after they were erased.
    """

    id: ReportId
    community: CommunityId
    code: str
    reporter: MemberId | None
    subject: MemberId | None
    category: Category
    link: str
    text: str
    at: datetime
    closed_at: datetime | None = None
    answer: str = ""

    @property
    def open(self) -> bool:
        """Whether it waits for a moderator."""
        return self.closed_at is None

    def seen_by(self, moderator: MemberId, involved: Collection[MemberId]) -> bool:
        """Whether a moderator may know of it. `involved`: the subject, and their open pairs."""
        return moderator != self.reporter and moderator not in involved
