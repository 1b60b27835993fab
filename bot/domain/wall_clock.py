"""What a clock on the wall of some zone means in UTC, on every night of the year.

Twice a year a wall time can be missing (clocks jump over it) or happen twice (clocks are set
back). Both are answers of their own here, so nobody picks one by accident. Knows nothing about
what people typed or about series.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Once:
    """The usual case: the wall time happens exactly once, at this UTC instant."""

    at: datetime


@dataclass(frozen=True)
class Gap:
    """The wall time does not exist that night.

    `resumes` is the first valid instant after the gap (UTC), `length` how far the clocks jump.
    """

    resumes: datetime
    length: timedelta


@dataclass(frozen=True)
class Doubled:
    """The wall time happens twice; both instants in UTC, in order."""

    first: datetime
    second: datetime


def resolve_wall(wall: datetime, zone: ZoneInfo) -> Once | Gap | Doubled:
    """The UTC instant or instants of a naive wall time in `zone`.

    Follows PEP 495: `fold` picks the offset before (0) or after (1) a transition; in a gap the
    reading with the offset before lies after it. Raises ValueError for an aware `wall`.
    """
    if wall.tzinfo is not None:
        raise ValueError("a wall time is naive; its zone is the other argument")
    early = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    late = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if early == late:
        return Once(early)
    if early < late:
        return Doubled(early, late)
    return Gap(_transition(late, early, zone), early - late)


def wall_at(at: datetime, zone: ZoneInfo) -> datetime:
    """What the wall clock of `zone` shows at an instant, as a naive datetime.

    Raises ValueError for a naive `at`.
    """
    if at.tzinfo is None:
        raise ValueError("an instant carries its offset")
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def _transition(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first UTC instant from `before` on, and not after `after`, with the offset of `after`.

    Clocks change on whole seconds, so the search is over those.
    """
    new = after.astimezone(zone).utcoffset()
    low = before.replace(microsecond=0)
    if low.astimezone(zone).utcoffset() == new:
        return low
    seconds = -((low - after) // _SECOND)
    found = bisect_left(
        range(seconds),
        True,
        key=lambda second: (low + second * _SECOND).astimezone(zone).utcoffset() == new,
    )
    return low + found * _SECOND
