"""Use cases of calls for a moderator's help with a pair: a matter that moderators owe, and that the
engine reminds them of and closes like any other.

Moderators learn who asks and nothing else; a moderator who is the other side learns nothing. Knows
no sentence.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.delivery import NewDelivery
from bot.domain.follow_ups import Ending, FollowUp, FollowUpId, NewFollowUp
from bot.domain.pairs import Pair, PairId
from bot.domain.people import CommunityId, MemberId, Someone
from bot.domain.policies import Matter
from bot.services import pairs
from bot.services.follow_ups import engine, telling
from bot.services.ports import Work

STAFF = "staff"
"""The purpose of the channel where moderators meet."""
_TOLD = 10
"""How many moderators are written to directly, at most."""


class Kind(enum.StrEnum):
    """The kinds of deliveries; `ref` is the follow-up."""

    CALL = "help.call"
    TAKEN = "help.taken"


class Called(enum.Enum):
    """What became of a call."""

    NOW = enum.auto()
    BEFORE = enum.auto()
    NOBODY = enum.auto()
    """The community has no channel for moderators."""
    INVOLVED = enum.auto()
    """A moderator is the other side, and no other one is known."""


class Taken(enum.Enum):
    """What became of a moderator's word that they write to whoever called."""

    NOW = enum.auto()
    SETTLED = enum.auto()
    """Somebody was quicker, or the call is over."""
    INVOLVED = enum.auto()
    """They are one of the pair."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call that stands. `who`: the side that would like help."""

    follow_up: FollowUp
    pair: Pair
    who: Someone


def call(
    work: Work, now: datetime, member: MemberId, id: PairId
) -> tuple[Called, FollowUp | None] | None:
    """Moderators are told now, and again until somebody took it up; None if it is no pair of
    theirs. With the call, where there is one.
    """
    pair = pairs.own(work, member, id)
    if pair is None:
        return None
    subject = f"help:{pair.id}:{member}"
    if standing := work.follow_ups.about(subject):
        return Called.BEFORE, standing[0]
    told = _told(work, pair)
    if isinstance(told, Called):
        return told, None
    new = NewFollowUp(
        pair.community, Matter.HELP, subject, pair.id, owes=None, waits=member, about=STAFF
    )
    opened = engine.start(work, now, new)
    times = [at for at in (now, opened.remind_at, opened.last_at) if at is not None]
    work.deliveries.schedule(
        NewDelivery(
            Kind.CALL,
            pair.community,
            telling.subject_of(opened),
            f"{Kind.CALL}:{opened.id}:{number}:{moderator or STAFF}",
            at,
            moderator,
            None if moderator is not None else STAFF,
            ref=opened.id,
        )
        for number, at in enumerate(times)
        for moderator in told
    )
    return Called.NOW, opened


def standing(work: Work, id: int) -> Call | None:
    """A call that nobody took up, and that was not taken back; None if there is none."""
    one = work.follow_ups.get(FollowUpId(id))
    if one is None or not one.open or one.matter is not Matter.HELP or one.waits is None:
        return None
    pair = work.pairs.get(PairId(one.ref))
    return None if pair is None else Call(one, pair, work.people.someone(one.waits))


def take_up(
    work: Work, now: datetime, moderator: MemberId, community: CommunityId, id: int
) -> Taken:
    """A moderator writes to whoever called, and they hear that."""
    found = standing(work, id)
    if found is None or found.follow_up.community != community:
        return Taken.SETTLED
    if moderator in found.pair.sides:
        return Taken.INVOLVED
    engine.end(work, now, found.follow_up, Ending.DONE)
    work.deliveries.schedule(
        [
            NewDelivery(
                Kind.TAKEN,
                community,
                f"help.taken:{id}",
                f"{Kind.TAKEN}:{id}",
                now,
                found.who.member,
                ref=id,
            )
        ]
    )
    return Taken.NOW


def taken(work: Work, id: int) -> Pair | None:
    """The pair of a call that a moderator took up."""
    one = work.follow_ups.get(FollowUpId(id))
    if one is None or one.matter is not Matter.HELP or one.ending is not Ending.DONE:
        return None
    return work.pairs.get(PairId(one.ref))


def take_back(work: Work, now: datetime, member: MemberId, id: int) -> bool:
    """Whoever called needs nobody any more; False if it is over, or not theirs."""
    found = standing(work, id)
    if found is None or found.follow_up.waits != member:
        return False
    engine.end(work, now, found.follow_up, Ending.WITHDRAWN)
    return True


def _told(work: Work, pair: Pair) -> Sequence[MemberId | None] | Called:
    """Who is told: the channel of moderators, or some of them; None stands for the channel."""
    known = work.reports.moderators(pair.community)
    if set(pair.sides) & set(known):
        # In their channel a moderator who is one of the two would read it as well.
        return [one for one in known if one not in pair.sides][:_TOLD] or Called.INVOLVED
    places = work.communities.places(pair.community)
    if any(work.communities.channel(pair.community, STAFF, place) for place in places):
        return (None,)
    return Called.NOBODY
