"""Turns in the queue of drop-in hours: what is said to whoever has one, and how one ends.

A turn ends with its seat: whoever gave that back is not called. The session is held by the caller.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.delivery import NewDelivery
from bot.domain.live_queue import QueueState, Turn, TurnState, in_line, inside
from bot.domain.office_hours import Session
from bot.domain.people import MemberId
from bot.services.ports import Work


class Kind(enum.StrEnum):
    """The kinds of deliveries of the queue; `ref` is the session."""

    TURN = "oh.queue_turn"
    NEXT = "oh.queue_next"
    PAUSED = "oh.queue_paused"
    FLOOR = "oh.queue_floor"
    END = "oh.queue_end"


def subject(session: Session, kind: Kind = Kind.END) -> str:
    """What is cancelled together. What is said to somebody in line is moot once they are called."""
    return f"queue.next:{session.id}" if kind is Kind.NEXT else f"queue:{session.id}"


def say(
    work: Work, kind: Kind, session: Session, turns: Iterable[Turn], due: datetime, more: str = ""
) -> None:
    """A message for each of these, once for each turn; `more` makes it another one."""
    work.deliveries.schedule(
        NewDelivery(
            kind,
            session.community,
            subject(session, kind),
            f"{kind}:{session.id}:{turn.member}:{turn.number}{more}",
            due,
            turn.member,
            ref=session.id,
        )
        for turn in turns
    )


def end(work: Work, now: datetime, session: Session, member: MemberId) -> Turn | None:
    """A member stands in line no more, or is done; their turn as it was. Whoever comes next by that
    is told: at once if nobody else is with the host."""
    mine = work.queues.turn(session.id, member)
    if mine is None or mine.state not in (TurnState.WAITING, TurnState.IN):
        return None
    called = mine.state is TurnState.IN
    done = TurnState.DONE if called else TurnState.LEFT
    work.queues.put(replace(mine, state=done, done=now))
    for kind in (Kind.END, Kind.NEXT):
        work.deliveries.cancel(subject(session, kind), member=member)
    turns = work.queues.turns(session.id)
    line = in_line(turns)
    if not line or work.queues.state(session.id) is QueueState.FLOOR:
        return mine
    if called and not inside(turns):
        work.deliveries.cancel(subject(session, Kind.NEXT), member=line[0].member)
        say(work, Kind.NEXT, session, line[:1], now, f":{mine.number}")
    elif any(turn.called is not None for turn in turns) and mine.number < line[0].number:
        say(work, Kind.NEXT, session, line[:1], now)
    return mine
