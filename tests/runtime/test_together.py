"""Looks that are asked for at one time: made as one, and nobody's trouble is another's."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.errors import StoreUnavailable
from bot.runtime.together import Together


class Shelf:
    """Has twice what is asked for; `bad` breaks every look that it is part of."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, ...]] = []
        self.bad: int | None = None
        self.away = False
        self.open = asyncio.Event()
        self.open.set()

    async def look(self, keys: Sequence[int]) -> dict[int, int]:
        self.asked.append(tuple(keys))
        await self.open.wait()
        if self.away:
            raise StoreUnavailable("away")
        if self.bad in keys:
            raise ValueError("bad")
        return {key: 2 * key for key in keys if key < 100}


async def test_one_look_for_all_who_ask_at_one_time() -> None:
    shelf = Shelf()
    together = Together(shelf.look)
    found = await asyncio.gather(*(together.find(key) for key in (1, 2, 2, 100)))
    assert found == [2, 4, 4, None]
    assert shelf.asked == [(1, 2, 100)]
    assert await together.find(3) == 6
    assert shelf.asked == [(1, 2, 100), (3,)]


async def test_who_comes_while_others_look_gets_a_newer_look() -> None:
    shelf = Shelf()
    shelf.open.clear()
    together = Together(shelf.look)
    first = asyncio.ensure_future(together.find(1))
    while not shelf.asked:  # noqa: ASYNC110 - turns of the loop, not time
        await asyncio.sleep(0)
    second = asyncio.ensure_future(together.find(1))
    while len(shelf.asked) < 2:  # noqa: ASYNC110
        await asyncio.sleep(0)
    shelf.open.set()
    assert (await first, await second) == (2, 2)


async def test_one_that_is_broken_breaks_no_other() -> None:
    shelf = Shelf()
    shelf.bad = 2
    together = Together(shelf.look)
    found = await asyncio.gather(*(together.find(key) for key in (1, 2, 3)), return_exceptions=True)
    assert found[0] == 2
    assert isinstance(found[1], ValueError)
    assert found[2] == 6


async def test_a_database_that_is_away_is_asked_once() -> None:
    shelf = Shelf()
    shelf.away = True
    together = Together(shelf.look)
    found = await asyncio.gather(*(together.find(key) for key in (1, 2)), return_exceptions=True)
    assert all(isinstance(one, StoreUnavailable) for one in found)
    assert len(shelf.asked) == 1
    shelf.away = False
    assert await together.find(1) == 2


@pytest.mark.parametrize("begun", [False, True])
async def test_who_looks_for_all_may_be_called_off(begun: bool) -> None:
    shelf = Shelf()
    shelf.open.clear()
    together = Together(shelf.look)
    first = asyncio.ensure_future(together.find(1))
    second = asyncio.ensure_future(together.find(2))
    await asyncio.sleep(0)
    while begun and not shelf.asked:  # noqa: ASYNC110
        await asyncio.sleep(0)
    first.cancel()
    shelf.open.set()
    assert await second == 4
    assert first.cancelled()
