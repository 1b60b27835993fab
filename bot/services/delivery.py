"""Use cases about what has to go out: claiming, looking again, recording, and whom it reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.domain.delivery import Attempt, Delivery, DeliveryId
from bot.domain.people import Account, Community, CommunityId, MemberId, Place, Profile
from bot.domain.showing import Spot
from bot.services.ports import Work
from bot.services.ports.isolation import each_statement_alone


@dataclass(frozen=True, slots=True)
class Reach:
    """How a member is reached in a community: accounts in the order to be tried."""

    community: Community
    profile: Profile
    accounts: tuple[Account, ...]
    places: tuple[Place, ...]
    without: frozenset[str] = frozenset()
    """Kinds of messages that the member does without."""


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
def go_on(
    work: Work,
    token: str,
    attempts: Sequence[Attempt],
    now: datetime,
    rows: Sequence[Delivery],
    until: datetime | None,
) -> Mapping[DeliveryId, Reach | Channel | None]:
    """Between two sends: what became of `attempts`, then a look at `rows`, which come next.

    Gives those rows that were neither cancelled nor taken over, each with whom it reaches now (None
    for nobody). With `until`, everything claimed under `token` is kept until then.
    """
    if attempts:
        work.deliveries.record(token, attempts, now)
    if until is not None:
        work.deliveries.renew(token, until)
    if not rows:
        return {}
    begun = work.deliveries.begin(token, [row.id for row in rows])
    reached = _reached(work, [row for row in rows if row.id in begun])
    held = [id for id, to in reached.items() if isinstance(to, Reach) and to.community.held_at]
    if held:
        work.deliveries.park(token, held)
    return {id: to for id, to in reached.items() if id not in held}


Heard: TypeAlias = tuple[Callable[[Work, datetime, Delivery], None], Delivery]


def go_on_hearing(
    work: Work,
    heard: Sequence[Heard],
    token: str,
    attempts: Sequence[Attempt],
    now: datetime,
    rows: Sequence[Delivery],
    until: datetime | None,
) -> Mapping[DeliveryId, Reach | Channel | None]:
    """The same, and whoever has to act upon an outcome does so in this transaction."""
    for hear, row in heard:
        hear(work, now, row)
    return go_on(work, token, attempts, now, rows, until)


Admit: TypeAlias = Callable[[Work, datetime, Sequence[Delivery]], frozenset[DeliveryId]]


def admitted(
    work: Work, now: datetime, asked: Sequence[tuple[Admit, Sequence[Delivery]]]
) -> frozenset[DeliveryId]:
    """Which of these may go out now: several decisions in one transaction, one after another."""
    return frozenset(id for admit, rows in asked for id in admit(work, now, rows))


@each_statement_alone
def release(work: Work, token: str) -> None:
    """Give back what was claimed and not begun."""
    work.deliveries.release(token)


def next_due(work: Work) -> datetime | None:
    """When something wants attention next."""
    return work.deliveries.next_due()


def backlog(work: Work, now: datetime) -> tuple[int, timedelta]:
    """How many messages wait although their time has come, and how late the first of them is."""
    due, first = work.deliveries.backlog(now)
    return due, timedelta() if first is None else now - first


def reach(work: Work, members: Iterable[MemberId], community: CommunityId) -> dict[MemberId, Reach]:
    """How members are reached; without those who are gone or left the community.

    Only accounts where the community meets: what it has to say stays among its own.
    """
    known = work.communities.home(community)
    people = {} if known is None else work.people.reached(community, members)
    if known is None or not people:
        return {}
    home, places = known
    meets = {place.platform for place in places}
    return {
        member: Reach(
            home,
            profile,
            tuple(one for one in accounts if one.platform in meets),
            places,
            without,
        )
        for member, (profile, accounts, without) in people.items()
    }


def channel(work: Work, community: CommunityId, purpose: str) -> Channel | None:
    """The channel that serves a purpose, in the first place that has one."""
    known = work.communities.home(community)
    if known is None:
        return None
    home, places = known
    for place in places:
        found = work.communities.channel(community, purpose, place)
        if found is not None:
            return Channel(home, place, found)
    return None


def discussed(work: Work, to: Channel, subject: str) -> str:
    """The message of that subject which stands in the channel; empty if there is none."""
    stands = work.showings.of(Spot(to.community.id, to.place, subject))
    return stands.message if stands is not None and stands.channel == to.channel else ""


def _reached(work: Work, rows: Sequence[Delivery]) -> dict[DeliveryId, Reach | Channel | None]:
    asked: defaultdict[CommunityId, set[MemberId]] = defaultdict(set)
    for row in rows:
        if row.member is not None:
            asked[row.community].add(row.member)
    people = {home: reach(work, members, home) for home, members in asked.items()}
    return {
        row.id: (
            channel(work, row.community, row.channel or "")
            if row.member is None
            else people[row.community].get(row.member)
        )
        for row in rows
    }
