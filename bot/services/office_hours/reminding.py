"""What is promised to people who come or lead: reminders, and word of a clock that shifts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.clock_shift import shift
from bot.domain.office_hours import Seat, SeatState, Session
from bot.domain.people import MemberId
from bot.services.office_hours import telling
from bot.services.office_hours.beside import zone_of
from bot.services.ports import Work

_MOST = 200


def promise(work: Work, session: Session, seats: Iterable[Seat], now: datetime) -> None:
    """For people with these seats."""
    seats = tuple(seats)
    telling.remind(work, session, seats, now)
    _shifts(work, session, [(seat.member, seat.turn) for seat in seats], now)


def promise_hosts(work: Work, sessions: Iterable[Session], now: datetime) -> None:
    """For those who lead these sessions."""
    sessions = tuple(sessions)
    telling.remind_hosts(work, sessions, now)
    for session in sessions:
        # It keeps to the host's own wall.
        _shifts(work, session, [(one, 0) for one in session.plan.cohosts], now)


def moved_elsewhere(work: Work, now: datetime, member: MemberId) -> None:
    """Somebody lives by another clock from now on: of sessions that are later or earlier on that
    one they hear as well."""
    for community in work.people.communities(member):
        coming = work.office_hours.attending(member, community, now, _MOST)
        mine = work.office_hours.seats_of(member, [one.id for one in coming])
        for session in coming:
            if (seat := mine.get(session.id)) and seat.state is SeatState.HELD:
                _shifts(work, session, [(member, seat.turn)], now, at_once=True)
        for session in work.office_hours.led_by(member, community, now, _MOST):
            if member in session.plan.cohosts:
                _shifts(work, session, [(member, 0)], now, at_once=True)


def shift_of(work: Work, session: Session, member: MemberId) -> timedelta:
    """By how much a session is later on a member's own clock than the one before it."""
    series = work.office_hours.series(session.series) if session.series is not None else None
    if series is None or session.slot is None:
        return timedelta()
    return shift(series.rule, session.slot, session.starts, zone_of(work, session, member))


def _shifts(
    work: Work,
    session: Session,
    people: Iterable[tuple[MemberId, int]],
    now: datetime,
    *,
    at_once: bool = False,
) -> None:
    series = work.office_hours.series(session.series) if session.series is not None else None
    if series is not None:
        living = [(one, turn, zone_of(work, session, one)) for one, turn in people]
        telling.shifts(work, session, series.rule, living, now, at_once=at_once)
