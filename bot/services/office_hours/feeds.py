"""One private calendar address for each person and community, which they can take back."""

from __future__ import annotations

import enum
import hashlib
from datetime import datetime

from bot.domain.people import CommunityId, MemberId
from bot.services.office_hours.results import Actor, Card
from bot.services.office_hours.views import calendar
from bot.services.ports import Work


class Given(enum.Enum):
    """What came of asking for an address."""

    FIRST = enum.auto()
    ANOTHER = enum.auto()
    """The one before it shows nothing any more."""
    NONE = enum.auto()
    """There is one already, and it stands."""


def digest_of(secret: str) -> str:
    """What is kept of a secret address."""
    return hashlib.sha256(secret.encode()).hexdigest()


def give(work: Work, actor: Actor, secret: str, *, another: bool) -> Given:
    """An address for who has none; with `another`, in place of the one there is."""
    if not another and work.after_sessions.has_feed(actor.community, actor.member):
        return Given.NONE
    had_one = work.after_sessions.set_feed(actor.community, actor.member, digest_of(secret))
    return Given.ANOTHER if had_one else Given.FIRST


def take_back(work: Work, actor: Actor) -> bool:
    """No address any more; whether there was one."""
    return work.after_sessions.set_feed(actor.community, actor.member, None)


def behind(work: Work, now: datetime, secret: str) -> tuple[Card, ...] | None:
    """What an address shows; None if nobody has it, or whoever had it is gone."""
    found = work.after_sessions.feed(digest_of(secret))
    if found is None or found[0] not in work.people.communities(found[1]):
        return None
    return calendar(work, now, Actor(found[1], found[0], frozenset()))


def gone(work: Work, now: datetime, member: MemberId, community: CommunityId) -> None:
    """Somebody left: their address shows nothing any more."""
    work.after_sessions.set_feed(community, member, None)
