"""A structured introduction from a trainee to a mentor, and what may become of it."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NewType

from bot.domain.listings import ListingId
from bot.domain.people import CommunityId, MemberId
from bot.domain.taxonomy import Format

RequestId = NewType("RequestId", int)

COOLING = timedelta(days=90)
"""No second request to the same mentor within this time of the last one's end."""
TAKEN_BACK, TAKEN_BACK_TWICE = timedelta(days=7), 2
"""Whoever took back so many requests to one mentor within this time waits until it is over: what
is sent and taken back is two messages to a mentor each time."""
HASTE = timedelta(weeks=8)
"""A date further away than this hurries nobody: such a request is open as long as any other."""
LOOKS_A_DAY = 60
"""Pages of cards a person may turn in a day: plenty to choose, too few to harvest."""

LASTS: dict[Format, timedelta] = {
    Format.QUESTION: timedelta(weeks=4),
    Format.TALK: timedelta(weeks=6),
    Format.VISIT: timedelta(weeks=12),
    Format.PROJECT: timedelta(weeks=16),
    Format.ONGOING: timedelta(weeks=26),
    Format.OTHER: timedelta(weeks=6),
}
"""The time box of a pair, after which both are asked whether to renew it."""


class RequestState(enum.Enum):
    """How far a request is."""

    OPEN = "open"
    ASKED = "asked"
    """The mentor asked a question; the trainee has the turn."""
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    UNREACHED = "unreached"
    RELEASED = "released"
    """Let go by the trainee after another mentor accepted."""
    SPOKEN = "spoken"
    """The two spoke elsewhere, as one of them said."""

    @property
    def pending(self) -> bool:
        """Whether it waits for somebody and counts towards the cap."""
        return self in (RequestState.OPEN, RequestState.ASKED)


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a trainee writes: three to four sentences in all, and what they ask for."""

    who: str
    why: str
    ask: str
    form: Format
    times: str = ""
    hard_date: date | None = None
    domain: str = ""
    """The topic it is about, if the trainee said; several mentors, one for each domain."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it stands. `background`: it counts towards the mentor's own cap for those."""

    id: RequestId
    code: str
    community: CommunityId
    listing: ListingId
    mentor: MemberId
    trainee: MemberId
    text: Introduction
    state: RequestState
    opened: datetime
    background: bool = False
    question: str = ""
    answer: str = ""
    decided: datetime | None = None

    def other(self, member: MemberId) -> MemberId:
        """The other side. Raises ValueError if `member` is neither."""
        if member not in (self.mentor, self.trainee):
            raise ValueError("not one of the two")
        return self.trainee if member == self.mentor else self.mentor


def hurries(text: Introduction, now: datetime) -> bool:
    """Whether its date is so near that it is answered sooner."""
    return text.hard_date is not None and text.hard_date <= (now + HASTE).date()


_NO_COOLING = (
    RequestState.WITHDRAWN,
    RequestState.RELEASED,
    RequestState.UNREACHED,
    RequestState.SPOKEN,
)


def cooled(last: Request | None, now: datetime) -> datetime | None:
    """From when the same mentor may be asked again; None: now.

    Being let go by oneself, never having arrived, or a talk elsewhere needs no cooling.
    """
    if last is None or last.decided is None:
        return None
    if last.state in _NO_COOLING:
        return None
    again = last.decided + COOLING
    return again if now < again else None


def rested(taken_back: Iterable[datetime], now: datetime) -> datetime | None:
    """From when a mentor may be asked again by somebody who took requests to them back at these
    moments; None: now.
    """
    late = sorted((at for at in taken_back if now - at < TAKEN_BACK), reverse=True)
    return late[TAKEN_BACK_TWICE - 1] + TAKEN_BACK if len(late) >= TAKEN_BACK_TWICE else None


def hard_close(day: date, opened: datetime) -> datetime:
    """When a request with a hard date closes at the latest: in the last minute of that day, UTC.

    Not at midnight: that would be told as the day after the date that cannot move.
    """
    end = datetime(day.year, day.month, day.day, 23, 59, tzinfo=opened.tzinfo)
    return max(end, opened + timedelta(hours=12))
