"""10,000 messages are due at once: how many a second go from claimed to recorded.

The door takes every message at once, so what is measured is ours: claiming, looking again, wording,
recording. Once with a notice that words itself, once with real reminders, which look at the
session. Peers in the same run: the same rows by hand (a batch claimed, sent and recorded in two
statements), APScheduler with its job store in the same kind of file, and on PostgreSQL two queues
(benchmarks/peers.py) in an environment of their own, which BENCH_PEERS names.
"""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import create_engine, delete, text
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.ground import EVERYTHING, NOW, hosted, opened, postgres_url, settle, sqlite_url
from benchmarks.report import Figure, Report
from bot import lasting
from bot.clock import HandMovedClock
from bot.domain.delivery import Delivery, NewDelivery
from bot.domain.people import Account, CommunityId, MemberId, Place, Standing
from bot.runtime import groups
from bot.runtime.bell import Ring
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
from bot.services.office_hours import seats
from bot.services.office_hours.results import Actor
from bot.services.ports import Work
from bot.ui.parts import Reply, Text
from bot.ui.words import _
from cogs.office_hours import OfficeHours
from storage import OpenStore
from storage.models_delivery import deliveries
from storage.sqlite_engine import prepare
from storage.urls import OnServer, understand
from storage.work import Repositories

DUE = int(os.environ.get("BENCH_DUE", "10000"))
SESSIONS = 50
PAST = datetime(2020, 1, 1, tzinfo=UTC)
_TABLE = (
    "CREATE TABLE peer_due (id INTEGER PRIMARY KEY, state TEXT, token TEXT)",
    "INSERT INTO peer_due WITH RECURSIVE n(i) AS"
    f" (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {DUE}) SELECT i, 'pending', NULL FROM n",
    "CREATE INDEX peer_pending ON peer_due (id) WHERE state = 'pending'",
    "CREATE INDEX peer_token ON peer_due (token)",
)


@dataclass
class OpenDoor:
    """Takes everything at once and counts."""

    platform: str = "preview"
    connected: bool = True
    taken: int = 0

    async def start(self, core: Core) -> None:
        """Nothing to do."""

    async def stop(self) -> None:
        """Nothing to do."""

    async def send(self, target: Target, screen: Screen, key: str) -> Sent:
        """One more."""
        self.taken += 1
        return Delivered(key)

    async def change(self, at: ToChannel, trace: Trace, screen: Screen) -> Sent:
        """Nothing was sent to a channel."""
        return Undeliverable("nothing was sent")

    async def forget(self, account: Account, passing: str) -> None:
        """Nothing to do."""

    async def readers(self, place: Place, channel: str) -> Readers | None:
        """Nobody knows."""
        return None

    async def look_up(self, place: Place, account: Account) -> Presence | None:
        """Everybody is there."""
        return Presence(Standing.NONE, frozenset(), "P")


class NoBell:
    """Rings for nobody."""

    def once(self, name: str, seconds: float, ring: Ring) -> None:
        """Nothing."""

    def every(self, name: str, seconds: float, ring: Ring) -> None:
        """Nothing."""

    def start(self) -> None:
        """Nothing."""

    def stop(self) -> None:
        """Nothing."""


async def note(delivery: Delivery, late: bool) -> Reply | Moot:
    """A message that needs no look at anything."""
    return Reply((Text(_("A note.")),))


async def nobody_left(account: Account, community: CommunityId) -> None:
    """Everybody is there."""


async def stalled(stop: asyncio.Event) -> float:
    """The longest that the loop kept somebody waiting who wanted to wake after 5 ms; seconds."""
    loop, most = asyncio.get_running_loop(), 0.0
    while not stop.is_set():
        before = loop.time()
        await asyncio.sleep(0.005)
        most = max(most, loop.time() - before - 0.005)
    return most


async def carried(
    store: OpenStore, clock: HandMovedClock, notices: dict[str, Notice]
) -> tuple[float, float]:
    """Messages a second, and the longest stall of the loop in seconds."""
    door, doors = OpenDoor(), Doors()
    doors.add(door)
    dispatcher = Dispatcher(
        store, clock, notices, doors, NoBell(), nobody_left, at_most=groups.MOST
    )
    lasting.settle()
    stop = asyncio.Event()
    watching = asyncio.create_task(stalled(stop), name="stalls")
    begun = time.perf_counter()
    await dispatcher.ring()
    took = time.perf_counter() - begun
    stop.set()
    assert door.taken >= DUE, door.taken
    return door.taken / took, await watching


async def notes(store: OpenStore) -> tuple[float, float]:
    """Messages that word themselves, to 200 members."""
    home, people = await store.write(settle, 201)

    def plan(work: Work, home: CommunityId, people: list[MemberId]) -> None:
        work.deliveries.schedule(
            NewDelivery(
                "note", home, f"n:{number}", f"k{number}", NOW, member=people[number % len(people)]
            )
            for number in range(DUE)
        )

    await store.write(plan, home, people)
    return await carried(store, HandMovedClock(NOW), {"note": Notice("note", note)})


async def reminders(store: OpenStore) -> tuple[float, float]:
    """The hour before 50 sessions with 200 seats each; what one person is due at one time would
    become one message, so everybody has one seat.
    """
    each = DUE // SESSIONS
    home, people = await store.write(settle, DUE + 1)
    host, *guests = (Actor(member, home, EVERYTHING) for member in people)
    for number in range(SESSIONS):
        session = await hosted(store, host, each, days=3, number=number)
        some = guests[number * each : (number + 1) * each]
        await asyncio.gather(*(store.write(seats.join, NOW, one, session.code) for one in some))
    clock = HandMovedClock(NOW + timedelta(days=3, minutes=-9))
    every = {one.kind: one for one in OfficeHours(store, clock).feature().notices}
    await store.write(_without, "oh.reminder_day")
    return await carried(store, clock, every)


