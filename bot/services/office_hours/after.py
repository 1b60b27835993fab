"""After a session: who was there, a thank-you, and a next step that is followed.

Marks are between the host and the person: nobody else reads them, and the person's own word counts.
"""

from __future__ import annotations

import enum
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.after_session import SessionStep, SessionStepId, Thanks, ThanksId
from bot.domain.delivery import Delivery, NewDelivery
from bot.domain.follow_ups import Ending, NewFollowUp
from bot.domain.office_hours import (
    MARKED_FOR,
    Came,
    Seat,
    SeatState,
    Session,
    SessionId,
    may_manage,
)
from bot.domain.pairs import StepState
from bot.domain.people import MemberId
from bot.domain.policies import Matter
from bot.services.follow_ups.engine import hours_of, restart, settle, start, withdraw
from bot.services.office_hours.results import Actor, Marked, Refused, Why
from bot.services.office_hours.views import Among, find, roster_of, unmarked
from bot.services.ports import Work

_TIME_TO_MEND = timedelta(hours=1)
"""A wrong mark can be taken back this long before the person hears of it."""


class Kind(enum.StrEnum):
    """Deliveries after a session; `ref` is the session, or the thank-you."""

    ABSENT = "oh.absent"
    THANKS = "oh.thanks"


def subject_of(session: SessionId, member: MemberId) -> str:
    """What follows somebody after a session."""
    return f"after:{session}:{member}"


def begin(work: Work, now: datetime, row: Delivery) -> bool:
    """A session is over: a thank-you and one next step will be offered. Nothing is said now."""
    session = work.office_hours.session(SessionId(row.ref))
    mine = work.office_hours.seat(session.id, row.member) if session and row.member else None
    if session is None or mine is None or session.called_off:
        return False
    if now < session.ends:
        _at_its_end(work, session, row)
        return False
    turn = work.queues.turn(session.id, mine.member)
    stood_in_line = turn is not None and turn.called is None and mine.came is None
    if mine.state is SeatState.HELD and mine.came is not Came.ABSENT and not stood_in_line:
        _follow(work, now, session, mine.member)
    return False


def ask_host(work: Work, now: datetime, row: Delivery) -> bool:
    """A session is over: whether its host is asked who was there."""
    session = work.office_hours.session(SessionId(row.ref))
    if session is None or session.called_off or session.host != row.member:
        return False
    if now < session.ends:
        _at_its_end(work, session, row)
        return False
    return unmarked(work, session)


def _at_its_end(work: Work, session: Session, row: Delivery) -> None:
    """It was made longer, or begins later than planned."""
    key = f"{row.key}:{int(session.ends.timestamp())}"
    new = NewDelivery(
        row.kind, row.community, row.subject, key, session.ends, row.member, ref=row.ref
    )
    work.deliveries.schedule([new])


def mark(
    work: Work, now: datetime, actor: Actor, text: str, member: MemberId | None, came: Came
) -> Marked | Refused:
    """The host's mark for one person, or for everybody who has none."""
    session = find(work, now, actor, text, Among.LED, hold=True)
    if session is None:
        return Refused(Why.UNKNOWN)
    if not session.led_by(actor.member):
        return Refused(Why.NOT_YOURS, session)
    if session.called_off:
        return Refused(Why.CALLED_OFF, session)
    if now < session.starts or now > session.ends + MARKED_FOR:
        return Refused(Why.NOT_NOW_MARK, session)
    marked: list[MemberId] = []
    for seat in work.office_hours.seats(session.id):
        if seat.state is not SeatState.HELD:
            continue
        if seat.member == member or (member is None and seat.marked is None):
            _put(work, now, session, replace(seat, marked=came))
            marked.append(seat.member)
    people = work.people.several(marked)
    stands = roster_of(work, now, session, actor.member)
    return Marked(stands, tuple(people[one] for one in marked))


def own_word(
    work: Work, now: datetime, actor: Actor, id: SessionId, came: Came
) -> Session | Refused:
    """What somebody says themselves; it counts."""
    session = work.office_hours.session(id, hold=True)
    mine = work.office_hours.seat(id, actor.member)
    if session is None or session.community != actor.community:
        return Refused(Why.UNKNOWN)
    if mine is None or mine.state is not SeatState.HELD:
        return Refused(Why.NOT_IN, session)
    if now < session.starts or now > session.ends + MARKED_FOR:
        return Refused(Why.NOT_NOW_MARK, session)
    _put(work, now, session, replace(mine, own=came))
    return session


