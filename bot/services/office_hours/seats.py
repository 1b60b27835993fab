"""Taking a seat or a place in line, and giving it back.

Seats cannot be exceeded: the session is held first, so whatever is read after that stays as it is,
and a seat is taken by one conditional update.
The line has one order, by turn. For now whoever is first in it gets a freed seat at once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.office_hours import (
    Bar,
    Seat,
    SeatState,
    Session,
    barred,
    reminders,
)
from bot.domain.people import CommunityId, MemberId
from bot.services.office_hours import telling
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
    work: Work, now: datetime, actor: Actor, text: str, about: str = ""
) -> Joined | Waitlisted | Already | Refused:
    """A seat, or the last place in line when none is free."""
    session = find(work, now, actor, text, hold=True)
    if session is None:
        return Refused(Why.UNKNOWN)
    mine = work.office_hours.seat(session.id, actor.member)
    if (bar := barred(session, now)) in (Bar.CALLED_OFF, Bar.OVER):
        return Refused(_WHY[bar], session)
    if mine is not None and mine.state is not SeatState.LEFT:
        return _again(work, now, session, mine, about)
    if session.led_by(actor.member):
        return Refused(Why.OWN, session)
    if bar is not None:
        return Refused(_WHY[bar], session)
    turn = None if session.full else work.office_hours.take(session.id)
    if turn is not None:
        seat = Seat(session.id, actor.member, SeatState.HELD, turn, about, now)
        work.office_hours.put_seat(seat)
        telling.remind(work, session, [seat], now)
        session = replace(session, taken=session.taken + 1)
        return Joined(card_with(work, session, actor.member, seat), _times(session, now))
    turn, position = work.office_hours.line_up(session.id)
    seat = Seat(session.id, actor.member, SeatState.WAITING, turn, about, now)
    work.office_hours.put_seat(seat)
    return Waitlisted(card_with(work, session, actor.member, seat, position))


@each_statement_alone
def leave(work: Work, now: datetime, actor: Actor, text: str) -> Left | Refused:
    """Gives the seat or the place in line back; the next in line gets the seat."""
    session = find(work, now, actor, text, Among.ATTENDED, hold=True)
    if session is None:
        return Refused(Why.UNKNOWN)
    mine = work.office_hours.seat(session.id, actor.member)
    if mine is None or mine.state is SeatState.LEFT:
        return Refused(Why.NOT_IN, session)
    if session.called_off:
        return Refused(Why.CALLED_OFF, session)
    if now >= session.ends:
        return Refused(Why.OVER, session)
    session = _give_up(work, now, session, mine)
    held = mine.state is SeatState.HELD
    return Left(card_with(work, session, actor.member, None), held)


def leave_everything(work: Work, now: datetime, member: MemberId, community: CommunityId) -> None:
    """Somebody left the community: their seats and places in line are free again."""
    for each in work.office_hours.attending(member, community, now, _MOST_SEATS):
        session = work.office_hours.session(each.id, hold=True)
        mine = work.office_hours.seat(each.id, member)
        if session is not None and mine is not None and mine.state is not SeatState.LEFT:
            _give_up(work, now, session, mine)


def _give_up(work: Work, now: datetime, session: Session, mine: Seat) -> Session:
    work.office_hours.put_seat(
        Seat(session.id, mine.member, SeatState.LEFT, mine.turn, mine.about, now)
    )
    telling.forget(work, session, mine.member)
    return _pass_on(work, now, session) if mine.state is SeatState.HELD else session


def _pass_on(work: Work, now: datetime, session: Session) -> Session:
    """A seat was freed: it goes to the first in line, or becomes free for anybody."""
    first = work.office_hours.next_in_line(session.id) if now < session.starts else None
    if first is None:
        work.office_hours.give_back(session.id)
        return replace(session, taken=session.taken - 1)
    seat = Seat(session.id, first.member, SeatState.HELD, first.turn, first.about, now)
    work.office_hours.put_seat(seat)
    telling.seat_gained(work, session, seat, now)
    telling.remind(work, session, [seat], now)
    return session


def _again(work: Work, now: datetime, session: Session, mine: Seat, about: str) -> Already:
    noted = bool(about) and about != mine.about
    if noted:
        mine = replace(mine, about=about)
        work.office_hours.put_seat(mine)
    times = _times(session, now) if mine.state is SeatState.HELD else ()
    return Already(card_with(work, session, mine.member, mine), noted, times)


def _times(session: Session, now: datetime) -> tuple[datetime, ...]:
    return tuple(at for _ahead, at in reminders(session.starts, now))
