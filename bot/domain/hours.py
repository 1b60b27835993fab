"""When somebody may be addressed without having asked: their own waking hours.

Hours are wall times in the person's own zone, so they follow the clock changes. Days of absence
and holidays of a region are days of that zone. Knows nothing about what is to be said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.wall_clock import Doubled, Gap, Once, resolve_wall

FURTHEST = 400
"""Days looked ahead; whoever is away for longer hears nothing for so long."""
WEEKDAYS = frozenset(range(5))


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Hours:
    """A person's own hours.

    `days` are weekdays from Monday (0). `region` is `GB` or `US-MA`, empty for none. With `opens`
    after `closes` the hours run past midnight and belong to the day they began on.
    """

    zone: ZoneInfo
    opens: time = time(8)
    closes: time = time(20)
    days: frozenset[int] = WEEKDAYS
    off: tuple[Span, ...] = ()
    region: str = ""
    paused_until: datetime | None = None

    def awake(self, at: datetime) -> bool:
        """Whether an unrequested message may arrive at this instant."""
        if self.paused_until is not None and at < self.paused_until:
            return False
        return any(first <= at < last for first, last in self._windows(at, 0))

    def away(self, at: datetime) -> bool:
        """Whether this is a day off or within a pause; nights, weekends, holidays are neither."""
        if self.paused_until is not None and at < self.paused_until:
            return True
        return any(self.day_of(at) in span for span in self.off)

    def next_awake(self, at: datetime) -> datetime:
        """`at` itself, or the beginning of the next window."""
        start = at if self.paused_until is None else max(at, self.paused_until)
        for first, last in self._windows(start, FURTHEST):
            if start < last:
                return max(first, start)
        return start + timedelta(days=FURTHEST)

    def last_awake(self, at: datetime, since: datetime) -> datetime | None:
        """`at` itself, or the end of the last window before it that is not before `since`."""
        if self.awake(at):
            return at
        found: datetime | None = None
        days = (self.day_of(at) - self.day_of(since)).days
        for first, last in self._windows(since, min(max(days, 0), FURTHEST)):
            begins = max(first, since, self.paused_until or since)
            if begins < min(last, at):
                # An hour before its end: whoever is asked at the last minute has no time left.
                found = max(begins, min(last, at) - timedelta(hours=1))
        return found

    def next_morning(self, at: datetime) -> datetime:
        """The beginning of the first window that begins after `at`."""
        start = at if self.paused_until is None else max(at, self.paused_until)
        for first, _last in self._windows(start, FURTHEST):
            if first > at and first >= start:
                return first
        return start + timedelta(days=FURTHEST)

    def day_of(self, at: datetime) -> date:
        """The day it is for this person."""
        return at.astimezone(self.zone).date()

    def _windows(self, at: datetime, ahead: int) -> Iterator[tuple[datetime, datetime]]:
        day = self.day_of(at)
        overnight = self.closes <= self.opens
        for number in range(-1, ahead + 1):
            each = day + timedelta(days=number)
            if not self._works(each):
                continue
            until = each + timedelta(days=1) if overnight else each
            yield (
                _instant(datetime.combine(each, self.opens), self.zone),
                _instant(datetime.combine(until, self.closes), self.zone),
            )

    def _works(self, day: date) -> bool:
        if day.weekday() not in self.days or any(day in span for span in self.off):
            return False
        return not self.region or day not in holidays_of(self.region, day.year)


def _instant(wall: datetime, zone: ZoneInfo) -> datetime:
    match resolve_wall(wall, zone):
        case Once(at) | Gap(at) | Doubled(at):
            return at


@lru_cache(maxsize=256)
def holidays_of(region: str, year: int) -> frozenset[date]:
    """Public holidays of a country (`GB`) or a part of one (`US-MA`); none if it is unknown."""
    # A large package; whoever keeps no region never loads it.
    import holidays

    country, _dash, part = region.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=part or None, years=year)
    except NotImplementedError:
        return frozenset()
    return frozenset(found)


def is_region(region: str) -> bool:
    """Whether the holidays of this region are known."""
    return bool(holidays_of(region, 2027))
