"""The people of the simulation: what is true about them, whatever the bot believes.

Their hours are worked out here a second time, in the plainest way, so that the rules do not trust
the code they judge.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from bot.domain.people import Account, MemberId


class Temper(Enum):
    """How somebody answers: the chance of an answer, and within how many hours."""

    PROMPT = (0.95, 12)
    LATE = (0.8, 24 * 9)
    WOBBLY = (0.5, 24 * 5)
    SILENT = (0.06, 24 * 20)


@dataclass
class Person:
    """Somebody. `shut`: their messages are closed; `gone`: left, for good if `erased`."""

    name: str
    account: Account
    member: MemberId
    zone: ZoneInfo
    temper: Temper
    mentor: bool
    shut: bool = False
    gone: bool = False
    erased: bool = False
    away: list[tuple[date, date]] = field(default_factory=list[tuple[date, date]])
    paused: list[tuple[datetime, datetime]] = field(default_factory=list[tuple[datetime, datetime]])
    trouble: list[datetime] = field(default_factory=list[datetime])
    """When something was in the way: closed messages, absence, a pause."""

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def may_hear(self, at: datetime) -> bool:
        """Whether an unrequested message is in order: 08:00 to 20:00, Monday to Friday, here."""
        local = at.astimezone(self.zone)
        if local.weekday() > 4 or not 8 <= local.hour < 20:
            return False
        if any(first <= local.date() <= last for first, last in self.away):
            return False
        return not any(first <= at < last for first, last in self.paused)

    def excused(self, since: datetime, until: datetime) -> bool:
        """Whether something was in the way between two moments, or close to it."""
        margin = timedelta(days=8)
        return any(since - margin <= at <= until + margin for at in self.trouble)
