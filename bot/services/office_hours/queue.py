"""The live queue of drop-in hours: lining up, taking the next, pausing, closing, the open floor.

The session is held first, so every press is one after the other; `Next` carries who was inside when
it was shown, so that a double click calls nobody twice. When the hours are over a delivery row for
everybody in line empties the queue.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.delivery import Delivery
from bot.domain.live_queue import (
    Estimate,
    QueueState,
    Turn,
    TurnState,
    estimate,
    in_line,
    inside,
    opens_at,
)
from bot.domain.office_hours import Session, SessionId
from bot.domain.people import MemberId, Someone
from bot.services.office_hours import seats, turns
from bot.services.office_hours.results import Actor, Card, Refused, Why
from bot.services.office_hours.turns import Kind, say, subject
from bot.services.office_hours.views import Among, card_of, find
from bot.services.ports import Work


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands: `turn` is None if they are not in the queue."""

    card: Card
    state: QueueState
    turn: Turn | None
    estimate: Estimate | None


@dataclass(frozen=True, slots=True)
class Desk:
    """What whoever leads it sees."""

    card: Card
    state: QueueState
    inside: tuple[tuple[Turn, Someone], ...]
    line: tuple[tuple[Turn, Someone], ...]

    @property
    def current(self) -> int:
        """The number of the last turn that was called; 0 for none."""
        return max((turn.number for turn, _who in self.inside), default=0)


def enter(
    work: Work, now: datetime, actor: Actor, text: str, question: str
) -> Place | Desk | Refused:
    """Line up with a question; whoever leads it gets their desk instead."""
    session = _found(work, now, actor, text, Among.ALL)
    if isinstance(session, Refused):
        return session
    if session.led_by(actor.member):
        return _desk(work, now, session, actor.member)
    state = work.queues.state(session.id)
    mine = work.queues.turn(session.id, actor.member)
    if mine is not None and mine.state in (TurnState.WAITING, TurnState.IN):
        if question and question != mine.question:
            work.queues.put(replace(mine, question=question))
        return _place(work, now, session, actor.member)
    if state is QueueState.CLOSED:
        return Refused(Why.QUEUE_CLOSED, session)
    joined = seats.join(work, now, actor, session.code, question)
    if isinstance(joined, Refused):
        return joined
    number = work.queues.next_number(session.id)
    state_now = TurnState.IN if state is QueueState.FLOOR else TurnState.WAITING
    called = now if state is QueueState.FLOOR else None
    turn = Turn(session.id, actor.member, number, question, state_now, now, called)
    work.queues.put(turn)
    say(work, Kind.END, session, [turn], session.ends)
    return _place(work, now, session, actor.member)


def leave(work: Work, now: datetime, actor: Actor, text: str) -> Place | Refused:
    """Out of the queue. Who came to it by lining up alone, and was not called yet, has no more to
    do with the hours; who had said before that they come is still expected."""
    session = _found(work, now, actor, text, Among.ATTENDED)
    if isinstance(session, Refused):
        return session
    mine = work.queues.turn(session.id, actor.member)
    turns.end(work, now, session, actor.member)
    if mine is not None and mine.state is TurnState.WAITING:
        seat = work.office_hours.seat(session.id, actor.member)
        if seat is not None and seat.since == mine.since:
            seats.leave(work, now, actor, session.code)
    return _place(work, now, session, actor.member)


def call_next(work: Work, now: datetime, actor: Actor, text: str, current: int) -> Desk | Refused:
    """The one inside is done, the first in line comes in, and the one after that is told."""
    session = _led(work, now, actor, text)
    if isinstance(session, Refused):
        return session
    known = work.queues.turns(session.id)
    if max((turn.number for turn in inside(known)), default=0) != current:
        return _desk(work, now, session, actor.member)
    for turn in inside(known):
        work.queues.put(replace(turn, state=TurnState.DONE, done=now))
        work.deliveries.cancel(subject(session), member=turn.member)
    line = in_line(known)
    if line:
        first = replace(line[0], state=TurnState.IN, called=now)
        work.queues.put(first)
        work.deliveries.cancel(subject(session, Kind.NEXT), member=first.member)
        say(work, Kind.TURN, session, [first], now)
        say(work, Kind.NEXT, session, line[1:2], now)
    if work.queues.state(session.id) in (QueueState.PAUSED, QueueState.FLOOR):
        work.queues.set_state(session.id, QueueState.OPEN)
    return _desk(work, now, session, actor.member)


