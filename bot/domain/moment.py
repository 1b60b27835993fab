"""A moment as a person meant it: the instant, and the wall clock they read it from.

A wall time that is missing one night, or happens twice, is read in one of two ways; the other one
is `other_reading`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.wall_clock import Doubled, Gap, Once, resolve_wall, wall_at


@dataclass(frozen=True, slots=True)
class Moment:
    """`at` is the instant in UTC; `wall` the naive local time that was meant in `zone`. In the hour
    that clocks jump over it is what was typed, and no clock shows it."""

    at: datetime
    zone: ZoneInfo
    wall: datetime


def other_reading(moment: Moment) -> Moment | None:
    """What the same wall time could mean as well; None on all but two nights a year."""
    match resolve_wall(moment.wall, moment.zone):
        case Once():
            return None
        case Doubled(first, second):
            other = first if moment.at == second else second
            return Moment(other, moment.zone, moment.wall)
        case Gap(resumes, length):
            later = moment.wall + length
            at = resumes + (later - wall_at(resumes, moment.zone))
            return None if at == moment.at else Moment(at, moment.zone, later)


def as_typed(resumes: datetime, later: datetime, zone: ZoneInfo) -> Moment:
    """A wall time in the hour that clocks jump over, read as the moment when they resume; `later`
    is as long after that as was typed."""
    before = (resumes - timedelta(seconds=1)).astimezone(zone).utcoffset() or timedelta()
    return Moment(resumes, zone, (later + before).replace(tzinfo=None))
