"""Under a limit of R messages a second: how long N take with one and with four processes.

The peer is the limit itself, N / R. And the most that went out in any second: R + burst is allowed.
Each process is a real one; see benchmarks/carrier.py.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from bisect import bisect_left
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.ground import opened, postgres_url, settle
from benchmarks.report import Figure, Report, p99
from bot.clock import SystemClock
from bot.domain.delivery import NewDelivery
from bot.domain.people import Account, Place
from bot.services.ports import Work

RATE, BURST, COUNT = 40.0, 5, 800
AHEAD = timedelta(seconds=15)


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
        words = [sys.executable, "-m", "benchmarks.carrier", url, str(file), "0.05", str(RATE)]
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
        words = [sys.executable, "-m", "benchmarks.carrier", url, str(file), "0.05", str(RATE)]
        subprocess.run(words, check=True)
        lines = [line.split() for line in file.read_text(encoding="ascii").splitlines()]
    began = max(due.timestamp(), min(float(at) for at, _key in lines))
    small = [float(at) - began for at, key in lines if key.startswith("small")]
    whole = max(float(at) for at, _key in lines) - began
    report.add(Figure("98 % in one community: p99 of the others", p99(small), "s", whole, 1.0))


if __name__ == "__main__":
    made = Report("limits")
    for several in (1, 4):
        measure(made, several)
    fairness(made)
    made.end()
