"""The live queue of drop-in hours: whose turn it is, and an honest estimate of how long it takes.

Pure rules. Knows no storage, no sentences and no clock.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from bot.domain.office_hours import Session, SessionId
from bot.domain.people import MemberId

EARLY = timedelta(minutes=15)
"""How long before the start people can line up."""
USUAL = timedelta(minutes=10)
"""What one turn takes, as long as nobody knows better."""
_KNOWN_FROM = 2
_ROUNDED = timedelta(minutes=5)


class QueueState(enum.Enum):
    """What the host does with the queue."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    """Nobody new; those in line still have their turn."""
    FLOOR = "floor"
    """Everybody is in at once."""


class TurnState(enum.Enum):
    """How far somebody is."""

    WAITING = "waiting"
    IN = "in"
    """With the host, or on the floor."""
    DONE = "done"
    LEFT = "left"
    ENDED = "ended"
    """The hours were over before their turn came."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody in the queue. `number` orders it; `called` and `done` are when their turn began and
    ended."""

    session: SessionId
    member: MemberId
    number: int
    question: str
    state: TurnState
    since: datetime
    called: datetime | None = None
    done: datetime | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many are ahead, how long it takes at a guess, and whether that fits before the end."""

    ahead: int
    wait: timedelta
    fits: bool


def opens_at(session: Session) -> datetime:
    """From when on people can line up."""
    return session.starts - EARLY


def takes_people(session: Session, now: datetime) -> bool:
    """Whether there is a queue at this moment."""
    held = session.drop_in and not session.called_off
    return held and opens_at(session) <= now < session.ends


def in_line(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """Those who wait, in order."""
    waiting = (turn for turn in turns if turn.state is TurnState.WAITING)
    return tuple(sorted(waiting, key=lambda turn: turn.number))


def inside(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """Those whose turn it is."""
    found = (turn for turn in turns if turn.state is TurnState.IN)
    return tuple(sorted(found, key=lambda turn: turn.number))


def pace(turns: Iterable[Turn]) -> timedelta:
    """What one turn takes here: the middle of those that are over, once there are some."""
    took = [
        (turn.done - turn.called).total_seconds()
        for turn in turns
        if turn.state is TurnState.DONE and turn.called is not None and turn.done is not None
    ]
    return timedelta(seconds=median(took)) if len(took) >= _KNOWN_FROM else USUAL


def estimate(
    turns: Iterable[Turn], member: MemberId, now: datetime, begins: datetime, ends: datetime
) -> Estimate | None:
    """For somebody who waits; None if they do not. Nobody's turn comes before the hours begin,
    unless the host has called somebody already."""
    turns = tuple(turns)
    order = [turn.member for turn in in_line(turns)]
    if member not in order:
        return None
    each = pace(turns)
    ahead = order.index(member)
    wait = each * ahead
    if all(turn.called is None for turn in turns):
        wait += max(begins - now, timedelta())
    for turn in inside(turns):
        wait += max(each - (now - (turn.called or now)), timedelta())
    rounded = _ROUNDED * -(-wait // _ROUNDED)
    return Estimate(ahead, rounded, now + wait < ends)
