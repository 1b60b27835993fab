"""What a clock change does to a series for somebody whose own clock is another one.

A series keeps to its host's wall. Where clocks change on another night, or never, it is earlier or
later there for a while; this says by how much. Knows no people and no sentences.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.recurrence import Recurrence, occurrences
from bot.domain.wall_clock import wall_at

_BACK = timedelta(days=70)
"""More than the longest step of a series."""
_DAY = timedelta(days=1)
NOTICE = timedelta(days=3)
"""How long before the start people hear of it."""


def shift(rule: Recurrence, slot: date, starts: datetime, zone: ZoneInfo) -> timedelta:
    """By how much a session is later (or, negative, earlier) in `zone` than the one before it.

    Nothing for the first one, and for one that was moved away from its slot.
    """
    found = occurrences(rule, slot - _BACK, slot + _DAY)
    if len(found) < 2 or found[-1].local_day != slot or found[-1].at != starts:
        return timedelta()
    apart = wall_at(starts, zone) - wall_at(found[-2].at, zone)
    return apart - _DAY * round(apart / _DAY)
