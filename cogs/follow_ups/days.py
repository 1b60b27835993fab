"""Days that somebody typed: as a moment by which something is done, as a period, as words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.hours import Span
from bot.ui.parts import Reply, Text
from bot.ui.words import Day, Listing, _

_EVENING = time(18)
LONGEST = timedelta(days=366)
_SHOWN = 6


def today(clock: Clock, zone: ZoneInfo) -> date:
    """The day it is where somebody lives."""
    return clock.now().astimezone(zone).date()


def evening(day: date, zone: ZoneInfo) -> datetime:
    """The evening of a day where somebody lives."""
    return datetime.combine(day, _EVENING, zone).astimezone(UTC)


def fits(today: date, first: date, last: date) -> bool:
    """Whether a period is one, is not over, and ends within a year."""
    return first <= last and last >= today and last - first <= LONGEST


def not_a_period() -> Reply:
    """It is none."""
    return Reply(
        (Text(_("From comes before until, the last day is not over, and it is a year at most.")),),
        correctable=True,
    )


def spans(found: tuple[Span, ...]) -> Listing:
    """Periods as they are read."""
    return Listing(
        tuple(
            _("{day}", day=Day(span.first))
            if span.first == span.last
            else _("{first} to {last}", first=Day(span.first), last=Day(span.last))
            for span in found[:_SHOWN]
        )
    )
