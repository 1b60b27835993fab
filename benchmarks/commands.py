"""Whole commands over a local Discord at 50 and 200 a second, beside bare discord.py's `/ping`: the
list, a join, and what is suggested while somebody types.

The time is from the act of a person to the acknowledgement, as the server sees it. Server and people
have a process, the bot has one of its own, whose processor time is counted; the same people act on a
bare client first. What is ours alone, without database and network, is what a profiler counts in our
own modules, beside what it counts in discord.py's in the same seconds: there all share one process.
"""

from __future__ import annotations

import asyncio
import cProfile
import os
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import discord

from adapters.discord.door import DiscordDoor
from adapters.discord.settings import DiscordSettings
from benchmarks.doorman import Doorman, doorman
from benchmarks.ground import EVERYTHING, NOW, hosted, opened, quantile, sqlite_url
from benchmarks.report import Figure, Report, p95
from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.domain.people import Account, Place
from bot.runtime.core import Core
from bot.runtime.scanning import Scanning
from bot.services.office_hours.results import Actor
from bot.services.ports import Work
from storage import OpenStore
from tests.discord_server import DiscordServer, Guild
from tests.discord_server.person import Person
from tests.discord_server.turn import NoAnswer, Turn

PEOPLE, SESSIONS, JOINED, SUGGESTED = 40, 20, 32, 510
SECONDS = float(os.environ.get("BENCH_SECONDS", "6"))
RATES = (50, 200)
TOO_LATE = 3000.0
"""Milliseconds that count where Discord had given up by then."""
T = TypeVar("T")
Act = Callable[[Person, int], Awaitable[Turn]]
"""Somebody does something for the n-th time."""


async def drive(people: list[Person], act: Act, rate: int, bot: Doorman) -> tuple[float, float]:
    """Milliseconds to the acknowledgement (p95), and of the bot's processor for each command."""
    acks: list[float] = []

    async def one(number: int) -> None:
        turn = await act(people[number % len(people)], number)
        try:
            await turn.answered()
            await turn.reply()
        except NoAnswer:
            acks.append(TOO_LATE)
        else:
            acks.append(turn.ack_seconds * 1000)

    for number in range(5):
        await one(number)  # whatever is made the first time
    acks.clear()
    loop = asyncio.get_running_loop()
    used, began, count = await bot.used(), loop.time(), int(rate * SECONDS)
    running: list[asyncio.Task[None]] = []
    for number in range(count):
        await asyncio.sleep(max(began + number / rate - loop.time(), 0))
        running.append(asyncio.create_task(one(number + 5)))
    await asyncio.gather(*running)
    return p95(acks), (await bot.used() - used) / count


async def bare(
    rate: int, server: DiscordServer, _guild: Guild, people: list[Person]
) -> tuple[float, float]:
    """`/ping` that answers at once."""
    async with doorman("bare discord", server.api_base, server.token) as client:
        await server.until_commands()
        return await drive(people, lambda person, _n: person.slash("ping"), rate, client)


@asynccontextmanager
async def prepared(guild: Guild, sessions: int) -> AsyncGenerator[tuple[str, tuple[str, ...]]]:
    """A database with as many sessions, one a day: where it is, and their codes."""
    with sqlite_url() as url:
        async with opened(url) as store:

            def settle(work: Work) -> Actor:
                place = Place("discord", str(guild.id))
                home = work.communities.add(place, "Radiology", NOW)
                work.communities.mark_set_up(home.id, "Europe/London", NOW)
                host = work.people.add(Account("discord", "", "1"), "Hana", NOW).member
                work.people.join(host, home.id, NOW)
                return Actor(host, home.id, EVERYTHING)

            host = await store.write(settle)
            made = [
                await hosted(store, host, 2 * PEOPLE, days=6 + number, number=number)
                for number in range(sessions)
            ]
        yield url, tuple(session.code for session in made)


@asynccontextmanager
async def bot(
    server: DiscordServer, guild: Guild, sessions: int
) -> AsyncGenerator[tuple[Doorman, tuple[str, ...]]]:
    """Ours as a process, and the codes of the sessions it has."""
    async with (
        prepared(guild, sessions) as (url, codes),
        doorman("discord", server.api_base, server.token, url=url) as one,
    ):
        await server.until_commands()
        yield one, codes


