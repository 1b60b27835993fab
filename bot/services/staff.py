"""What moderators do in somebody else's matter: with a reason, on record, and the person is told.

The same use cases as for the person: a session that is full stays full, a mentor's capacity and a
person's own limits hold for moderators as well. Nobody is listed as a mentor but by themselves: to
give a listing is to invite. Cases: see `staff_cases`.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.audit import Change, ChangeId, Setting
from bot.domain.delivery import NewDelivery
from bot.domain.listings import State
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
INVITED_AGAIN = timedelta(days=28)
"""One invitation in this time, whoever of the moderators has the idea."""
_LOOKED_AT = 200
_FULL = frozenset({Role.GUEST, Role.MEMBER, Role.DIRECTORY})


class Act(enum.Enum):
    """What is done. Values stand in the record of changes."""

    ADD_SEAT = "seat.add"
    MOVE_SEAT = "seat.move"
    REMOVE_SEAT = "seat.remove"
    INVITE_MENTOR = "listing.invite"
    PAUSE_LISTING = "listing.pause"
    REMOVE_LISTING = "listing.remove"
    MOVE_CASE = "case.move"
    REMOVE_CASE = "case.remove"

    @property
    def of_seat(self) -> bool:
        """Whether it needs a session."""
        return self in (Act.ADD_SEAT, Act.MOVE_SEAT, Act.REMOVE_SEAT)


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
    LISTED = enum.auto()
    INVITED = enum.auto()
    RESTS = enum.auto()
    NO_CASE = enum.auto()
    CASE_OF_ANOTHER = enum.auto()
    CASE_OVER = enum.auto()
    CASE_HIDDEN = enum.auto()
    CASE_GONE = enum.auto()
    SAME_CHANNEL = enum.auto()
    ELSEWHERE = enum.auto()
    MORE_READERS = enum.auto()
    CANNOT_POST = enum.auto()
    TELLS = enum.auto()


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
    return record(work, now, by, community, what, about, session, to, why)


def record(
    work: Work,
    now: datetime,
    by: MemberId,
    community: CommunityId,
    what: Act,
    about: MemberId,
    old: str,
    new: str,
    why: str,
) -> Done:
    """It was done: on record, and the person will be told."""
    change = work.audit.add(community, by, now, Setting(what.value), old, new, why=why, about=about)
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
        case Act.PAUSE_LISTING:
            return _pause(work, now, actor)
        case Act.INVITE_MENTOR:
            return _invite(work, now, actor)
        case Act.MOVE_CASE | Act.REMOVE_CASE:
            return NotDone.NO_CASE
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


def _pause(work: Work, now: datetime, actor: Actor) -> NotDone | None:
    known = listing.mine(work, actor.community, actor.member)
    if known is not None and known.state is State.PAUSED:
        return NotDone.RESTS
    rests = listing.pause(work, now, actor.community, actor.member)
    return NotDone.NO_LISTING if rests is None else None


def _invite(work: Work, now: datetime, actor: Actor) -> NotDone | None:
    known = listing.mine(work, actor.community, actor.member)
    if known is not None and known.state is not State.WITHDRAWN:
        return NotDone.LISTED
    before = (
        one
        for one in work.audit.latest(actor.community, _LOOKED_AT)
        if one.setting.kind == Act.INVITE_MENTOR.value and one.about == actor.member
    )
    again = any(one.at + INVITED_AGAIN > now for one in before)
    return NotDone.INVITED if again else None


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
