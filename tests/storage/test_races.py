"""Many callers at once, on both engines: nobody gets what is not there, nobody hangs."""

import asyncio
from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import func, select, update

from bot.domain.people import Account, CommunityId
from bot.services.delivery import claim
from bot.services.ports import Work
from storage import OpenStore
from storage.models_people import channels, code_counters
from tests.storage.sample import HALL, NOON, connection, found, note, settle
from tests.storage.test_deliveries import LEASE

ROOM = 5


def count_up(work: Work, community: CommunityId) -> bool:
    """One of five by a conditional update, the statement that needs no transaction to be right."""
    taken = connection(work).execute(
        update(code_counters)
        .where(code_counters.c.community_id == community, code_counters.c.given < ROOM)
        .values(given=code_counters.c.given + 1)
    )
    return taken.rowcount == 1


def look_then_take(work: Work, community: CommunityId) -> bool:
    """One of five by counting first, as use cases do it.

    Wrong on either engine's defaults, right in this store.
    """
    link = connection(work)
    taken = link.execute(select(func.count()).select_from(channels)).scalar_one()
    if taken >= ROOM:
        return False
    work.communities.set_channel(community, f"seat {taken + 1}", HALL, "x")
    return True


async def test_a_thousand_conditional_updates_of_one_counter(shared_store: OpenStore) -> None:
    village = await shared_store.write(found)
    await shared_store.write(lambda work: work.codes.next(village.community))

    answers = await asyncio.gather(
        *(shared_store.write(count_up, village.community) for _ in range(1000))
    )

    assert Counter(answers) == {True: ROOM - 1, False: 1000 - ROOM + 1}


async def test_a_thousand_increments_all_count(shared_store: OpenStore) -> None:
    village = await shared_store.write(found)

    codes = await asyncio.gather(
        *(shared_store.write(lambda work: work.codes.next(village.community)) for _ in range(1000))
    )

    assert len(set(codes)) == 1000


async def test_looking_before_taking_is_as_good(shared_store: OpenStore) -> None:
    village = await shared_store.write(found)

    answers = await asyncio.gather(
        *(shared_store.write(look_then_take, village.community) for _ in range(100))
    )

    assert Counter(answers) == {True: ROOM, False: 100 - ROOM}


@pytest.mark.parametrize(
    "add",
    [
        lambda work: work.people.add(Account("discord", "", "1"), "Ana", NOON).member,
        lambda work: work.communities.add(HALL, "Radiology", NOON).id,
    ],
    ids=["people", "communities"],
)
async def test_the_first_of_many_counts(
    shared_store: OpenStore, add: Callable[[Work], int]
) -> None:
    assert len(set(await asyncio.gather(*(shared_store.write(add) for _ in range(50))))) == 1


async def test_dispatchers_side_by_side_never_take_the_same_row(shared_store: OpenStore) -> None:
    homes = await shared_store.write(settle, 7)
    await shared_store.write(
        lambda work: work.deliveries.schedule(
            note(homes[number % 7], f"k{number}", -number) for number in range(1000)
        )
    )

    async def dispatch(token: str) -> list[int]:
        mine: list[int] = []
        while rows := await shared_store.write(claim, token, NOON, LEASE, 20):
            mine.extend(row.id for row in rows)
        return mine

    taken = [
        id for mine in await asyncio.gather(*(dispatch(f"t{n}") for n in range(8))) for id in mine
    ]
    assert len(taken) == len(set(taken))
    # A row that another dispatcher looked at in the same instant is found by the next look.
    taken += await dispatch("last")
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 1000