async def ours(
    rate: int, joining: bool, server: DiscordServer, guild: Guild, people: list[Person]
) -> tuple[float, float]:
    """`/hours list` with 20 sessions, or `/hours join`: everybody each session once."""
    async with bot(server, guild, JOINED if joining else SESSIONS) as (one, codes):
        if not joining:
            return await drive(people, lambda person, _n: person.slash("hours list"), rate, one)

        def join(person: Person, number: int) -> Awaitable[Turn]:
            return person.slash("hours join", {"session": codes[number // PEOPLE % JOINED]})

        return await drive(people, join, rate, one)


async def suggesting(server: DiscordServer, guild: Guild, people: list[Person]) -> float:
    """Milliseconds until suggestions are there, p99, one after the other."""
    async with bot(server, guild, SESSIONS):
        took: list[float] = []
        for number in range(SUGGESTED):
            begun = time.perf_counter()
            person = people[number % PEOPLE]
            found = await person.autocomplete("hours join", "session", ("", "Ses", "3")[number % 3])
            took.append((time.perf_counter() - begun) * 1000)
            assert found
        return quantile(sorted(took[10:]), 0.99)


@asynccontextmanager
async def standing(server: DiscordServer, store: OpenStore) -> AsyncGenerator[None]:
    """Ours in this process."""
    clock, scanning = HandMovedClock(NOW), Scanning()
    door = DiscordDoor(DiscordSettings(server.token, server.api_base), clock)
    await door.start(Core(registry_of(store, clock, scanning), store, clock, door, set_up=True))
    await server.until_commands()
    try:
        yield
    finally:
        await door.stop()
        await scanning.close()


async def shares(server: DiscordServer, guild: Guild, people: list[Person]) -> tuple[float, float]:
    """Milliseconds of each join in our own modules, and in the library's."""
    async with (
        prepared(guild, 1) as (url, codes),
        opened(url) as store,
        standing(server, store),
    ):
        profile = cProfile.Profile(time.thread_time)
        for number, person in enumerate(people):
            if number == 5:  # whatever is made the first time
                profile.enable()
            turn = await person.slash("hours join", {"session": codes[0]})
            await turn.answered()
            await turn.reply()
        profile.disable()
    profile.create_stats()
    spent = {"ours": 0.0, "library": 0.0}
    root, library = str(Path(__file__).parents[1]), str(Path(discord.__file__).parent)
    mine = tuple(f"{root}/{folder}/" for folder in ("bot", "cogs", "adapters"))
    for (file, _line, _name), (_calls, _all, own, *_rest) in profile.stats.items():  # pyright: ignore
        if file.startswith(mine):
            spent["ours"] += own
        elif file.startswith(library):
            spent["library"] += own
    each = 1000 / (len(people) - 5)
    return spent["ours"] * each, spent["library"] * each


async def measure(report: Report) -> None:
    """Everything one after the other, at each rate."""
    for rate in RATES:
        bare_ack, bare_work = await on_a_server(partial(bare, rate))
        for name, joining in (("hours list of 20", False), ("hours join", True)):
            ack, work = await on_a_server(partial(ours, rate, joining))
            named = f"{name} at {rate}/s"
            report.add(Figure(f"{named}: ack p95", ack, "ms", bare_ack, 1.3 * bare_ack + 5))
            limit = None if joining else bare_work + 6
            report.add(Figure(f"{named}: processor time", work, "ms", bare_work, limit))
    report.add(Figure("suggestions: p99", await on_a_server(suggesting), "ms", None, 20.0))
    own, library = await on_a_server(shares)
    report.add(Figure("hours join: in our own modules, profiled", own, "ms", library, library))


async def on_a_server(
    run: Callable[[DiscordServer, Guild, list[Person]], Awaitable[T]],
) -> T:
    """With a new server and its people."""
    server = DiscordServer()
    await server.start()
    try:
        guild = server.add_guild()
        people = [server.person(f"P{number}", guild) for number in range(PEOPLE)]
        return await run(server, guild, people)
    finally:
        await server.stop()


if __name__ == "__main__":
    made = Report("commands")
    asyncio.run(measure(made))
    made.end()
