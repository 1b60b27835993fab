"""Workers killed in the middle, twenty times: what is lost, repeated, or sent after it was cancelled;
and two workers beside one, where each send takes 50 ms.

Real processes on PostgreSQL (benchmarks/carrier.py), two at a time, one of which dies by SIGKILL;
some of the messages are cancelled while the others go out. `python -m benchmarks.kills [RUNS]`.
"""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.ground import opened, postgres_url, settle
from benchmarks.report import Figure, Report
from bot.clock import SystemClock
from bot.domain.delivery import NewDelivery
from bot.services.ports import Work

COUNT, AT_ONCE, TAKES = 400, 16, 0.02
AHEAD = timedelta(seconds=6)
SLOW_COUNT, SLOW = 1500, 0.05


async def fill(url: str, count: int, due: datetime, run: int = 0) -> None:
    """So many messages, due together; one in ten may be cancelled by its subject."""
    async with opened(url) as store:
        home, [member] = await store.write(settle, 1)

        def plan(work: Work) -> None:
            work.deliveries.schedule(
                NewDelivery("note", home, f"r{run}:{n % 10}", f"r{run}k{n}", due, member=member)
                for n in range(count)
            )

        await store.write(plan)


async def cancel(url: str, run: int) -> float:
    """One in ten is moot; when that was committed."""
    async with opened(url) as store:
        await store.write(lambda work: work.deliveries.cancel(f"r{run}:0"))
        return time.time()


def carriers(url: str, file: Path, count: int, takes: float) -> list[subprocess.Popen[bytes]]:
    """So many workers."""
    words = [sys.executable, "-m", "benchmarks.carrier", url, str(file), str(takes), "0"]
    return [subprocess.Popen(words) for _n in range(count)]


def lines(file: Path) -> list[list[str]]:
    """What went out: time, key, and whether it says that it may be a repetition."""
    if not file.exists():
        return []
    return [line.split() for line in file.read_text(encoding="ascii").splitlines()]


def killed(url: str, folder: Path, run: int, chance: random.Random) -> tuple[int, int, int]:
    """Lost, repeated beyond the bound or unmarked, and sent after it was cancelled."""
    file = folder / f"sent{run}"
    asyncio.run(fill(url, COUNT, SystemClock().now() + AHEAD, run))
    both = carriers(url, file, 2, TAKES)
    goal = chance.randrange(COUNT // 10, COUNT // 2)
    while len(lines(file)) < goal:
        time.sleep(0.002)
    both[run % 2].kill()
    cancelled = asyncio.run(cancel(url, run))
    for one in both:
        one.wait()
    sent = lines(file)
    times = Counter(line[1] for line in sent)
    moot = {f"r{run}k{n}" for n in range(0, COUNT, 10)}
    lost = sum(f"r{run}k{n}" not in times for n in range(COUNT) if f"r{run}k{n}" not in moot)
    again = {line[1] for line in sent if len(line) > 2}
    repeated = [key for key, count in times.items() if count > 1]
    doubled = max(len(repeated) - AT_ONCE, 0) + len(set(repeated) - again)
    late = sum(line[1] in moot and float(line[0]) > cancelled for line in sent)
    return lost, doubled, late


def takes(url: str, folder: Path, workers: int) -> float:
    """Seconds from the first message to the last."""
    file, due = folder / f"by{workers}", SystemClock().now() + 2 * AHEAD
    asyncio.run(fill(url, SLOW_COUNT, due, 1000 + workers))
    for one in carriers(url, file, workers, SLOW):
        one.wait()
    at = sorted(float(line[0]) for line in lines(file))
    return at[-1] - max(due.timestamp(), at[0])


if __name__ == "__main__":
    made, runs = Report("kills"), int(sys.argv[1]) if sys.argv[1:] else 20
    with postgres_url() as database, tempfile.TemporaryDirectory() as there:
        by_hand = random.Random(7)
        found: list[tuple[int, int, int]] = []
        for number in range(runs):
            found.append(killed(database, Path(there), number, by_hand))
            sys.stderr.write(f"\r{number + 1} of {runs} kills: {found[-1]} ")
        name = f"{runs} runs of kill -9, {COUNT} each"
        made.add(Figure(f"{name}: lost", sum(one[0] for one in found), "", None, 0.5))
        made.add(
            Figure(f"{name}: beyond the bound or unmarked", sum(o[1] for o in found), "", None, 0.5)
        )
        made.add(Figure(f"{name}: sent after its cancel", sum(o[2] for o in found), "", None, 0.5))
        alone, together = (takes(database, Path(there), count) for count in (1, 2))
        title = f"{SLOW_COUNT} messages of {SLOW * 1000:.0f} ms by two workers"
        made.add(Figure(title, together, "s", alone, alone / 1.5))
    made.end()
