"""1,000 people press Join for five seats at the same moment, with a waitlist.

Ours: the whole use case through the store. Peers in the same run, on the same database: SQLite by
a pool of connections that each BEGIN IMMEDIATE; PostgreSQL by nothing but a conditional UPDATE and
an INSERT in one transaction, through SQLAlchemy as ours, and through the driver alone.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import asyncpg
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import QueuePool

from benchmarks.ground import (
    EVERYTHING,
    NOW,
    crowd,
    hosted,
    opened,
    postgres_url,
    report,
    settle,
    sqlite_url,
)
from benchmarks.report import Figure, Report
from bot import lasting
from bot.services.office_hours import seats
from bot.services.office_hours.results import Actor
from storage import OpenStore
from storage.sqlite_engine import prepare
from storage.urls import OnServer, understand

PEOPLE = 1000
SEATS = 5
ROUNDS = 3
_CONNECTIONS = 10

_PEER = (
    "CREATE TABLE peer (id INTEGER PRIMARY KEY, taken INTEGER NOT NULL, turns INTEGER NOT NULL)",
    "CREATE TABLE peer_seats (peer INTEGER, member INTEGER, state TEXT, UNIQUE (peer, member))",
    "INSERT INTO peer VALUES (1, 0, 0)",
)
_TAKE = f"UPDATE peer SET taken = taken + 1 WHERE id = 1 AND taken < {SEATS} RETURNING taken"
_SIT = "INSERT INTO peer_seats VALUES (1, {}, {})"


async def ours(store: OpenStore, name: str) -> float:
    """The use case as the bot runs it."""
    home, people = await store.write(settle, PEOPLE + 1)
    host, *guests = (Actor(member, home, EVERYTHING) for member in people)
    lasting.settle()  # as the program does when it has started
    best = float("inf")
    for round_ in range(ROUNDS):
        session = await hosted(store, host, SEATS, number=round_)
        found: Counter[str] = Counter()

        async def join(guest: Actor, code: str, found: Counter[str]) -> None:
            answer = await store.write(seats.join, NOW, guest, code)
            found[type(answer).__name__] += 1

        calls = [partial(join, guest, session.code, found) for guest in guests]
        all_, each = await crowd(calls)
        assert found == {"Joined": SEATS, "Waitlisted": PEOPLE - SEATS}, found
        report(name, all_, each)
        best = min(best, all_)
    return best


async def immediate_pool(url: str) -> float:
    """SQLite by several connections that wait for each other's locks."""
    engine = create_engine(url, poolclass=QueuePool, pool_size=_CONNECTIONS, max_overflow=0)
    prepare(engine, begin="BEGIN IMMEDIATE", pragmas=("journal_mode = WAL", "synchronous = FULL"))
    with engine.begin() as connection:
        for statement in _PEER:
            connection.execute(text(statement))
    take, sit = text(_TAKE), text(_SIT.format(":member", ":state"))

    def join(member: int) -> None:
        while True:
            try:
                with engine.begin() as connection:
                    taken = connection.execute(take).scalar_one_or_none()
                    state = "waiting" if taken is None else "held"
                    connection.execute(sit, {"member": member, "state": state})
                    return
            except OperationalError:
                # Waited too long for the lock.
                continue

    best = float("inf")
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(_CONNECTIONS) as threads:

        async def press(member: int) -> None:
            await loop.run_in_executor(threads, join, member)

        for round_ in range(ROUNDS):
            calls = [partial(press, round_ * PEOPLE + number) for number in range(PEOPLE)]
            all_, each = await crowd(calls)
            report("peer: conditional UPDATE, BEGIN IMMEDIATE", all_, each)
            best = min(best, all_)
            with engine.begin() as connection:
                connection.execute(text("UPDATE peer SET taken = 0"))
    engine.dispose()
    return best


async def bare(url: str) -> float:
    """PostgreSQL by the statement alone, through SQLAlchemy."""
    server = understand(url)
    assert isinstance(server, OnServer)
    engine = create_async_engine(
        server.url, pool_size=_CONNECTIONS, max_overflow=0, pool_timeout=120
    )
    return await _peer(engine, "peer: conditional UPDATE, SQLAlchemy")


async def _peer(engine: AsyncEngine, name: str) -> float:
    async with engine.begin() as connection:
        for statement in _PEER:
            await connection.execute(text(statement))
    take, sit = text(_TAKE), text(_SIT.format(":member", ":state"))

    async def join(member: int) -> None:
        async with engine.begin() as connection:
            taken = (await connection.execute(take)).scalar_one_or_none()
            state = "waiting" if taken is None else "held"
            await connection.execute(sit, {"member": member, "state": state})

    best = float("inf")
    for round_ in range(ROUNDS):
        calls = [partial(join, round_ * PEOPLE + number) for number in range(PEOPLE)]
        all_, each = await crowd(calls)
        report(name, all_, each)
        best = min(best, all_)
        async with engine.begin() as connection:
            await connection.execute(text("UPDATE peer SET taken = 0"))
    async with engine.begin() as connection:
        await connection.execute(text("DROP TABLE peer"))
        await connection.execute(text("DROP TABLE peer_seats"))
    await engine.dispose()
    return best


async def driver(url: str) -> float:
    """PostgreSQL by the statement alone, through its driver."""
    best = float("inf")
    async with asyncpg.create_pool(url, min_size=_CONNECTIONS, max_size=_CONNECTIONS) as pool:
        for statement in _PEER:
            await pool.execute(statement)

        async def join(member: int) -> None:
            async with pool.acquire() as connection, connection.transaction():
                taken = await connection.fetchval(_TAKE)
                state = "waiting" if taken is None else "held"
                await connection.execute(_SIT.format("$1", "$2"), member, state)

        for round_ in range(ROUNDS):
            calls = [partial(join, round_ * PEOPLE + number) for number in range(PEOPLE)]
            all_, each = await crowd(calls)
            report("peer: conditional UPDATE, asyncpg", all_, each)
            best = min(best, all_)
            await pool.execute("UPDATE peer SET taken = 0")
        await pool.execute("DROP TABLE peer, peer_seats")
    return best


async def on_sqlite(made: Report, url: str) -> None:
    """SQLite and its peer."""
    async with opened(url) as store:
        mine = await ours(store, "SQLite: office_hours.seats.join")
    peer = await immediate_pool(url)
    made.add(Figure("SQLite: 1,000 joins, all of them", mine, "s", None, 2.0))
    made.add(Figure("SQLite: 1,000 joins beside BEGIN IMMEDIATE", mine, "s", peer, peer / 3))


async def on_postgres(made: Report, url: str) -> None:
    """PostgreSQL and its peers."""
    async with opened(url) as store:
        mine = await ours(store, "PostgreSQL: office_hours.seats.join")
    through, alone = await bare(url), await driver(url)
    name = "PostgreSQL: 1,000 joins beside the bare update"
    made.add(Figure(f"{name}, SQLAlchemy", mine, "s", through, through / 0.7))
    made.add(Figure(f"{name}, asyncpg", mine, "s", alone))


if __name__ == "__main__":
    figures = Report("joins")
    for engine_ in sys.argv[1:] or ["sqlite", "postgres"]:
        with sqlite_url() if engine_ == "sqlite" else postgres_url() as database:
            asyncio.run((on_sqlite if engine_ == "sqlite" else on_postgres)(figures, database))
    figures.end()