def thank(work: Work, now: datetime, actor: Actor, id: SessionId, text: str) -> Session | Refused:
    """A thank-you for the host, once; the session is answered by that."""
    session = work.office_hours.session(id)
    mine = work.office_hours.seat(id, actor.member)
    if session is None or session.community != actor.community:
        return Refused(Why.UNKNOWN)
    if mine is None or mine.state is not SeatState.HELD or now < session.starts:
        return Refused(Why.NOT_IN, session)
    settle(work, now, subject_of(id, actor.member), actor.member)
    thanks = work.after_sessions.thank(id, actor.member, text, now)
    if thanks is not None:
        due = hours_of(work, session.host, session.community).next_awake(now)
        row = NewDelivery(
            Kind.THANKS,
            session.community,
            f"thanks:{thanks.id}",
            f"{Kind.THANKS}:{thanks.id}",
            due,
            session.host,
            ref=thanks.id,
        )
        work.deliveries.schedule([row])
    return session


def let_be(work: Work, now: datetime, actor: Actor, id: SessionId) -> None:
    """Nothing to say, nothing to note: that is an answer too."""
    settle(work, now, subject_of(id, actor.member), actor.member)


def promise(
    work: Work, now: datetime, actor: Actor, id: SessionId, text: str, due: datetime
) -> SessionStep | Refused:
    """A next step with a date; it is brought to mind a day before and on that day."""
    session = work.office_hours.session(id)
    mine = work.office_hours.seat(id, actor.member)
    if session is None or session.community != actor.community:
        return Refused(Why.UNKNOWN)
    if mine is None or mine.state is not SeatState.HELD:
        return Refused(Why.NOT_IN, session)
    if due <= now:
        return Refused(Why.PAST, session)
    settle(work, now, subject_of(id, actor.member), actor.member)
    step = work.after_sessions.add_step(id, actor.member, text, due)
    new = NewFollowUp(
        session.community, Matter.SESSION_STEP, f"session_step:{step.id}", step.id, actor.member,
        date=due,
    )  # fmt: skip
    start(work, now, new)
    return step


def settle_step(
    work: Work, now: datetime, member: MemberId, id: SessionStepId, state: StepState
) -> SessionStep | None:
    """A step is done, or dropped."""
    step = work.after_sessions.step(id)
    if step is None or step.owner != member:
        return None
    settle(work, now, f"session_step:{id}", member)
    work.after_sessions.set_step(id, state, step.due)
    return replace(step, state=state)


def postpone_step(
    work: Work, now: datetime, member: MemberId, id: SessionStepId, due: datetime
) -> SessionStep | None:
    """A step gets a new date, also after it was left."""
    step = work.after_sessions.step(id)
    if step is None or step.owner != member:
        return None
    work.after_sessions.set_step(id, StepState.OPEN, due)
    for one in work.follow_ups.about(f"session_step:{id}", ended=True)[-1:]:
        restart(work, now, one, due)
    return replace(step, state=StepState.OPEN, due=due)


def absent(work: Work, id: SessionId, member: MemberId) -> Session | None:
    """The session, if the host noted that the member was not there and they said nothing yet."""
    session = work.office_hours.session(id)
    mine = work.office_hours.seat(id, member)
    if session is None or mine is None or mine.own is not None:
        return None
    return session if mine.marked is Came.ABSENT and mine.state is SeatState.HELD else None


def thanked(work: Work, row: Delivery) -> tuple[Thanks, Session] | None:
    """A thank-you and what it is for."""
    found = work.after_sessions.thanks(ThanksId(row.ref))
    session = work.office_hours.session(found.session) if found is not None else None
    return None if found is None or session is None else (found, session)


def may_read_marks(session: Session, actor: Actor) -> bool:
    """Marks are for those who lead it; moderators see the roster without them."""
    return may_manage(session, actor.member, frozenset())


def _put(work: Work, now: datetime, session: Session, seat: Seat) -> None:
    work.office_hours.put_seat(seat)
    about = f"absent:{session.id}"
    work.deliveries.cancel(about, member=seat.member)
    if seat.came is Came.ABSENT:
        withdraw(work, now, subject_of(session.id, seat.member))
        if seat.own is None:
            awake = hours_of(work, seat.member, session.community)
            row = NewDelivery(
                Kind.ABSENT,
                session.community,
                about,
                f"{Kind.ABSENT}:{session.id}:{seat.member}:{int(now.timestamp())}",
                awake.next_awake(now + _TIME_TO_MEND),
                seat.member,
                ref=session.id,
            )
            work.deliveries.schedule([row])
    elif now >= session.ends:
        _follow(work, now, session, seat.member)


def _follow(work: Work, now: datetime, session: Session, member: MemberId) -> None:
    subject = subject_of(session.id, member)
    known = work.follow_ups.about(subject, ended=True)
    if any(one.open for one in known) or any(one.ending is not Ending.WITHDRAWN for one in known):
        return
    start(
        work,
        now,
        NewFollowUp(session.community, Matter.AFTER_SESSION, subject, session.id, member),
    )
