"""Whole commands over a local Discord at 50 and 200 a second, beside bare discord.py's `/ping`.

The time is from the act of a person to the acknowledgement, as the server sees it. Server, people and
bot share one process and its core, so figures hold as differences and ratios only: the same people act
on a bare client first. The time of the whole process for each command includes the server's.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import discord

from adapters.discord.door import DiscordDoor
from adapters.discord.settings import DiscordSettings
from benchmarks.ground import EVERYTHING, NOW, hosted, opened, sqlite_url
from benchmarks.report import Figure, Report, p95
from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.domain.people import Account, Place
from bot.runtime.core import Core
from bot.runtime.scanning import Scanning
from bot.services.office_hours.results import Actor
from bot.services.ports import Work
from tests.discord_server import DiscordServer, Guild
from tests.discord_server.bare import Bare
from tests.discord_server.fixtures import connected
from tests.discord_server.person import Person
from tests.discord_server.turn import Turn

PEOPLE, SESSIONS, SECONDS = 40, 20, 6
RATES = (50, 200)
Act = Callable[[Person], Awaitable[Turn]]


async def drive(people: list[Person], act: Act, rate: int) -> tuple[float, float]:
    """Milliseconds to the acknowledgement (p95), and of processor time for each command."""
    acks: list[float] = []

    async def one(person: Person) -> None:
        turn = await act(person)
        await turn.answered()
        acks.append(turn.ack_seconds * 1000)
        await turn.reply()

    for person in people[:5]:
        await one(person)  # whatever is made the first time
    acks.clear()
    loop = asyncio.get_running_loop()
    began, used, count = loop.time(), time.process_time(), rate * SECONDS
    running: list[asyncio.Task[None]] = []
    for number in range(count):
        await asyncio.sleep(max(began + number / rate - loop.time(), 0))
        running.append(asyncio.create_task(one(people[number % len(people)])))
    await asyncio.gather(*running)
    return p95(acks), (time.process_time() - used) * 1000 / count


async def bare(server: DiscordServer, people: list[Person], rate: int) -> tuple[float, float]:
    """`/ping` that answers at once."""
    client = Bare(intents=discord.Intents(guilds=True))

    async def pong(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("pong", ephemeral=True)

    client.command("ping", pong)
    with server.pointed():
        async with connected(server, client):
            await server.until_commands()
            return await drive(people, lambda person: person.slash("ping"), rate)


async def ours(
    server: DiscordServer, guild: Guild, people: list[Person], rate: int
) -> tuple[float, float]:
    """`/hours list` with 20 sessions."""
    with sqlite_url() as url:
        async with opened(url) as store:
            clock = HandMovedClock(NOW)

            def settle(work: Work) -> Actor:
                place = Place("discord", str(guild.id))
                home = work.communities.add(place, "Radiology", NOW)
                work.communities.mark_set_up(home.id, "Europe/London", NOW)
                host = work.people.add(Account("discord", "", "1"), "Hana", NOW).member
                work.people.join(host, home.id, NOW)
                return Actor(host, home.id, EVERYTHING)

            host = await store.write(settle)
            for number in range(SESSIONS):
                await hosted(store, host, 6, number=number)
            door = DiscordDoor(DiscordSettings(server.token, server.api_base), clock)
            core = Core(registry_of(store, clock, Scanning()), store, clock, door, set_up=True)
            await door.start(core)
            await server.until_commands()
            try:
                return await drive(people, lambda person: person.slash("hours list"), rate)
            finally:
                await door.stop()


async def measure(report: Report) -> None:
    """Both, one after the other, at each rate."""
    for rate in RATES:
        figures: list[tuple[float, float]] = []
        for which in ("bare", "ours"):
            server = DiscordServer()
            await server.start()
            try:
                guild = server.add_guild()
                people = [server.person(f"P{number}", guild) for number in range(PEOPLE)]
                figures.append(
                    await (
                        bare(server, people, rate)
                        if which == "bare"
                        else ours(server, guild, people, rate)
                    )
                )
            finally:
                await server.stop()
        (bare_ack, bare_work), (ack, work) = figures
        name = f"hours list of 20 at {rate}/s"
        report.add(Figure(f"{name}: ack p95", ack, "ms", bare_ack, 1.3 * bare_ack + 5))
        report.add(Figure(f"{name}: processor time", work, "ms", bare_work, bare_work + 6))


if __name__ == "__main__":
    made = Report("commands")
    asyncio.run(measure(made))
    made.end()
