"""A session or a series kept on its host's wall clock: which days, and when that is in UTC.

The rule is stored as wall time and zone and expanded anew for each occurrence, so 18:00 in London
stays 18:00 in London on both sides of a clock change. Knows no storage and no sentences.
"""

import enum
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import assert_never
from zoneinfo import ZoneInfo

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule, weekdays

from bot.domain.wall_clock import Doubled, Gap, Once, resolve_wall

_FIFTH = 5
_LAST = -1


class Repeat(enum.Enum):
    """How often a series comes back.

    MONTHLY keeps the weekday and its place in the month: a series that begins on the second
    Thursday is held on every second Thursday. Beginning on a fifth one means the last one of each
    month, because most months have no fifth.
    """

    NONE = "none"
    WEEKLY = "weekly"
    TWO_WEEKLY = "two_weekly"
    MONTHLY = "monthly"


class Shift(enum.Enum):
    """What a clock change did to one occurrence."""

    NORMAL = "normal"
    MOVED_FORWARD = "moved_forward"
    """The wall time does not exist that night: held at the first moment that does."""
    DOUBLED = "doubled"
    """The wall time happens twice that night: held at the first of the two."""


@dataclass(frozen=True)
class Recurrence:
    """The rule of a series. `first_day` and `until` (included) are days where the host is; a rule
    without repeat is its first day alone, whatever `until` says.

    `wall` is naive, `zone` an IANA key. Raises ValueError when `wall` carries a zone.
    """

    first_day: date
    wall: time
    zone: str
    repeat: Repeat = Repeat.NONE
    until: date | None = None

    def __post_init__(self) -> None:
        if self.wall.tzinfo is not None:
            raise ValueError("the wall time of a series is naive; `zone` says where the wall is")


@dataclass(frozen=True)
class Occurrence:
    """One date of a series: the host's day, the UTC instant, and what a clock change did to it."""

    local_day: date
    at: datetime
    shift: Shift


def occurrences(rule: Recurrence, after: date, before: date) -> list[Occurrence]:
    """The occurrences whose host's day is in [after, before), in order.

    The same day gives the same occurrence whatever window is asked for. Raises
    zoneinfo.ZoneInfoNotFoundError for an unknown zone.
    """
    zone = ZoneInfo(rule.zone)
    return [_occurrence(day, rule.wall, zone) for day in _days(rule, after, before)]


def _days(rule: Recurrence, after: date, before: date) -> list[date]:
    found: list[date] = []
    for moment in _rrule(rule):  # from the first day on: this is what keeps two weeks in phase
        day = moment.date()
        if day >= before:
            break
        if day >= after:
            found.append(day)
    return found


def _rrule(rule: Recurrence) -> rrule:
    start = datetime.combine(rule.first_day, time())
    until = None if rule.until is None else datetime.combine(rule.until, time())
    match rule.repeat:
        case Repeat.NONE:
            return rrule(DAILY, dtstart=start, count=1)
        case Repeat.WEEKLY:
            return rrule(WEEKLY, dtstart=start, until=until)
        case Repeat.TWO_WEEKLY:
            return rrule(WEEKLY, interval=2, dtstart=start, until=until)
        case Repeat.MONTHLY:
            place = (rule.first_day.day - 1) // 7 + 1
            weekday = weekdays[rule.first_day.weekday()]
            nth = weekday(place if place < _FIFTH else _LAST)
            return rrule(MONTHLY, byweekday=nth, dtstart=start, until=until)
        case _:
            assert_never(rule.repeat)


def _occurrence(day: date, wall: time, zone: ZoneInfo) -> Occurrence:
    match resolve_wall(datetime.combine(day, wall), zone):
        case Once(at):
            return Occurrence(day, at, Shift.NORMAL)
        case Gap(resumes):
            return Occurrence(day, resumes, Shift.MOVED_FORWARD)
        case Doubled(first):
            return Occurrence(day, first, Shift.DOUBLED)
