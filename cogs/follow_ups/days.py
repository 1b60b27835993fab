"""A day that somebody typed, as the moment by which something is done."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

_EVENING = time(18)


def evening(day: date, zone: ZoneInfo) -> datetime:
    """The evening of a day where somebody lives."""
    return datetime.combine(day, _EVENING, zone).astimezone(UTC)
