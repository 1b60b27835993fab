"""Offering what is free: after each event, within its transaction, a session is brought up to date.

The session is held by the caller, so what is read here stays as it is. An offer that runs out is a
delivery row of its own: when it is due, `run_out` passes the seat on, and the row says so.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.delivery import Delivery
from bot.domain.office_hours import Seat, SeatState, Session, SessionId
from bot.domain.people import MemberId
from bot.domain.seats import first_come, line, settle
from bot.services.follow_ups.engine import hours_of
from bot.services.follow_ups.sending import admit_closing, missed_news
from bot.services.office_hours import telling
from bot.services.office_hours.apart import separated
from bot.services.ports import Work


def missed_last_time(work: Work, session: Session) -> frozenset[MemberId]:
    """Who has no seat in the session before this one, where the host lets them come first."""
    if session.series is None or not session.plan.fair:
        return frozenset()
    return work.office_hours.missed(session.series, session.starts)


def place_of(work: Work, session: Session, seat: Seat) -> int:
    """A place in the line, counted from 1."""
    missed = missed_last_time(work, session)
    if not missed:
        return work.office_hours.place_by_turn(seat)
    order = [one.member for one in line(work.office_hours.seats(session.id), missed)]
    return order.index(seat.member) + 1


def pass_on(work: Work, session: Session, now: datetime) -> Session:
    """Let run out what ran out, offer what is free; the session as it stands then."""
    missed = missed_last_time(work, session)

    def awake(member: MemberId) -> datetime:
        return hours_of(work, member, session.community).next_awake(now)

    seats = work.office_hours.seats(session.id)
    if any(one.state is SeatState.WAITING for one in seats):
        apart = separated(work, session)
        waiting = SeatState.WAITING
        seats = tuple(one for one in seats if one.state is not waiting or one.member not in apart)
    settled = settle(session, seats, missed, now, awake)
    for seat in settled.changed:
        work.office_hours.put_seat(seat)
    offered = {seat.member: seat for seat in settled.changed}
    made = {member: (offered[member], offer) for member, offer in settled.offers.items()}
    if made:
        telling.offers(work, session, made)
    if settled.tell:
        telling.free_for_all(work, session, settled.tell, now)
    if settled.taken != session.taken:
        work.office_hours.count(session.id, settled.taken)
        session = replace(session, taken=settled.taken)
    return session


def offer_anew(work: Work, session: Session, now: datetime) -> Session:
    """After its time was changed: what was offered is offered with a new deadline."""
    for seat in work.office_hours.seats(session.id):
        if seat.state is SeatState.OFFERED:
            work.office_hours.put_seat(replace(seat, state=SeatState.WAITING, until=None))
    return pass_on(work, session, now)


def run_out(work: Work, now: datetime, row: Delivery) -> bool:
    """An offer's time is over: the seat goes to the next. Whether the person is told so now; by
    night they are told in the morning, unless the seat is for whoever comes first by then."""
    session = work.office_hours.session(SessionId(row.ref), hold=True)
    if session is None or row.member is None:
        return False
    pass_on(work, session, now)
    mine = work.office_hours.seat(session.id, row.member)
    if mine is None or mine.state is not SeatState.LAPSED:
        return False
    awake = hours_of(work, row.member, session.community).next_awake(now)
    if first_come(session.starts, now) or awake <= now:
        return True
    telling.in_the_morning(work, row, awake)
    return False


def in_vain(work: Work, now: datetime, row: Delivery) -> bool:
    """A session begins: whether somebody who still waits is told now that no seat came free."""
    session = work.office_hours.session(SessionId(row.ref))
    mine = work.office_hours.seat(session.id, row.member) if session and row.member else None
    if session is None or session.called_off:
        return False
    if mine is None or mine.state is not SeatState.WAITING:
        return False
    if now < session.starts:
        telling.at_its_start(work, session, row)
        return False
    return admit_closing(work, now, row)


def not_reached(work: Work, now: datetime, row: Delivery) -> None:
    """An offer could not be brought to somebody. That is no silence: the seat goes on at once, and
    as soon as something reaches them they hear of it and may keep a place at the end."""
    session = work.office_hours.session(SessionId(row.ref), hold=True)
    mine = work.office_hours.seat(session.id, row.member) if session and row.member else None
    if session is None or mine is None or mine.state is not SeatState.OFFERED:
        return
    work.deliveries.cancel(telling.offered(session), member=mine.member)
    work.office_hours.put_seat(replace(mine, state=SeatState.LAPSED, until=None))
    pass_on(work, session, now)
    missed_news(work, now, replace(row, kind=telling.Kind.LAPSED, key=f"{row.key}:later"))
