"""The pool of searches: bounded, in turn, cancelled with whoever waits, and never in the way."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

import pytest
from PIL import Image

from bot.identifiers.findings import Kind
from bot.identifiers.pictures.order import Outcome, Wish
from bot.identifiers.pictures.workers import SLOW
from bot.metrics import Metrics
from bot.runtime import scanning
from bot.runtime.scanning import BUSY, Lane, Scanning, Unread


@asynccontextmanager
async def opened(**how: object) -> AsyncGenerator[Scanning]:
    scans = Scanning(**how)  # pyright: ignore[reportArgumentType]
    try:
        yield scans
    finally:
        await scans.close()


def flat() -> bytes:
    target = io.BytesIO()
    Image.new("L", (64, 64), 90).save(target, "PNG")
    return target.getvalue()


async def test_texts_and_names_are_looked_through() -> None:
    metrics = Metrics()
    async with opened(took=metrics.scanned) as scans:
        found = await scans.text("Seen today, MRN 48210937.")
        assert not isinstance(found, Unread)
        assert [one.kind for one in found] == [Kind.MRN]
        named = await scans.text("MRN_48210937.png", name=True)
        assert not isinstance(named, Unread)
        assert named
        assert await scans.text("  ") == ()
    assert b'introducer_scan_seconds_count{what="text"} 2.0' in metrics.text()


async def test_what_is_no_picture_ends_in_a_sentence_and_the_pool_goes_on() -> None:
    async with opened() as scans:
        answer = await scans.picture(b"\x89PNG\r\n\x1a\nbroken")
        assert isinstance(answer, Unread)
        assert answer.why.endswith(".")
        answer = await scans.picture(flat(), Wish(redact=True, preview=True))
        assert isinstance(answer, Outcome)
        assert answer.size == (64, 64)
        assert answer.copy is not None
        assert answer.preview is not None
        # Who waited goes away: the process is ended, the turn is free.
        began = asyncio.Event()

        async def tell() -> None:
            began.set()

        task = asyncio.ensure_future(scans.picture(flat(), began=tell))
        await began.wait()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        assert isinstance(await scans.picture(b"no picture"), Unread)


async def test_too_slow_ends_in_a_sentence() -> None:
    async with opened(seconds=0.0) as scans:
        answer = await scans.picture(flat())
        assert answer == Unread(SLOW)


async def test_whoever_waits_for_an_answer_comes_first_and_memory_comes_with_the_turn() -> None:
    order: list[str] = []
    go, begun = asyncio.Event(), asyncio.Event()

    async def bytes_of(name: str) -> bytes:
        order.append(name)
        if name == "first":
            begun.set()
            await go.wait()
        return b"no picture"

    async with opened() as scans:
        first = asyncio.ensure_future(scans.picture(lambda: bytes_of("first"), lane=Lane.WATCH))
        await begun.wait()
        watched = asyncio.ensure_future(scans.picture(lambda: bytes_of("watched"), lane=Lane.WATCH))
        await asyncio.sleep(0)
        asked = asyncio.ensure_future(scans.picture(lambda: bytes_of("asked")))
        await asyncio.sleep(0)
        assert order == ["first"]
        go.set()
        await asyncio.gather(first, watched, asked)
    assert order == ["first", "asked", "watched"]


async def test_a_flood_is_refused_and_closing_answers_who_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scanning, "MOST_WAITING", 1)
    hold = asyncio.Event()

    async def slow() -> bytes:
        await hold.wait()
        return b""

    async with opened() as scans:
        first = asyncio.ensure_future(scans.picture(slow))
        await asyncio.sleep(0)
        second = asyncio.ensure_future(scans.picture(slow))
        await asyncio.sleep(0)
        assert await scans.picture(slow) == BUSY
        hold.set()
        await first
        await second
