"""Taking a seat or a place in line, answering an offer, and giving back what one has.

Seats cannot be exceeded: the session is held first, so whatever is read after that stays as it is,
and a seat is taken by one conditional update. What is free is offered to the line; see `offers`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.clock_shift import NOTICE
from bot.domain.live_queue import QueueState
from bot.domain.office_hours import (
    KEPT,
    Bar,
    Seat,
    SeatState,
    Session,
    barred,
    by_own_word,
    reminders,
)
from bot.domain.people import CommunityId, MemberId
from bot.domain.seats import given_back_late
from bot.services.office_hours import telling, turns
from bot.services.office_hours.apart import apart
from bot.services.office_hours.beside import clashes, week_is_full
from bot.services.office_hours.offers import offer_elsewhere, pass_on, place_of
from bot.services.office_hours.reminding import promise, shift_of
from bot.services.office_hours.results import (
    Actor,
    Already,
    Joined,
    Left,
    Refused,
    Waitlisted,
    Why,
)
from bot.services.office_hours.views import Among, card_with, find
from bot.services.ports import Work
from bot.services.ports.isolation import each_statement_alone

_MOST_SEATS = 200
_WHY = {Bar.CALLED_OFF: Why.CALLED_OFF, Bar.OVER: Why.OVER, Bar.CLOSED: Why.CLOSED}


@each_statement_alone
def join(
    work: Work,
    now: datetime,
    actor: Actor,
    text: str,
    about: str = "",
    as_meant: bool = False,
) -> Joined | Waitlisted | Already | Refused:
    """A seat (also the one that was offered), or the last place in line when none is free.

    `as_meant`: the person said that they are whom the session is for.
    """
    session = find(work, now, actor, text, hold=True)
    if session is None:
        return Refused(Why.UNKNOWN)
    mine = work.office_hours.seat(session.id, actor.member)
    bar = barred(session, now)
    if bar in (Bar.CALLED_OFF, Bar.OVER):
        return Refused(_WHY[bar], session)
    if mine is not None and mine.state is SeatState.OFFERED:
        if mine.until is None or mine.until <= now:
            session = pass_on(work, session, now)
            mine = work.office_hours.seat(session.id, actor.member) or mine
        if mine.state is SeatState.OFFERED:
            return _take(work, now, session, mine, about, mine.turn)
    waits = mine is not None and mine.state is SeatState.WAITING
    # Told to nobody: for these two it reads as a session that is full.
    silent = apart(work, session, actor.member)
    # Before the last hours a seat is free for somebody in line only whose week was full.
    closed = silent or session.full
    if mine is not None and (mine.state is SeatState.HELD or (waits and closed)):
        return _again(work, now, session, mine, about)
    if session.led_by(actor.member):
        return Refused(Why.OWN, session)
    if bar is not None and not waits and not _was_in_line(mine):
        return Refused(_WHY[bar], session)
    if mine is None and not as_meant and by_own_word(session.plan.for_whom):
        return Refused(Why.OWN_WORD, session)
    if silent and session.plan.capacity is None:
        return Refused(Why.CLOSED, session)
    if session.drop_in and work.queues.state(session.id) is QueueState.CLOSED:
        return Refused(Why.QUEUE_CLOSED, session)
    if not session.full and not silent:
        if week_is_full(work, now, session, actor.member):
            return _week_full(work, session)
        turn = work.office_hours.take(session.id)
        if turn is not None:
            session = replace(session, taken=session.taken + 1)
            seat = mine if waits else None
            about = about or (seat.about if seat else "")
            new = _new(session, actor.member, mine, turn, about, now)
            return _take(work, now, session, new, about, turn)
    turn, position = work.office_hours.line_up(session.id)
    seat = _new(session, actor.member, mine, turn, about, now)
    work.office_hours.put_seat(seat)
    telling.waits(work, session, seat)
    if session.series is not None and session.plan.fair:
        position = place_of(work, now, session, seat)
    return Waitlisted(card_with(work, now, session, actor.member, seat, position))


@each_statement_alone
def decline(work: Work, now: datetime, actor: Actor, text: str) -> Left | Refused:
    """`Not now`: the seat is offered to the next. An offer that ran out meanwhile is no matter."""
    session = find(work, now, actor, text, Among.ATTENDED, hold=True)
    if session is None:
        return Refused(Why.UNKNOWN)
    mine = work.office_hours.seat(session.id, actor.member)
    if session.called_off:
        return Refused(Why.CALLED_OFF, session)
    if mine is not None and mine.state is SeatState.HELD:
        return Refused(Why.HELD, session)
    if mine is not None and mine.takes_part:
        session = _give_up(work, now, session, mine)
        offer_elsewhere(work, now, session, mine.member)
    return Left(card_with(work, now, session, actor.member, None), held=False)


@each_statement_alone
def leave(work: Work, now: datetime, actor: Actor, text: str) -> Left | Refused:
    """Gives the seat or the place in line back; the next in line is offered the seat."""
    session = find(work, now, actor, text, Among.ATTENDED, hold=True)
    if session is None:
        return Refused(Why.UNKNOWN)
    mine = work.office_hours.seat(session.id, actor.member)
    if mine is None or not mine.takes_part:
        return Refused(Why.NOT_IN, session)
    if session.called_off:
        return Refused(Why.CALLED_OFF, session)
    if now >= session.ends:
        return Refused(Why.OVER, session)
    session = _give_up(work, now, session, mine)
    offer_elsewhere(work, now, session, mine.member)
    held = mine.state is SeatState.HELD
    return Left(card_with(work, now, session, actor.member, None), held)


def leave_everything(work: Work, now: datetime, member: MemberId, community: CommunityId) -> None:
    """Somebody left the community: their seats and places in line are free again."""
    for each in work.office_hours.attending(member, community, now, _MOST_SEATS):
        session = work.office_hours.session(each.id, hold=True)
        mine = work.office_hours.seat(each.id, member)
        if session is not None and mine is not None and mine.takes_part:
            _give_up(work, now, session, mine)


def _was_in_line(mine: Seat | None) -> bool:
    return mine is not None and mine.state is SeatState.LAPSED


def _new(
    session: Session, member: MemberId, before: Seat | None, turn: int, about: str, now: datetime
) -> Seat:
    """A new place in line. That a seat was given back late is not forgotten by coming back."""
    late = before is not None and before.late
    return Seat(session.id, member, SeatState.WAITING, turn, about, now, late=late)


def _take(
    work: Work, now: datetime, session: Session, mine: Seat, about: str, turn: int
) -> Joined | Refused:
    """The seat is theirs; it is counted already."""
    offered = mine.state is SeatState.OFFERED
    if offered and week_is_full(work, now, session, mine.member):
        return _week_full(work, session)
    seat = replace(
        mine, state=SeatState.HELD, turn=turn, about=about or mine.about, since=now, until=None
    )
    work.office_hours.put_seat(seat)
    telling.answered(work, session, mine.member)
    promise(work, session, [seat], now)
    card = card_with(work, now, session, mine.member, seat)
    soon = session.starts - NOTICE <= now
    return Joined(
        card,
        _times(session, now),
        clashes(work, now, session, mine.member),
        shift_of(work, session, mine.member) if soon else timedelta(),
    )


def _week_full(work: Work, session: Session) -> Refused:
    most = work.office_hours.rules(session.community).seats_a_week
    return Refused(Why.WEEK_FULL, session, most)


def let_go(
    work: Work, session: Session, mine: Seat, now: datetime, *, late: bool = False
) -> Session:
    """The seat or place in line ends, and nothing more is said about it; not offered to anybody
    yet.
    """
    left = replace(mine, state=SeatState.LEFT, since=now, until=None, late=late)
    work.office_hours.put_seat(left)
    telling.forget(work, session, mine.member)
    if session.drop_in:
        turns.end(work, now, session, mine.member)
    return session


def _give_up(work: Work, now: datetime, session: Session, mine: Seat) -> Session:
    session = let_go(work, session, mine, now, late=given_back_late(session, mine, now))
    return pass_on(work, session, now) if mine.state in KEPT else session


def _again(work: Work, now: datetime, session: Session, mine: Seat, about: str) -> Already:
    noted = bool(about) and about != mine.about
    if noted:
        mine = replace(mine, about=about)
        work.office_hours.put_seat(mine)
    times = _times(session, now) if mine.state is SeatState.HELD else ()
    return Already(card_with(work, now, session, mine.member, mine), noted, times)


def _times(session: Session, now: datetime) -> tuple[datetime, ...]:
    return tuple(at for _ahead, at in reminders(session.starts, now))
