"""Work in the background ends when its owner closes, even if a cancellation got lost on the way."""

from __future__ import annotations

import asyncio

import pytest

from bot import tasks
from bot.tasks import TaskOwner


async def test_closing_asks_again_when_a_cancellation_got_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tasks, "_AGAIN", 0.01)
    asked = 0

    async def deaf() -> None:
        nonlocal asked
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                asked += 1
                if asked == 2:
                    raise

    owner = TaskOwner("test")
    task = owner.start("deaf", deaf())
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await owner.close()
    assert task.cancelled()
    assert asked == 2
