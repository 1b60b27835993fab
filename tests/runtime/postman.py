"""A process of its own that carries what is due and writes down each message it sent.

`python -m tests.runtime.postman URL FILE COUNT SECONDS`: schedules COUNT notes if the table is
empty, sends them through a door that appends one line a message to FILE and takes SECONDS for each,
and ends when nothing is left. Made to be killed at any point.
"""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass
from datetime import timedelta

from adapters.scheduler import SchedulerBell
from bot.clock import SystemClock
from bot.domain.delivery import Delivery, NewDelivery
from bot.domain.people import Account, CommunityId, Place, Standing
from bot.runtime import groups, sentences
from bot.runtime.core import Core
from bot.runtime.delivery import Dispatcher
from bot.runtime.doors import (
    Delivered,
    Presence,
    Readers,
    Sent,
    Target,
    ToChannel,
    Trace,
    Undeliverable,
)
from bot.runtime.feature import Moot, Notice
from bot.runtime.hall import Doors
from bot.runtime.screen import Screen
from bot.services import delivery as use_cases
from bot.services.ports import Work
from bot.ui.parts import Reply, Text
from bot.ui.words import _
from storage import open_store

HERE = Place("paper", "here")


@dataclass
class LineDoor:
    """Appends `key` or `key again` for each message, in one write each."""

    file: int
    takes: float
    platform: str = "paper"
    connected: bool = True

    async def start(self, core: Core) -> None: ...

    async def stop(self) -> None: ...

    async def send(self, target: Target, screen: Screen, key: str) -> Sent:
        again = Text(sentences.PERHAPS_AGAIN) in screen.parts
        os.write(self.file, f"{key}{' again' if again else ''}\n".encode())
        await asyncio.sleep(self.takes)
        return Delivered(key)

    async def change(self, at: ToChannel, trace: Trace, screen: Screen) -> Sent:
        return Undeliverable("nothing was sent")

    async def forget(self, account: Account, passing: str) -> None: ...

    async def readers(self, place: Place, channel: str) -> Readers | None:
        return None

    async def look_up(self, place: Place, account: Account) -> Presence | None:
        return Presence(Standing.NONE, frozenset(), "Ana")


async def note(delivery: Delivery, late: bool) -> Reply | Moot:
    return Reply((Text(_("A note.")),))


async def carry(url: str, file: str, count: int, takes: float) -> None:
    store = await open_store(url)
    clock = SystemClock()
    bell = SchedulerBell()
    doors = Doors()
    doors.add(LineDoor(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND), takes))

    async def left(account: Account, community: CommunityId) -> None: ...

    dispatcher = Dispatcher(
        store,
        clock,
        {"note": Notice("note", note)},
        doors,
        bell,
        left,
        lease=timedelta(seconds=3),
        at_most=groups.MOST,
    )

    def plan(work: Work) -> None:
        if work.communities.of(HERE) is not None:
            return
        home = work.communities.add(HERE, "Here", clock.now())
        member = work.people.add(Account("paper", "here", "1"), "Ana", clock.now()).member
        work.people.join(member, home.id, clock.now())
        work.deliveries.schedule(
            NewDelivery("note", home.id, f"n:{number}", f"k{number}", clock.now(), member=member)
            for number in range(count)
        )

    await store.write(plan)
    bell.start()
    bell.every("poll", 0.2, dispatcher.ring)
    while await store.read(use_cases.next_due) is not None:  # noqa: ASYNC110 - rows tell nobody
        await asyncio.sleep(0.05)
    bell.stop()
    await dispatcher.close()
    await store.close()


if __name__ == "__main__":
    asyncio.run(carry(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])))
