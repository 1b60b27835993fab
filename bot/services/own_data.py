"""Use cases of members' control of their own data: what there is, what erasing does, the erasing.

Everything that hangs on others ends first, by the features' own rules, so that the others hear it
kindly; then every table forgets the person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.people import Account, CommunityId, MemberId
from bot.services.people import Leaving
from bot.services.ports import Work
from bot.services.ports.own_data import Expiry, Kept

_MOST = 200


@dataclass(frozen=True, slots=True)
class Effects:
    """What erasing changes for others, in all communities together."""

    communities: int = 0
    pairs: int = 0
    sent: int = 0
    received: int = 0
    seats: int = 0
    led: int = 0
    """Sessions ahead that the member leads or leads beside somebody."""


def export(work: Work, member: MemberId) -> tuple[Kept, ...]:
    """Everything about a member, table by table."""
    return work.own_data.export(member)


def accounts(work: Work, member: MemberId) -> tuple[Account, ...]:
    """Every account that is linked, the one used last first."""
    return work.people.accounts(member)


def effects(work: Work, now: datetime, member: MemberId) -> Effects:
    """What would end."""
    homes = work.people.communities(member)
    led = attending = sent = received = 0
    for home in homes:
        led += len(work.office_hours.led_by(member, home, now, _MOST))
        attending += len(work.office_hours.attending(member, home, now, _MOST))
        sent += len(work.requests.pending_by(member, home))
        received += len(work.requests.pending_to(member, home))
    return Effects(
        communities=len(homes),
        pairs=sum(pair.open for pair in work.pairs.of(member)),
        sent=sent,
        received=received,
        seats=attending,
        led=led,
    )


def erase(work: Work, now: datetime, member: MemberId, endings: Iterable[Leaving]) -> None:
    """The member is forgotten everywhere, and nothing goes out to them any more."""
    for community in work.people.communities(member):
        end_in(work, now, member, community, endings)
    work.own_data.erase(member)


def end_in(
    work: Work, now: datetime, member: MemberId, community: CommunityId, endings: Iterable[Leaving]
) -> None:
    """Everything a member holds in one community ends."""
    for ending in endings:
        ending(work, now, member, community)
    work.people.leave(member, community, now)


def expired(work: Work, now: datetime, days: Mapping[str, int], limit: int) -> tuple[Expiry, ...]:
    """What is beyond its retention."""
    return work.own_data.expired(now, days, limit)


def remove(work: Work, expiry: Sequence[Expiry]) -> None:
    """It goes."""
    work.own_data.remove(expiry)


def erase_left(
    work: Work, now: datetime, days: int, endings: Iterable[Leaving], limit: int = 20
) -> int:
    """Members who left everything that long ago are erased; how many."""
    gone = work.own_data.left(now - timedelta(days=days), limit)
    for member in gone:
        erase(work, now, member, endings)
    return len(gone)
