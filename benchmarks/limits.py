"""Under a limit of R messages a second: how long N take with one and with four processes.

The peer is the limit itself, N / R. And the most that went out in any second: R + burst is allowed.
Each process is a real one; `python -m benchmarks.limits URL FILE` is one of them.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left
from datetime import datetime, timedelta
from pathlib import Path

from adapters.scheduler import SchedulerBell
from benchmarks.deliveries import OpenDoor
from benchmarks.ground import opened, postgres_url, settle
from benchmarks.punctuality import note
from benchmarks.report import Figure, Report, p99
from bot.clock import SystemClock
from bot.domain.delivery import NewDelivery
from bot.domain.people import Account, CommunityId, Place
from bot.runtime.delivery import Dispatcher
from bot.runtime.doors import Sent, Target
from bot.runtime.feature import Notice
from bot.runtime.hall import Doors
from bot.runtime.pace import Pace
from bot.runtime.screen import Screen
from bot.services import delivery as use_cases
from bot.services.ports import Work

RATE, BURST, COUNT = 40.0, 5, 800
AHEAD = timedelta(seconds=15)


class Lines(OpenDoor):
    """Writes down when each message went."""

    def __init__(self, file: int) -> None:
        super().__init__()
        self._file = file

    async def send(self, target: Target, screen: Screen, key: str) -> Sent:
        os.write(self._file, f"{time.time():.4f} {key}\n".encode())
        await asyncio.sleep(0.05)
        return await super().send(target, screen, key)


async def worker(url: str, file: str) -> None:
    """One process, until nothing is left."""
    async with opened(url) as store:
        bell, doors = SchedulerBell(), Doors()
        doors.add(Lines(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)))

        async def left(account: Account, community: CommunityId) -> None: ...

        pace = {"preview": Pace(RATE, BURST, name="preview", turns=store)}
        notices = {"note": Notice("note", note)}
        made = Dispatcher(store, SystemClock(), notices, doors, bell, left, pace=pace)
        bell.start()
        bell.every("poll", 0.5, made.ring)
        while await store.read(use_cases.next_due) is not None:  # noqa: ASYNC110
            await asyncio.sleep(0.2)
        bell.stop()
        await made.close()


async def fill(url: str, due: datetime) -> None:
    """COUNT messages, due together."""

    async with opened(url) as store:
        home, [member] = await store.write(settle, 1)

        def plan(work: Work) -> None:
            work.deliveries.schedule(
                NewDelivery("note", home, f"n:{n}", f"k{n}", due, member=member)
                for n in range(COUNT)
            )

        await store.write(plan)


def measure(report: Report, processes: int) -> None:
    """N messages by so many processes."""
    with postgres_url() as url, tempfile.TemporaryDirectory() as folder:
        file, due = Path(folder) / "sent", SystemClock().now() + AHEAD
        asyncio.run(fill(url, due))
        words = [sys.executable, "-m", "benchmarks.limits", url, str(file)]
        running = [subprocess.Popen(words) for _n in range(processes)]
        for one in running:
            one.wait()
        at = sorted(
            float(line.split()[0]) for line in file.read_text(encoding="ascii").splitlines()
        )
    # From the first message on: how long a Python takes to start is measured elsewhere.
    took, least = at[-1] - max(due.timestamp(), at[0]), COUNT / RATE
    most = max(bisect_left(at, one + 1.0) - number for number, one in enumerate(at))
    name = f"{COUNT} at {RATE:.0f}/s, {processes} process{'es' if processes > 1 else ''}"
    report.add(Figure(f"{name}: makespan", took, "s", least, 1.03 * least))
    report.add(Figure(f"{name}: most in a second", float(most), "", RATE, RATE + BURST))
    report.add(Figure(f"{name}: lost or twice", float(abs(len(at) - COUNT)), "", None, 0.5))


async def fill_unfairly(url: str, due: datetime) -> None:
    """98 of 100 rows in one community, the others in ten small ones; all due together."""
    async with opened(url) as store:
        big, [member] = await store.write(settle, 1)

        def plan(work: Work) -> None:
            work.deliveries.schedule(
                NewDelivery("note", big, f"n:{n}", f"k{n}", due, member=member)
                for n in range(COUNT * 98 // 100)
            )
            for number in range(10):
                place = Place("preview", f"small{number}")
                home = work.communities.add(place, "Small", due)
                account = Account("preview", place.workspace, "1")
                one = work.people.add(account, "Ana", due).member
                work.people.join(one, home.id, due)
                work.deliveries.schedule(
                    NewDelivery("note", home.id, "n:s", f"small{number}-{n}", due, member=one)
                    for n in range(COUNT // 500)
                )

        await store.write(plan)


def fairness(report: Report) -> None:
    """How long the small communities wait beside one that has 98 % of the rows."""
    with postgres_url() as url, tempfile.TemporaryDirectory() as folder:
        file, due = Path(folder) / "sent", SystemClock().now() + AHEAD
        asyncio.run(fill_unfairly(url, due))
        words = [sys.executable, "-m", "benchmarks.limits", url, str(file)]
        subprocess.run(words, check=True)
        lines = [line.split() for line in file.read_text(encoding="ascii").splitlines()]
    began = max(due.timestamp(), min(float(at) for at, _key in lines))
    small = [float(at) - began for at, key in lines if key.startswith("small")]
    whole = max(float(at) for at, _key in lines) - began
    report.add(Figure("98 % in one community: p99 of the others", p99(small), "s", whole, 1.0))


if __name__ == "__main__":
    if sys.argv[1:]:
        asyncio.run(worker(*sys.argv[1:]))
    else:
        made = Report("limits")
        for several in (1, 4):
            measure(made, several)
        fairness(made)
        made.end()
