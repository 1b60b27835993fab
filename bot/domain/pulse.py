"""How a community is doing, in counts: of seats, waits and answers, never of somebody.

Counts from 1 to 4 are hidden wherever they are shown: they would point at people.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.policies import Matter

FEW = 5
WEEKS = 8


class Answered(enum.Enum):
    """How long an answer to a request took, as a range."""

    A_DAY = "a_day"
    THREE_DAYS = "three_days"
    A_WEEK = "a_week"
    LONGER = "longer"


_WITHIN = (
    (timedelta(days=1), Answered.A_DAY),
    (timedelta(days=3), Answered.THREE_DAYS),
    (timedelta(days=7), Answered.A_WEEK),
)


class Trend(enum.Enum):
    """What is counted by week, each as two counts beside each other."""

    SEATS = "seats"
    """Seats offered, and filled, by the week of the session; next week's as well."""
    ANSWERS = "answers"
    """Requests answered within three days, and later, by the week of the answer."""
    MATCHES = "matches"
    """Who asked for a mentor, and has none so far, by the week of asking."""
    LEFT = "left"
    """Matters that came to their last word, and messages that reached nobody."""


SOON = timedelta(days=3)
"""What counts as answered soon, where answers are counted by week."""


@dataclass(frozen=True, slots=True)
class Week:
    """Two counts in a week that begins on `first`."""

    first: date
    one: int = 0
    other: int = 0


@dataclass(frozen=True, slots=True)
class Pulse:
    """Everything that moderators are shown. `this_week`: its Monday; `waits`: on waitlists now;
    `undeliverable`: messages of the last week; `unmatched`: who asked mentors in the last weeks and
    has none.
    """

    trends: Mapping[Trend, tuple[Week, ...]]
    this_week: date
    waits: int = 0
    answers: dict[Answered, int] = field(default_factory=dict[Answered, int])
    overdue: dict[Matter, int] = field(default_factory=dict[Matter, int])
    mentors_open: int = 0
    mentors_full: int = 0
    mentors_paused: int = 0
    unmatched: int = 0
    undeliverable: int = 0


def is_hidden(count: int) -> bool:
    """Whether a count is too small to be shown."""
    return 0 < count < FEW


def monday(day: date) -> date:
    """The first day of a week."""
    return day - timedelta(days=day.weekday())


def weeks_until(today: date, weeks: int = WEEKS) -> tuple[date, ...]:
    """The Mondays of the last weeks, the present one included, oldest first."""
    last = monday(today)
    return tuple(last - timedelta(weeks=back) for back in range(weeks - 1, -1, -1))


def ranges(times: Iterable[tuple[datetime, datetime]]) -> dict[Answered, int]:
    """How many answers fell into each range, from when they were asked and given."""
    found = dict.fromkeys(Answered, 0)
    for asked, given in times:
        took = given - asked
        within = next((one for most, one in _WITHIN if took <= most), Answered.LONGER)
        found[within] += 1
    return found


def typical(answers: Mapping[Answered, int], share: float, least: int) -> Answered | None:
    """The shortest range that holds this share of all answers; None with fewer than `least`."""
    total = sum(answers.values())
    if total < least:
        return None
    sofar = 0
    for one in Answered:
        sofar += answers.get(one, 0)
        if sofar >= share * total:
            return one
    return None
