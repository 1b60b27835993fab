"""Two people want nothing to do with each other: neither keeps a seat where the other leads.

Silent in both directions. Whoever blocked has their seat given back as if they had left. Whoever
was blocked reads one neutral sentence; the seat goes to the next in line. A session that has begun
goes on as it is.
"""

from __future__ import annotations

from datetime import datetime

from bot.domain.delivery import NewDelivery
from bot.domain.office_hours import Seat, SeatState, Session
from bot.domain.people import MemberId
from bot.services.office_hours import telling
from bot.services.office_hours.apart import separated
from bot.services.office_hours.offers import pass_on
from bot.services.office_hours.seats import let_go
from bot.services.office_hours.telling import Kind
from bot.services.ports import Work

_MOST = 200
_KEPT = (SeatState.HELD, SeatState.OFFERED)


def part(work: Work, now: datetime, blocker: MemberId, other: MemberId) -> tuple[Session, ...]:
    """Seats of each in what the other leads end. Those of whoever blocks, to be told at once."""
    left: list[Session] = []
    homes = set(work.people.communities(blocker)) & set(work.people.communities(other))
    for home in sorted(homes):
        for member, leader in ((blocker, other), (other, blocker)):
            for each in work.office_hours.attending(member, home, now, _MOST):
                session = work.office_hours.session(each.id, hold=True)
                seat = work.office_hours.seat(each.id, member)
                if session is None or seat is None or seat.state not in _KEPT:
                    continue
                if session.starts <= now or not session.led_by(leader):
                    continue
                pass_on(work, let_go(work, session, seat, now), now)
                if member == blocker:
                    left.append(session)
                else:
                    _tell(work, now, session, seat)
    return tuple(left)


def part_from_leaders(work: Work, now: datetime, session: Session) -> Session:
    """Somebody leads it from now on whom a block separates from people with a seat."""
    apart = separated(work, session)
    for seat in work.office_hours.seats(session.id) if apart else ():
        if seat.member in apart and seat.state in _KEPT:
            session = pass_on(work, let_go(work, session, seat, now), now)
            _tell(work, now, session, seat)
    return session


def over_the_week(work: Work, now: datetime, session: Session, seat: Seat) -> None:
    """Two accounts turned out to be one person, who has more seats in a week than one may have."""
    pass_on(work, let_go(work, session, seat, now), now)
    _tell(work, now, session, seat, Kind.OVER_WEEK)


def _tell(
    work: Work, now: datetime, session: Session, seat: Seat, kind: Kind = Kind.NOT_KEPT
) -> None:
    key = f"{kind}:{session.id}:{seat.member}:{seat.turn}:{session.revision}"
    row = NewDelivery(
        kind=kind,
        community=session.community,
        subject=telling.news(session),
        key=key,
        due=now,
        member=seat.member,
        ref=session.id,
    )
    work.deliveries.schedule([row])
