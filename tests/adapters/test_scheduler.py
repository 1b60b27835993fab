"""The bell rings with APScheduler, and is silent about what it hears."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest

from adapters.scheduler import SchedulerBell


@pytest.fixture
async def bell() -> AsyncIterator[SchedulerBell]:
    made = SchedulerBell()
    made.start()
    yield made
    made.stop()


async def test_once_replaces_what_was_asked_before(bell: SchedulerBell) -> None:
    rung: list[str] = []
    done = asyncio.Event()

    async def first() -> None:
        rung.append("first")

    async def second() -> None:
        rung.append("second")
        done.set()

    bell.once("x", 30, first)
    bell.once("x", 0.02, second)
    await asyncio.wait_for(done.wait(), 5)
    assert rung == ["second"]


async def test_a_ring_may_ask_for_the_next_one(bell: SchedulerBell) -> None:
    rung: list[int] = []
    done = asyncio.Event()

    async def again() -> None:
        rung.append(1)
        if len(rung) == 3:
            done.set()
        else:
            bell.once("x", 0, again)

    bell.once("x", 0, again)
    await asyncio.wait_for(done.wait(), 5)


async def test_a_slow_answer_is_not_rung_over(
    bell: SchedulerBell, caplog: pytest.LogCaptureFixture
) -> None:
    at_once = 0
    most = 0
    rung = asyncio.Event()

    async def slow() -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.3)
        at_once -= 1
        rung.set()

    with caplog.at_level(logging.WARNING):
        bell.every("x", 0.05, slow)
        await asyncio.wait_for(rung.wait(), 5)
    assert most == 1
    assert caplog.records == []


async def test_a_failure_is_told_without_its_text(
    bell: SchedulerBell, caplog: pytest.LogCaptureFixture
) -> None:
    rung = asyncio.Event()

    async def broken() -> None:
        rung.set()
        raise RuntimeError("DOE, JANE")

    with caplog.at_level(logging.ERROR):
        bell.once("x", 0, broken)
        await asyncio.wait_for(rung.wait(), 5)
        await asyncio.sleep(0.05)
    assert "RuntimeError" in caplog.text
    assert "DOE" not in caplog.text


async def test_stopping_breaks_off_without_a_word(
    bell: SchedulerBell, caplog: pytest.LogCaptureFixture
) -> None:
    rung = asyncio.Event()
    broken_off: list[str] = []

    async def slow() -> None:
        rung.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            broken_off.append("x")
            raise

    with caplog.at_level(logging.WARNING):
        bell.once("x", 0, slow)
        await asyncio.wait_for(rung.wait(), 5)
        bell.stop()
        await asyncio.sleep(0.05)
    assert broken_off == ["x"]
    assert caplog.records == []
