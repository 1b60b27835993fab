"""Several processes at one PostgreSQL: hearing each other, one leader, one limit held together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import pairwise

import asyncpg
import pytest_asyncio

from bot.errors import StoreUnavailable
from bot.runtime.pace import Pace
from bot.services import delivery
from storage import MemoryStore, OpenStore, open_store
from tests.storage.sample import NOON, found, note, until_leads

PATIENCE = 30.0


@pytest_asyncio.fixture
async def pair(postgres_url: str) -> AsyncIterator[tuple[OpenStore, OpenStore]]:
    """Two stores, as two processes have them."""
    stores = (await open_store(postgres_url), await open_store(postgres_url))
    yield stores
    for store in stores:
        await store.close()


async def hang_up(url: str) -> None:
    """The server ends every link, as it does when it restarts."""
    outsider = await asyncpg.connect(url)
    await outsider.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = 'introducer link' AND datname = current_database()"
    )
    await outsider.close()


async def test_what_one_schedules_the_other_hears(
    pair: tuple[OpenStore, OpenStore], postgres_url: str
) -> None:
    here, there = pair
    heard = asyncio.Event()
    there.on_scheduled(heard.set)
    await asyncio.wait_for(heard.wait(), PATIENCE)  # once when it begins to listen
    village = await here.write(found)
    for round in range(3):
        heard.clear()
        row = note(village.community, f"k{round}", member=village.member)
        await here.write(lambda work, row=row: work.deliveries.schedule([row]))
        await asyncio.wait_for(heard.wait(), PATIENCE)

    heard.clear()
    await hang_up(postgres_url)
    await asyncio.wait_for(heard.wait(), PATIENCE)  # a new link; whatever was said was missed
    heard.clear()
    row = note(village.community, "again", member=village.member)
    await here.write(lambda work: work.deliveries.schedule([row]))
    await asyncio.wait_for(heard.wait(), PATIENCE)


async def test_one_leads_and_the_next_follows_when_it_goes(
    pair: tuple[OpenStore, OpenStore],
) -> None:
    here, there = pair
    await until_leads(here)
    for _time in range(20):
        assert await here.leads()
        assert not await there.leads()
    await here.close()
    await until_leads(there)


async def test_who_loses_the_link_leads_no_more(
    pair: tuple[OpenStore, OpenStore], postgres_url: str
) -> None:
    here, there = pair
    await until_leads(here)
    await hang_up(postgres_url)
    async with asyncio.timeout(PATIENCE):
        while sum([await here.leads(), await there.leads()]) != 1:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_alone_one_always_leads(memory: MemoryStore) -> None:
    assert await memory.leads()


async def test_a_limit_is_held_together(pair: tuple[OpenStore, OpenStore]) -> None:
    rate, burst, each = 100.0, 5, 30
    paces = [Pace(rate, burst, name="discord", turns=store) for store in pair for _ in range(2)]
    loop = asyncio.get_running_loop()
    began = loop.time()

    async def send(pace: Pace) -> None:
        await asyncio.gather(*(pace.wait() for _time in range(each)))

    await asyncio.gather(*(send(pace) for pace in paces))
    assert loop.time() - began >= (len(paces) * each - burst) / rate


async def test_turns_follow_each_other_whoever_asks(pair: tuple[OpenStore, OpenStore]) -> None:
    gap, loop, turns = 10.0, asyncio.get_running_loop(), []
    for number in range(10):
        left = await pair[number % 2].turns("slack", 3, gap, 0.0)
        assert left is not None
        turns.append(loop.time() + left)
    for one, next_one in pairwise(turns):
        assert abs(next_one - one - 3 * gap) < gap


async def test_a_limit_that_cannot_be_asked_for_is_said(
    pair: tuple[OpenStore, OpenStore],
) -> None:
    pace = Pace(10.0, name="discord", turns=pair[0])
    await pair[0].close()
    failures = await asyncio.gather(*(pace.wait() for _n in range(3)), return_exceptions=True)
    assert {type(one) for one in failures} == {StoreUnavailable}


async def test_what_a_dead_process_held_comes_back_with_its_lease(
    pair: tuple[OpenStore, OpenStore],
) -> None:
    here, there = pair
    village = await here.write(found)
    lease = timedelta(seconds=30)
    rows = [note(village.community, f"k{n}", member=village.member) for n in range(4)]
    await here.write(lambda work: work.deliveries.schedule(rows))
    claimed = await here.write(delivery.claim, "dead", NOON, lease, 10)
    await here.write(delivery.go_on, "dead", (), NOON, claimed[:1], None)

    async def claim(at: datetime) -> list[tuple[str, bool]]:
        found = await there.write(delivery.claim, "alive", at, lease, 10)
        return [(row.key, row.doubtful) for row in found]

    assert await there.read(delivery.next_due) == NOON + lease, "the other knows when to look"
    assert await claim(NOON + lease - timedelta(seconds=1)) == []
    again = await claim(NOON + lease)
    assert sorted(again) == [("k0", True), ("k1", False), ("k2", False), ("k3", False)]
