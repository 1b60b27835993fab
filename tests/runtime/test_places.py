"""So many requests at a time: in order, given back whatever happens, and not kept by who waits."""

from __future__ import annotations

import asyncio

import pytest

from bot.runtime.places import Places


async def test_who_comes_first_is_first_and_the_rest_wait() -> None:
    places, order = Places(2, seconds=60), list[int]()
    go_on = asyncio.Event()

    async def one(number: int) -> None:
        async with places.one():
            order.append(number)
            await go_on.wait()

    async with asyncio.timeout(5):
        async with asyncio.TaskGroup() as group:
            for number in range(5):
                group.create_task(one(number))
            await asyncio.sleep(0.01)
            assert order == [0, 1]
            go_on.set()
    assert order == [0, 1, 2, 3, 4]


async def test_who_waits_for_something_else_makes_room_and_gives_back_once() -> None:
    places, begun = Places(1, seconds=0.01), list[str]()
    answered = asyncio.Event()

    async def slow() -> None:
        async with places.one():
            begun.append("slow")
            await answered.wait()

    async def held(name: str) -> None:
        async with places.one():
            begun.append(name)
            await asyncio.sleep(0)

    async with asyncio.timeout(5):
        waiting = asyncio.create_task(slow())
        await asyncio.sleep(0)
        await held("second")
        answered.set()
        await waiting
        # Two places would be free now if it had been given back twice.
        narrow = Places(1, seconds=60)
        narrow._free = places._free  # pyright: ignore[reportPrivateUsage]
        async with narrow.one():
            third = asyncio.create_task(held("third"))
            await asyncio.sleep(0.02)
            assert begun == ["slow", "second"]
        await third


@pytest.mark.parametrize("how", [ValueError("no"), asyncio.CancelledError()])
async def test_a_place_comes_back_when_the_work_fails(how: BaseException) -> None:
    places = Places(1, seconds=60)
    for _time in range(3):
        with pytest.raises(type(how)):
            async with asyncio.timeout(5), places.one():
                raise how


async def test_who_gives_up_while_waiting_takes_nothing() -> None:
    places = Places(1, seconds=60)
    async with asyncio.timeout(5):
        async with places.one():
            waiting = asyncio.create_task(places.one().__aenter__())
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        async with places.one():
            pass


async def test_who_needs_none_is_let_by() -> None:
    places = Places(1, seconds=60)
    async with asyncio.timeout(5), places.one(), places.one(needed=False):
        pass
