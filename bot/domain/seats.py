"""The line for a session: whose turn it is, how long an offer stands, what a freed seat becomes.

Pure rules over the seats of one session. A seat that is free is offered to the first in line, with
a deadline; in the last two hours it is open to whoever comes first. Knows no storage, no sentences
and no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.domain.office_hours import Seat, SeatState, Session
from bot.domain.people import MemberId
from bot.domain.wall_clock import wall_at

ANSWER = timedelta(hours=12)
"""How long an offer stands."""
LAST_HOURS = timedelta(hours=2)
"""Before the start: from here on nothing is offered, and whoever comes first has a free seat."""
ROOM = timedelta(hours=2)
"""The least time for an answer by day; an offer that would leave less is told at once."""
LATE = timedelta(hours=12)
"""Giving a seat back later than this before the start is noted as late, for host and person."""
SEATS_A_WEEK = 3
"""How many seats one person may have in a calendar week, unless moderators say otherwise."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What moderators decided about office hours. `seats_a_week`: for one person; None for any
    number. `board`: a list of what comes stands in the channel for office hours. `events`: sessions
    for everybody stand among the platform's own events.
    """

    seats_a_week: int | None = SEATS_A_WEEK
    board: bool = False
    events: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """When a seat is offered to somebody, and until when it is kept for them."""

    told: datetime
    until: datetime


def first_come(starts: datetime, now: datetime) -> bool:
    """Whether free seats are for whoever comes first."""
    return now >= starts - LAST_HOURS


def offer(starts: datetime, now: datetime, awake: datetime) -> Offer | None:
    """An offer made now to somebody whose next waking hour is `awake`; None in the last hours.

    At night it waits for the morning and its time runs from there, unless too little would be left
    of it then.
    """
    end = starts - LAST_HOURS
    if now >= end:
        return None
    told = awake if now < awake <= end - ROOM else now
    return Offer(told, min(told + ANSWER, end))


def line(seats: Iterable[Seat], missed: frozenset[MemberId]) -> tuple[Seat, ...]:
    """Those who wait, in order: first who had no seat in the session before, then by turn."""
    waiting = (seat for seat in seats if seat.state is SeatState.WAITING)
    return tuple(sorted(waiting, key=lambda seat: (seat.member not in missed, seat.turn)))


def position(seats: Iterable[Seat], missed: frozenset[MemberId], member: MemberId) -> int | None:
    """A member's place in the line, counted from 1; None if they do not wait."""
    order = [seat.member for seat in line(seats, missed)]
    return order.index(member) + 1 if member in order else None


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of the seats of a session after something happened to them.

    `changed` are seats in their new state; `offers` says when each newly offered one is told.
    `taken` counts seats held or kept. `tell`: those in line who hear that a seat is free for
    whoever comes first.
    """

    changed: tuple[Seat, ...]
    offers: Mapping[MemberId, Offer]
    taken: int
    tell: tuple[Seat, ...]

    @property
    def lapsed(self) -> tuple[Seat, ...]:
        """Those whose offer ran out."""
        return tuple(seat for seat in self.changed if seat.state is SeatState.LAPSED)


def settle(
    session: Session,
    seats: Iterable[Seat],
    missed: frozenset[MemberId],
    now: datetime,
    awake: Callable[[MemberId], datetime],
    *,
    before: Session | None = None,
    may: Callable[[MemberId], bool] | None = None,
) -> Settled:
    """Lets what ran out lapse and offers what is free. `taken` is what was counted before.

    `before`: the session as it was, where its plan was changed. `may`: whom a seat can be offered
    to at present; the others keep their place. Asked a second time at the same moment it changes
    nothing.
    """
    seats = tuple(seats)
    changed: dict[MemberId, Seat] = {}
    for seat in seats:
        if seat.state is SeatState.OFFERED and (seat.until is None or seat.until <= now):
            changed[seat.member] = replace(seat, state=SeatState.LAPSED, until=None)
    kept = sum(
        seat.state in (SeatState.HELD, SeatState.OFFERED)
        for seat in seats
        if seat.member not in changed
    )
    waiting = line(seats, missed)
    capacity = session.plan.capacity
    if capacity is None or session.called_off or now >= session.starts:
        return Settled(tuple(changed.values()), {}, kept, ())
    free = max(0, capacity - kept)
    if first_come(session.starts, now):
        was = before or session
        was_free = max(0, (was.plan.capacity or 0) - was.taken)
        return Settled(tuple(changed.values()), {}, kept, waiting if free > was_free else ())
    offers: dict[MemberId, Offer] = {}
    able = (seat for seat in waiting if may is None or may(seat.member))
    for seat in islice(able, free):
        made = offer(session.starts, now, awake(seat.member))
        if made is None:
            break
        offers[seat.member] = made
        changed[seat.member] = replace(seat, state=SeatState.OFFERED, until=made.until)
    return Settled(tuple(changed.values()), offers, kept + len(offers), ())


def week_of(at: datetime, zone: ZoneInfo) -> tuple[int, int]:
    """The calendar week (ISO year and week) of an instant where somebody lives."""
    year, week, _day = wall_at(at, zone).isocalendar()
    return year, week


def overlap(one: Session, other: Session) -> bool:
    """Whether somebody in both would have to be in two places at once."""
    return one.id != other.id and one.starts < other.ends and other.starts < one.ends


def given_back_late(session: Session, seat: Seat, now: datetime) -> bool:
    """Whether a seat given back now comes late for others; where people drop in it never does.

    It does not where it could not be earlier: the seat came, or its host changed the session, when
    it was late already. What was late once stays so until the session is moved.
    """
    if seat.state is not SeatState.HELD or seat.late:
        return seat.late
    late_from = session.starts - LATE
    changed = session.revision > 0 and session.changed > late_from
    return not session.drop_in and seat.since <= late_from < now and not changed