def _without(work: Work, kind: str) -> None:
    # The day before would only be moot by then.
    assert isinstance(work, Repositories)
    work.connection.execute(delete(deliveries).where(deliveries.c.kind == kind))


_CLAIM = (
    "UPDATE peer_due SET state = 'claimed', token = 'me' WHERE id IN"
    " (SELECT id FROM peer_due WHERE state = 'pending' ORDER BY id LIMIT {})"
)
_RECORD = "UPDATE peer_due SET state = 'sent', token = NULL WHERE token = 'me'"


async def by_hand(url: str, batch: int = 16) -> float:
    """A bare table, a batch claimed and the one before recorded in each commit; nothing worded."""
    server = understand(url)
    if isinstance(server, OnServer):
        engine = create_async_engine(server.url)
    else:
        return await asyncio.to_thread(_by_hand_in_file, url, batch)
    async with engine.connect() as connection:
        for statement in _TABLE:
            await connection.execute(text(statement))
        await connection.commit()
        begun = time.perf_counter()
        claimed = 1
        while claimed:
            await connection.execute(text(_RECORD))
            claimed = (await connection.execute(text(_CLAIM.format(batch)))).rowcount
            await connection.commit()
        took = time.perf_counter() - begun
    await engine.dispose()
    return DUE / took


def _by_hand_in_file(url: str, batch: int) -> float:
    engine = create_engine(url)
    prepare(engine, begin="BEGIN IMMEDIATE", pragmas=("journal_mode = WAL", "synchronous = FULL"))
    with engine.connect() as connection:
        for statement in _TABLE:
            connection.execute(text(statement))
        connection.commit()
        begun = time.perf_counter()
        claimed = 1
        while claimed:
            connection.execute(text(_RECORD))
            claimed = connection.execute(text(_CLAIM.format(batch))).rowcount
            connection.commit()
        took = time.perf_counter() - begun
    engine.dispose()
    return DUE / took


def by_apscheduler(url: str, count: int) -> float:
    """APScheduler's own job store: due jobs fetched, run and removed one by one."""
    store = SQLAlchemyJobStore(url=url, tablename="peer_jobs")
    scheduler = BackgroundScheduler(
        jobstores={"default": store},
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"misfire_grace_time": None},
    )
    scheduler.start(paused=True)
    done.clear()
    for number in range(count):
        scheduler.add_job(carry, "date", [number], run_date=PAST)
    begun = time.perf_counter()
    scheduler.resume()
    while len(done) < count:
        time.sleep(0.01)
    took = time.perf_counter() - begun
    scheduler.shutdown()
    return count / took


done: list[int] = []


def carry(number: int) -> None:
    """What APScheduler runs."""
    done.append(number)


def by_queue(name: str, url: str, count: int) -> float | None:
    """Jobs a second of another queue, where `make bench` has put it; None elsewhere."""
    python = Path(os.environ.get("BENCH_PEERS", ".venv/bench/bin/python"))
    if not python.exists():
        return None
    peer = Path(__file__).with_name("peers.py")
    words = [str(python), str(peer), name, url, str(count)]
    return float(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def times(report: Report, name: str, ours: float, peer: float, least: float) -> None:
    """Seconds for all of them, ours beside a peer's: ours may take one `least`-th of the peer's time."""
    report.add(Figure(name, DUE / ours, "s", DUE / peer, DUE / peer / least))


async def on(report: Report, url: str, engine: str) -> None:
    """One engine and its peers."""
    async with opened(url) as store:
        rate, stall = await notes(store)
        looked, stall_looking = await reminders(store)
    report.add(Figure(f"{engine}: longest stall, {DUE:,} notes", stall * 1000, "ms", None, 50.0))
    report.add(
        Figure(
            f"{engine}: longest stall, {DUE:,} reminders", stall_looking * 1000, "ms", None, 50.0
        )
    )
    hand = await by_hand(url)
    report.add(Figure(f"{engine}: {DUE:,} notes beside a bare table", DUE / rate, "s", DUE / hand))
    report.add(Figure(f"{engine}: {DUE:,} reminders that look", DUE / looked, "s", DUE / hand))
    if engine == "SQLite":
        peer = await asyncio.to_thread(by_apscheduler, url, 1000)
        times(report, f"SQLite: {DUE:,} notes beside APScheduler's store", rate, peer, 5.0)
        times(report, f"SQLite: {DUE:,} reminders beside APScheduler's store", looked, peer, 5.0)
        return
    for queue, least, count in (("pgqueuer", 1.5, DUE), ("procrastinate", 20.0, 1000)):
        if (peer := await asyncio.to_thread(by_queue, queue, url, count)) is not None:
            times(report, f"PostgreSQL: {DUE:,} notes beside {queue}", rate, peer, least)


if __name__ == "__main__":
    # Every message would say that it comes late, and each job that it ran.
    logging.disable(logging.WARNING)
    made = Report("deliveries")
    for name in sys.argv[1:] or ["sqlite", "postgres"]:
        with sqlite_url() if name == "sqlite" else postgres_url() as database:
            asyncio.run(on(made, database, {"sqlite": "SQLite", "postgres": "PostgreSQL"}[name]))
    made.end()
