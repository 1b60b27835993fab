"""How much a person hears unasked: one message a day and three a week, everything together.

What counts: reminders, last words, check-ins, suggestions, thank-you prompts, the digest. What does
not: receipts, reminders of something booked, seat offers, new requests within the person's own
intake, news that something they rely on changed or closed, duties of staff.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.hours import Hours

A_DAY = 1
A_WEEK = 3
LOOK_BACK = timedelta(days=9)
"""How far back what was sent can matter, whatever the zone."""


def allows(hours: Hours, now: datetime, sent: Iterable[datetime]) -> bool:
    """Whether one more may be sent now, after those at `sent`. Days are the person's own."""
    today = hours.day_of(now)
    days = [hours.day_of(at) for at in sent]
    # Later days count as well: a clock may have been set back.
    if sum(day >= today for day in days) >= A_DAY:
        return False
    return sum(day > today - timedelta(days=7) for day in days) < A_WEEK


def next_chance(hours: Hours, now: datetime, sent: Iterable[datetime]) -> datetime:
    """The first beginning of waking hours after `now` at which one more will be allowed."""
    before = tuple(sent)
    at = hours.next_morning(now)
    for _day in range(14):
        if allows(hours, at, before):
            break
        at = hours.next_morning(at)
    return at
