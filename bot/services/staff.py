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
from bot.domain.listings import Listing, State
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
FULL = frozenset({Role.GUEST, Role.MEMBER, Role.DIRECTORY})
"""The person acts through a moderator, with the rights of a member."""


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
    WAKE_LISTING = "listing.wake"
    UNINVITE = "listing.uninvite"
    LIST_AGAIN = "listing.again"
    POST_AGAIN = "case.again"
    """The last four only take another one back; see `staff_undo`."""

    @property
    def of_seat(self) -> bool:
        """Whether it needs a session."""
        return self in (Act.ADD_SEAT, Act.MOVE_SEAT, Act.REMOVE_SEAT)


@dataclass(frozen=True, slots=True)
class Trace:
    """What an act leaves on record: whose matter by name, and how it was before and after.

    Of seats `old` and `new` are the codes of sessions, of cases channels, of a listing its state or
    until when it rests; a case is named by its code, a seat that was a place in line by `LINE`.
    """

    name: str = ""
    old: str = ""
    new: str = ""


LINE = "line"


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
    NO_MEMBER = enum.auto()
    TAKEN_BACK = enum.auto()
    OTHERWISE = enum.auto()
    READ = enum.auto()


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
    actor = Actor(about, community, FULL)
    if community not in work.people.communities(about):
        return NotDone.NO_MEMBER
    try:
        trace = _carry_out(work, now, actor, what, session, to)
    except SeveralFit:
        return NotDone.SEVERAL
    if isinstance(trace, NotDone):
        return trace
    return record(work, now, by, community, what, about, trace, why)


def record(
    work: Work,
    now: datetime,
    by: MemberId,
    community: CommunityId,
    what: Act,
    about: MemberId,
    trace: Trace,
    why: str,
    undoes: ChangeId | None = None,
    *,
    silent: bool = False,
) -> Done:
    """It was done: on record, and the person will be told, unless it is `silent`."""
    setting = Setting(what.value, trace.name)
    given = (community, by, now, setting, trace.old, trace.new)
    change = work.audit.add(*given, why=why, about=about, undoes=undoes)
    key = subject_of(change)
    if not silent:
        told = NewDelivery(TOLD, community, key, key, now, about, ref=change.id)
        work.deliveries.schedule([told])
    return Done(change)


def subject_of(change: Change) -> str:
    """What the message to the person is about."""
    return f"{TOLD}:{change.id}"


def _carry_out(
    work: Work, now: datetime, actor: Actor, what: Act, session: str, to: str
) -> Trace | NotDone:
    match what:
        case Act.REMOVE_LISTING:
            known = listing.mine(work, actor.community, actor.member)
            gone = listing.withdraw(work, now, actor.community, actor.member)
            if gone is None or known is None:
                return NotDone.NO_LISTING
            return Trace(old=known.state.value, new=_until(known))
        case Act.PAUSE_LISTING:
            return _pause(work, now, actor)
        case Act.INVITE_MENTOR:
            return _invite(work, now, actor)
        case Act.ADD_SEAT:
            return give(work, now, actor, session)
        case Act.REMOVE_SEAT:
            return take_back(work, now, actor, session)
        case Act.MOVE_SEAT:
            return move(work, now, actor, session, to)
        case _:
            return NotDone.NO_CASE


def _pause(work: Work, now: datetime, actor: Actor) -> Trace | NotDone:
    known = listing.mine(work, actor.community, actor.member)
    if known is not None and known.state is State.PAUSED:
        return NotDone.RESTS
    rests = listing.pause(work, now, actor.community, actor.member)
    if rests is None or known is None:
        return NotDone.NO_LISTING
    return Trace(old=known.state.value, new=_until(rests.listing))


def _until(listing: Listing) -> str:
    """When a rest ends; nothing of what does not rest."""
    return "" if listing.paused_until is None else listing.paused_until.isoformat()


def _invite(work: Work, now: datetime, actor: Actor) -> Trace | NotDone:
    known = listing.mine(work, actor.community, actor.member)
    if known is not None and known.state is not State.WITHDRAWN:
        return NotDone.LISTED
    before = (
        one
        for one in work.audit.latest(actor.community, _LOOKED_AT)
        if one.setting.kind == Act.INVITE_MENTOR.value and one.about == actor.member
    )
    again = any(one.at + INVITED_AGAIN > now and not one.undone for one in before)
    return NotDone.INVITED if again else Trace()


def give(
    work: Work, now: datetime, actor: Actor, session: str, *, line: bool = False
) -> Trace | NotDone:
    """A seat, by code or title; with `line` a place at its end will do."""
    match seats.join(work, now, actor, session):
        case Refused(Why.UNKNOWN):
            return NotDone.NO_SESSION
        case Refused():
            return NotDone.RULES
        case Already():
            return NotDone.HAS_ONE
        case Waitlisted(card):
            if line:
                return Trace(LINE, new=card.session.code)
            seats.leave(work, now, actor, card.session.code)
            return NotDone.FULL
        case Joined(card):
            return Trace(new=card.session.code)


def take_back(work: Work, now: datetime, actor: Actor, session: str) -> Trace | NotDone:
    """A seat or a place in line."""
    left = seats.leave(work, now, actor, session)
    if isinstance(left, Refused):
        return NotDone.NO_SEAT
    return Trace("" if left.held else LINE, old=left.card.session.code)


def move(work: Work, now: datetime, actor: Actor, session: str, to: str) -> Trace | NotDone:
    """From one to the other. The new one first: whoever cannot have it keeps what they had."""
    given = give(work, now, actor, to)
    if isinstance(given, NotDone):
        return given
    left = take_back(work, now, actor, session)
    if isinstance(left, NotDone):
        seats.leave(work, now, actor, given.new)
        return left
    return Trace(left.name, left.old, given.new)


def told(work: Work, community: CommunityId, id: int) -> Change | None:
    """What a message to the person is worded from."""
    return work.audit.get(community, ChangeId(id))
