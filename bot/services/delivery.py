"""Use cases about what has to go out: claiming, looking again, recording, and whom it reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.delivery import Attempt, Delivery
from bot.domain.people import Account, Community, CommunityId, MemberId, Place, Profile
from bot.services.ports import Work
from bot.services.ports.isolation import each_statement_alone


@dataclass(frozen=True, slots=True)
class Reach:
    """How a member is reached in a community: accounts in the order to be tried."""

    community: Community
    profile: Profile
    accounts: tuple[Account, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of a community, as it is set at present."""

    community: Community
    place: Place
    channel: str


@each_statement_alone
def claim(
    work: Work, token: str, now: datetime, lease: timedelta, limit: int
) -> tuple[Delivery, ...]:
    """Take what is due, under a lease."""
    return work.deliveries.claim(token, now, lease, limit)


@each_statement_alone
def begin(work: Work, token: str, ids: Sequence[int], until: datetime) -> frozenset[int]:
    """Right before the send: which claimed rows were neither cancelled nor taken over."""
    return work.deliveries.begin(token, ids, until)


@each_statement_alone
def release(work: Work, token: str) -> None:
    """Give back what was claimed and not begun."""
    work.deliveries.release(token)


@each_statement_alone
def record(work: Work, token: str, attempts: Sequence[Attempt], now: datetime) -> None:
    """Write what became of them."""
    work.deliveries.record(token, attempts, now)


def next_due(work: Work) -> datetime | None:
    """When something wants attention next."""
    return work.deliveries.next_due()


def reach(work: Work, member: MemberId, community: CommunityId) -> Reach | None:
    """How a member is reached; None if they or the community are gone, or they left it.

    Only accounts where the community meets: what it has to say stays among its own.
    """
    home = work.communities.get(community)
    profile = work.people.profile(member)
    if home is None or profile is None or community not in work.people.communities(member):
        return None
    places = work.communities.places(community)
    meets = {place.platform for place in places}
    accounts = work.people.accounts(member)
    near = tuple(account for account in accounts if account.platform in meets)
    return Reach(home, profile, near, places)


def channel(work: Work, community: CommunityId, purpose: str) -> Channel | None:
    """The channel that serves a purpose, in the first place that has one."""
    home = work.communities.get(community)
    if home is None:
        return None
    for place in work.communities.places(community):
        found = work.communities.channel(community, purpose, place)
        if found is not None:
            return Channel(home, place, found)
    return None
