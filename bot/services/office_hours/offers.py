"""Offering what is free: after each event, within its transaction, a session is brought up to date.

The session is held by the caller, so what is read here stays as it is. An offer that runs out is a
delivery row of its own: when it is due, `run_out` passes the seat on, and the row says so.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.delivery import Delivery, DeliveryState
from bot.domain.office_hours import Seat, SeatState, Session, SessionId
from bot.domain.people import MemberId
from bot.domain.seats import Offer, first_come, line, offer, settle
from bot.services.follow_ups.engine import hours_of
from bot.services.follow_ups.sending import admit_closing, missed_news
from bot.services.office_hours import telling
from bot.services.office_hours.apart import separated
from bot.services.office_hours.beside import week_is_full
from bot.services.ports import Work

_MOST = 200
_PROMPT = timedelta(hours=1)
"""An offer that comes at most so late keeps its deadline."""
_ON_THEIR_WAY = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.HELD)


def missed_last_time(work: Work, now: datetime, session: Session) -> frozenset[MemberId]:
    """Who had no seat last time, where the host lets them come first. Last time is the latest of
    the series that has begun; what lies ahead nobody has missed."""
    if session.series is None or not session.plan.fair:
        return frozenset()
    return work.office_hours.missed(session.series, session.starts, now)


def place_of(work: Work, now: datetime, session: Session, seat: Seat) -> int:
    """A place in the line, counted from 1."""
    missed = missed_last_time(work, now, session)
    if not missed:
        return work.office_hours.place_by_turn(seat)
    order = [one.member for one in line(work.office_hours.seats(session.id), missed)]
    return order.index(seat.member) + 1


def pass_on(
    work: Work,
    session: Session,
    now: datetime,
    before: Session | None = None,
    *,
    tell: bool = True,
) -> Session:
    """Let run out what ran out, offer what is free; the session as it stands then.

    `before`: the session as it was, where its plan was changed. `tell`: whether those in line hear
    that a seat is free for whoever comes first. Whose week is full is passed over and keeps their
    place.
    """

    def awake(member: MemberId) -> datetime:
        return hours_of(work, member, session.community).next_awake(now)

    def may(member: MemberId) -> bool:
        return not week_is_full(work, now, session, member, hold=False)

    seats = _still_to_come(work, session, now)
    missed = frozenset[MemberId]()
    if any(one.state is SeatState.WAITING for one in seats):
        missed = missed_last_time(work, now, session)
        apart = separated(work, session)
        waiting = SeatState.WAITING
        seats = tuple(one for one in seats if one.state is not waiting or one.member not in apart)
    settled = settle(session, seats, missed, now, awake, before=before, may=may)
    for seat in settled.changed:
        work.office_hours.put_seat(seat)
    offered = {seat.member: seat for seat in settled.changed}
    made = {member: (offered[member], offer) for member, offer in settled.offers.items()}
    if made:
        telling.offers(work, session, made)
    if settled.tell and tell:
        telling.free_for_all(work, session, settled.tell, now)
    if settled.taken != session.taken:
        work.office_hours.count(session.id, settled.taken)
        session = replace(session, taken=settled.taken)
    return session


def offer_anew(work: Work, session: Session, now: datetime) -> Session:
    """After its time was changed: what was offered is offered to the same person, with a new
    deadline. In the last hours it is for whoever comes first; the word of the new time says so."""
    made: dict[MemberId, tuple[Seat, Offer]] = {}
    for seat in work.office_hours.seats(session.id):
        if seat.state is SeatState.OFFERED:
            awake = hours_of(work, seat.member, session.community).next_awake(now)
            new = offer(session.starts, now, awake)
            kept = _kept(seat, new)
            work.office_hours.put_seat(kept)
            if new is not None:
                made[seat.member] = (kept, new)
    telling.offers(work, session, made)
    return pass_on(work, session, now, tell=False)


def offer_elsewhere(work: Work, now: datetime, session: Session, member: MemberId) -> None:
    """Somebody has one seat less: where they were passed over because their week was full, they are
    offered what is free."""
    if session.plan.capacity is None:
        return
    for each in work.office_hours.attending(member, session.community, now, _MOST):
        if each.id == session.id or each.free in (None, 0):
            continue
        seat = work.office_hours.seat(each.id, member)
        if seat is None or seat.state is not SeatState.WAITING:
            continue
        held = work.office_hours.session(each.id, hold=True)
        if held is not None:
            pass_on(work, held, now)


def _still_to_come(work: Work, session: Session, now: datetime) -> tuple[Seat, ...]:
    """The seats; an offer that its receiver has not got yet runs from now. Nobody's time is over
    before they heard of it."""
    seats = work.office_hours.seats(session.id)
    over = [
        seat
        for seat in seats
        if seat.state is SeatState.OFFERED and (seat.until is None or seat.until <= now)
    ]
    if not over:
        return seats
    how_far = work.deliveries.states(
        telling.Kind.OFFER, telling.offered(session), [seat.member for seat in over]
    )
    for seat in over:
        if how_far.get(seat.member) in _ON_THEIR_WAY:
            _put_off(work, session, seat, now)
    return work.office_hours.seats(session.id)


def _put_off(work: Work, session: Session, seat: Seat, now: datetime) -> Offer | None:
    """An offer that was not told in time gets a new deadline; None in the last hours, when the
    person is in line like everybody else."""
    awake = hours_of(work, seat.member, session.community).next_awake(now)
    new = offer(session.starts, now, awake)
    kept = _kept(seat, new)
    work.office_hours.put_seat(kept)
    if new is None:
        telling.answered(work, session, seat.member)
    else:
        telling.runs_out(work, session, kept, new)
    return new


def _kept(seat: Seat, new: Offer | None) -> Seat:
    if new is None:
        return replace(seat, state=SeatState.WAITING, until=None)
    return replace(seat, until=new.until)


def told_now(work: Work, now: datetime, row: Delivery) -> bool:
    """Whether an offer goes out now. One that comes late, after a trouble, has its time from now
    on; by night it waits for the morning."""
    session = work.office_hours.session(SessionId(row.ref), hold=True)
    mine = work.office_hours.seat(session.id, row.member) if session and row.member else None
    if session is None or session.called_off or mine is None or mine.until is None:
        return False
    awake = hours_of(work, mine.member, session.community).next_awake(now)
    fresh = offer(session.starts, now, awake)
    if fresh is not None and mine.until >= fresh.until - _PROMPT:
        return True
    new = _put_off(work, session, mine, now)
    if new is None:
        pass_on(work, session, now)
    elif new.told > now:
        telling.when_awake(work, row, new.told)
    return new is not None and new.told <= now


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
    offer_elsewhere(work, now, session, mine.member)
    awake = hours_of(work, row.member, session.community).next_awake(now)
    if first_come(session.starts, now) or awake <= now:
        return True
    telling.when_awake(work, row, awake)
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
