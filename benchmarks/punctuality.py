"""An idle bot and one reminder: how late it is, in the process that made it and in another one.

The peer in the same run is the limit: how late a bare `asyncio.sleep` until the same moment is on this
machine. And what a full table costs the start: 100,000 pending rows against none.
"""

from __future__ import annotations

import asyncio
import gc
import resource
import time
from datetime import timedelta

from adapters.scheduler import SchedulerBell
from benchmarks.deliveries import OpenDoor
from benchmarks.ground import opened, postgres_url, settle, sqlite_url
from benchmarks.report import Figure, Report
from bot.clock import SystemClock
from bot.domain.delivery import Delivery, NewDelivery
from bot.domain.people import Account, CommunityId
from bot.runtime.delivery import POLL, Dispatcher
from bot.runtime.doors import Sent, Target
from bot.runtime.feature import Moot, Notice
from bot.runtime.hall import Doors
from bot.runtime.screen import Screen
from bot.services import delivery as use_cases
from bot.services.ports import Work
from bot.ui.parts import Reply, Text
from bot.ui.words import _
from storage import OpenStore

ROUNDS = 60
AHEAD = timedelta(milliseconds=300)
PENDING = 100_000


class Watch(OpenDoor):
    """Notes when each message came."""

    def __init__(self) -> None:
        super().__init__()
        self.at: dict[str, float] = {}
        self.came = asyncio.Event()

    async def send(self, target: Target, screen: Screen, key: str) -> Sent:
        self.at[key] = time.time()
        self.came.set()
        return await super().send(target, screen, key)


async def note(delivery: Delivery, late: bool) -> Reply | Moot:
    """The shortest message."""
    return Reply((Text(_("A note.")),))


def schedule(work: Work, row: NewDelivery) -> None:
    """One row."""
    work.deliveries.schedule([row])


def dispatcher(store: OpenStore, door: Watch, bell: SchedulerBell) -> Dispatcher:
    """As the program puts it together."""
    doors = Doors()
    doors.add(door)

    async def left(account: Account, community: CommunityId) -> None: ...

    made = Dispatcher(store, SystemClock(), {"note": Notice("note", note)}, doors, bell, left)
    store.on_scheduled(lambda: bell.once("delivery", 0.0, made.ring))
    bell.every("poll", POLL, made.ring)
    return made


async def lateness(maker: OpenStore, sender: OpenStore) -> tuple[list[float], list[float]]:
    """Milliseconds late: ours, and a bare sleep's."""
    home, [member] = await maker.write(settle, 1)
    door, bell = Watch(), SchedulerBell()
    ours = dispatcher(sender, door, bell)
    bell.start()
    await asyncio.sleep(1.0)
    late: list[float] = []
    bare: list[float] = []
    for number in range(ROUNDS):
        due = SystemClock().now() + AHEAD

        row = NewDelivery("note", home, f"n:{number}", f"k{number}", due, member=member)
        door.came.clear()
        await maker.write(schedule, row)
        await door.came.wait()
        late.append((door.at[f"k{number}"] - due.timestamp()) * 1000)
        before = time.time()
        await asyncio.sleep(0.05)
        bare.append((time.time() - before - 0.05) * 1000)
    bell.stop()
    await ours.close()
    return late, bare


async def start(url: str, rows: int) -> tuple[float, float]:
    """Milliseconds and MB from opening the store to knowing what is due next."""
    if rows:
        async with opened(url) as store:
            home, [member] = await store.write(settle, 1)
            due = SystemClock().now() + timedelta(days=30)

            def plan(work: Work, first: int) -> None:
                work.deliveries.schedule(
                    NewDelivery("note", home, f"n:{n}", f"k{n}", due, member=member)
                    for n in range(first, first + 5000)
                )

            for first in range(0, rows, 5000):
                await store.write(plan, first)
    gc.collect()
    memory, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    async with opened(url) as store:
        await store.write(use_cases.claim, "t", SystemClock().now(), timedelta(seconds=30), 100)
        await store.read(use_cases.next_due)
        took = (time.perf_counter() - began) * 1000
    return took, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) / 1024


async def _between(here: str, there: str | None) -> tuple[list[float], list[float]]:
    async with opened(here) as maker:
        if there is None:
            return await lateness(maker, maker)
        async with opened(there) as sender:
            return await lateness(maker, sender)


def measure(report: Report) -> None:
    """All of it."""
    with sqlite_url() as url:
        report.lateness("idle reminder, SQLite", *asyncio.run(_between(url, None)))
    with postgres_url() as url:
        report.lateness("idle reminder, PostgreSQL", *asyncio.run(_between(url, None)))
    with postgres_url() as url:
        name = "idle reminder made elsewhere, PostgreSQL"
        report.lateness(name, *asyncio.run(_between(url, url)))
    with sqlite_url() as empty, sqlite_url() as full:
        asyncio.run(start(empty, 0))  # whatever is loaded the first time
        bare, _mb = asyncio.run(start(empty, 0))
        took, more = asyncio.run(start(full, PENDING))
        report.add(Figure("start with 100,000 pending, more time", took - bare, "ms", bare, 100.0))
        report.add(Figure("start with 100,000 pending, more memory", more, "MB", None, 5.0))


if __name__ == "__main__":
    made = Report("punctuality")
    measure(made)
    made.end()
