"""A preview with the gallery in it, really listening."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.preview.door import PreviewDoor
from adapters.preview.people import PERSONAS
from bot.clock import Clock, HandMovedClock
from bot.runtime.core import Core
from bot.runtime.registry import Registry
from storage import MemoryStore, memory_store
from tests.adapters.preview.gallery import Gallery

NOW = datetime(2027, 3, 8, 9, 30, tzinfo=UTC)


@dataclass
class Opened:
    """Everything of a running preview that a test may look at."""

    door: PreviewDoor
    core: Core
    clock: Clock
    store: MemoryStore
    gallery: Gallery

    async def close(self) -> None:
        await self.door.stop()
        await self.store.close()


async def open_preview(
    clock: Clock | None = None,
    *,
    port: int = 0,
    next_due: Callable[[], Awaitable[datetime | None]] | None = None,
    moved: Callable[[], Awaitable[None]] | None = None,
) -> Opened:
    clock = clock or HandMovedClock(NOW)
    gallery, store = Gallery(), memory_store()
    door = PreviewDoor(port, clock, PERSONAS, next_due=next_due, moved=moved)
    core = Core(Registry([gallery.feature()]), store, clock, door, set_up=True)
    await door.start(core)
    return Opened(door, core, clock, store, gallery)
