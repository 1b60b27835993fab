"""A small community to test with, and ways past the port for tests of the store itself."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from bot.domain.delivery import Attempt, NewDelivery
from bot.domain.people import Account, CommunityId, MemberId, Place
from bot.services.ports import Work
from bot.services.ports.isolation import each_statement_alone
from storage import OpenStore
from storage.work import Repositories

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ANA = Account("discord", "", "100")
BEN = Account("slack", "T1", "U2")
HALL = Place("discord", "9")


@dataclass(frozen=True)
class Village:
    """One community with one member."""

    community: CommunityId
    member: MemberId


def found(work: Work) -> Village:
    """Ana in a community of her own."""
    ana = work.people.add(ANA, "Ana", NOON)
    home = work.communities.add(HALL, "Radiology", NOON)
    work.people.join(ana.member, home.id, NOON)
    return Village(home.id, ana.member)


def settle(work: Work, count: int) -> list[CommunityId]:
    """More communities."""
    return [
        work.communities.add(Place("discord", f"s{number}"), f"Community {number}", NOON).id
        for number in range(count)
    ]


def note(
    community: CommunityId,
    key: str,
    minutes: float = 0,
    *,
    member: MemberId | None = None,
    subject: str = "session:1",
) -> NewDelivery:
    """A delivery due `minutes` after noon; to a channel, if to nobody."""
    return NewDelivery(
        kind="reminder",
        community=community,
        subject=subject,
        key=key,
        due=NOON + timedelta(minutes=minutes),
        member=member,
        channel=None if member else "hours",
    )


def connection(work: Work) -> Connection:
    """The connection behind a use case's work."""
    assert isinstance(work, Repositories)
    return work.connection


@each_statement_alone
def begin(work: Work, token: str, ids: Sequence[int], until: datetime) -> frozenset[int]:
    """Keep everything claimed, and begin these."""
    work.deliveries.renew(token, until)
    return work.deliveries.begin(token, ids)


@each_statement_alone
def record(work: Work, token: str, attempts: Sequence[Attempt], now: datetime) -> None:
    """What became of some."""
    work.deliveries.record(token, attempts, now)


async def until_leads(store: OpenStore) -> None:
    async with asyncio.timeout(30.0):
        while not await store.leads():  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.02)