def set_state(
    work: Work, now: datetime, actor: Actor, text: str, state: QueueState
) -> Desk | Refused:
    """Pause, go on, close, or open the floor: those in line hear of a pause and of the floor."""
    session = _led(work, now, actor, text)
    if isinstance(session, Refused):
        return session
    if work.queues.state(session.id) is state:
        return _desk(work, now, session, actor.member)
    work.queues.set_state(session.id, state)
    line = in_line(work.queues.turns(session.id))
    if state is QueueState.PAUSED:
        say(work, Kind.PAUSED, session, line, now, f":{int(now.timestamp())}")
    if state is QueueState.FLOOR:
        for turn in line:
            work.queues.put(replace(turn, state=TurnState.IN, called=now))
        say(work, Kind.FLOOR, session, line, now, f":{int(now.timestamp())}")
    return _desk(work, now, session, actor.member)


def end(work: Work, now: datetime, row: Delivery) -> bool:
    """The hours are over: the queue empties itself. Whether somebody is told that their turn did
    not come."""
    session = work.office_hours.session(SessionId(row.ref), hold=True)
    mine = work.queues.turn(session.id, row.member) if session and row.member else None
    if session is None or mine is None:
        return False
    if mine.state is TurnState.ENDED:
        return True
    if now < session.ends and not session.called_off:
        say(work, Kind.END, session, [mine], session.ends, f":{int(now.timestamp())}")
        return False
    if mine.state is TurnState.IN:
        work.queues.put(replace(mine, state=TurnState.DONE, done=now))
    if mine.state is not TurnState.WAITING:
        return False
    work.queues.put(replace(mine, state=TurnState.ENDED, done=now))
    return not session.called_off


def place(work: Work, now: datetime, id: SessionId, member: MemberId) -> Place | None:
    """Where a member stands, for a message."""
    session = work.office_hours.session(id)
    return None if session is None else _place(work, now, session, member)


def look(work: Work, now: datetime, actor: Actor, text: str) -> Place | Desk | Refused:
    """The same for whoever asks; the desk for those who lead it."""
    session = _found(work, now, actor, text, Among.ALL, hold=False)
    if isinstance(session, Refused):
        return session
    if session.led_by(actor.member):
        return _desk(work, now, session, actor.member)
    return _place(work, now, session, actor.member)


def _found(
    work: Work, now: datetime, actor: Actor, text: str, among: Among, *, hold: bool = True
) -> Session | Refused:
    session = find(work, now, actor, text, among, hold=hold)
    if session is None:
        return Refused(Why.UNKNOWN)
    if session.called_off:
        return Refused(Why.CALLED_OFF, session)
    if not session.drop_in:
        return Refused(Why.NO_QUEUE, session)
    if now >= session.ends:
        return Refused(Why.OVER, session)
    if now < opens_at(session):
        return Refused(Why.QUEUE_LATER, session)
    return session


def _led(work: Work, now: datetime, actor: Actor, text: str) -> Session | Refused:
    session = _found(work, now, actor, text, Among.LED)
    if isinstance(session, Session) and not session.led_by(actor.member):
        return Refused(Why.NOT_YOURS, session)
    return session


def _place(work: Work, now: datetime, session: Session, member: MemberId) -> Place:
    known = work.queues.turns(session.id)
    return Place(
        card_of(work, now, session, member),
        work.queues.state(session.id),
        work.queues.turn(session.id, member),
        estimate(known, member, now, session.begins, session.ends),
    )


def _desk(work: Work, now: datetime, session: Session, member: MemberId) -> Desk:
    known = work.queues.turns(session.id)
    people = work.people.several({turn.member for turn in known})
    return Desk(
        card_of(work, now, session, member),
        work.queues.state(session.id),
        tuple((turn, people[turn.member]) for turn in inside(known)),
        tuple((turn, people[turn.member]) for turn in in_line(known)),
    )
