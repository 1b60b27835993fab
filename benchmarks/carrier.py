"""One worker as a process of its own, made to be measured, limited, or killed.

`python -m benchmarks.carrier URL FILE SECONDS RATE`: carries what is due until nothing is left; each
send takes SECONDS, at most RATE a second go out with all other carriers together (0: no limit). FILE
gets a line for each message as it is begun: the time, the key, and `again` if it says so itself.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from datetime import timedelta

from adapters.scheduler import SchedulerBell
from benchmarks.deliveries import OpenDoor
from benchmarks.ground import opened
from benchmarks.punctuality import note
from bot.clock import SystemClock
from bot.domain.people import Account, CommunityId
from bot.runtime import groups, sentences
from bot.runtime.delivery import Dispatcher
from bot.runtime.doors import Sent, Target
from bot.runtime.feature import Notice
from bot.runtime.hall import Doors
from bot.runtime.pace import Pace
from bot.runtime.screen import Screen
from bot.services import delivery as use_cases
from bot.ui.parts import Text

BURST = 5
LEASE = timedelta(seconds=3)


class Lines(OpenDoor):
    """Writes down when each message went."""

    def __init__(self, file: int, seconds: float) -> None:
        super().__init__()
        self._file = file
        self._seconds = seconds

    async def send(self, target: Target, screen: Screen, key: str) -> Sent:
        again = " again" if Text(sentences.PERHAPS_AGAIN) in screen.parts else ""
        os.write(self._file, f"{time.time():.4f} {key}{again}\n".encode())
        await asyncio.sleep(self._seconds)
        return await super().send(target, screen, key)


async def carry(url: str, file: str, seconds: float, rate: float) -> None:
    """Until nothing is left."""
    async with opened(url) as store:
        bell, doors = SchedulerBell(), Doors()
        doors.add(Lines(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND), seconds))

        async def left(account: Account, community: CommunityId) -> None: ...

        pace = {"preview": Pace(rate, BURST, name="preview", turns=store)} if rate else {}
        notices = {"note": Notice("note", note)}
        made = Dispatcher(
            store,
            SystemClock(),
            notices,
            doors,
            bell,
            left,
            pace=pace,
            lease=LEASE,
            at_most=groups.MOST,
        )
        bell.start()
        bell.every("poll", 0.5, made.ring)
        while await store.read(use_cases.next_due) is not None:  # noqa: ASYNC110
            await asyncio.sleep(0.2)
        bell.stop()
        await made.close()


if __name__ == "__main__":
    asyncio.run(carry(sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4])))
