"""What moderators do in somebody else's matter: with a reason, on record, and the person is told.

The same use cases as for the person: a session that is full stays full, a mentor's capacity and a
person's own limits hold for moderators as well.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from bot.domain.audit import Change, ChangeId, Setting
from bot.domain.delivery import NewDelivery
from bot.domain.people import CommunityId, MemberId, Role
from bot.services.mentors import listing
from bot.services.office_hours import seats
from bot.services.office_hours.results import (
    Actor,
    Already,
    Joined,
    Refused,
    Waitlisted,
    Why,
)
from bot.services.office_hours.views import SeveralFit
from bot.services.ports import Work

TOLD = "st.told"
_FULL = frozenset({Role.GUEST, Role.MEMBER, Role.DIRECTORY})


class Act(enum.Enum):
    """What is done. Values stand in the record of changes."""

    ADD_SEAT = "seat.add"
    MOVE_SEAT = "seat.move"
    REMOVE_SEAT = "seat.remove"
    REMOVE_LISTING = "listing.remove"


@dataclass(frozen=True, slots=True)
class Done:
    """It was done, and the person will be told."""

    change: Change


class NotDone(enum.Enum):
    """Why nothing was changed."""

    NO_SESSION = enum.auto()
    SEVERAL = enum.auto()
    NO_SEAT = enum.auto()
    HAS_ONE = enum.auto()
    FULL = enum.auto()
    RULES = enum.auto()
    NO_LISTING = enum.auto()


def act(
    work: Work,
    now: datetime,
    by: MemberId,
    community: CommunityId,
    what: Act,
    about: MemberId,
    session: str,
    to: str,
    why: str,
) -> Done | NotDone:
    """Carry it out as if the person did. `session` and `to`: codes or titles."""
    actor = Actor(about, community, _FULL)
    try:
        not_done = _carry_out(work, now, actor, what, session, to)
    except SeveralFit:
        return NotDone.SEVERAL
    if not_done is not None:
        return not_done
    setting = Setting(what.value)
    change = work.audit.add(community, by, now, setting, session, to, why=why, about=about)
    key = f"{TOLD}:{change.id}"
    work.deliveries.schedule([NewDelivery(TOLD, community, key, key, now, about, ref=change.id)])
    return Done(change)


def _carry_out(
    work: Work, now: datetime, actor: Actor, what: Act, session: str, to: str
) -> NotDone | None:
    match what:
        case Act.REMOVE_LISTING:
            gone = listing.withdraw(work, now, actor.community, actor.member)
            return NotDone.NO_LISTING if gone is None else None
        case Act.ADD_SEAT:
            return _give(work, now, actor, session)
        case Act.REMOVE_SEAT:
            return _take_back(work, now, actor, session)
        case Act.MOVE_SEAT:
            # The new one first: whoever cannot have it keeps what they had.
            not_done = _give(work, now, actor, to)
            if not_done is None and (not_done := _take_back(work, now, actor, session)):
                seats.leave(work, now, actor, to)
            return not_done


def _give(work: Work, now: datetime, actor: Actor, session: str) -> NotDone | None:
    match seats.join(work, now, actor, session):
        case Refused(Why.UNKNOWN):
            return NotDone.NO_SESSION
        case Refused():
            return NotDone.RULES
        case Already():
            return NotDone.HAS_ONE
        case Waitlisted():
            seats.leave(work, now, actor, session)
            return NotDone.FULL
        case Joined():
            return None


def _take_back(work: Work, now: datetime, actor: Actor, session: str) -> NotDone | None:
    left = seats.leave(work, now, actor, session)
    return NotDone.NO_SEAT if isinstance(left, Refused) else None


def told(work: Work, community: CommunityId, id: int) -> Change | None:
    """What a message to the person is worded from."""
    return work.audit.get(community, ChangeId(id))
