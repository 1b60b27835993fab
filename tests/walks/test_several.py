"""Several processes at one PostgreSQL: each with its part, none answering for another."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from tests.discord_server.person import Person
from tests.walks.conftest import Town
from tests.walks.people import host_on_discord, host_on_slack, join_on_discord, join_on_slack
from tests.walks.process import Process

pytestmark = pytest.mark.timeout(400)


async def started(town: Town, url: str, *parts: tuple[str, dict[str, str]]) -> list[Process]:
    """One process for each part, `ready` all of them; the first has brought the tables."""
    processes = [await town.begin("--role", role, DATABASE_URL=url, **more) for role, more in parts]
    await asyncio.gather(*(process.says("ready on") for process in processes))
    return processes


async def call_off(host: Person, code: str) -> None:
    echo = await (await host.slash("hours call-off", {"session": code})).reply()
    await (await host.press(echo, "Confirm")).answered()


async def test_each_role_in_a_process_of_its_own(town: Town, postgres_url: str) -> None:
    roles = ("gateway", "slack", "worker", "worker")
    processes = await started(town, postgres_url, *((role, {}) for role in roles))
    starts = town.in_days(3)
    hana, ann = (town.discord.person(name, town.guild) for name in ("Hana", "Ann"))
    omar = town.slack.person("omar", tz="UTC")
    dana = town.slack.person("dana", tz="Europe/London")
    code = await host_on_discord(hana, starts)
    await join_on_discord(ann, code, "Contracts")
    code_there = await host_on_slack(omar, starts)
    await join_on_slack(dana, code_there, "Night shifts")

    # What nobody has to wait for the poll for: told by the process that was asked, sent by another.
    await call_off(hana, code)
    await ann.sees("was called off", channel=ann.dm, within=20)

    town.move_clock_to(starts - timedelta(hours=1) + timedelta(seconds=5))
    await dana.gets_dm("begins within the hour", within=20)
    assert sum("begins within the hour" in dana.words(one) for one in dana.dms) == 1

    for process in processes:
        assert await process.stop() == 0
        for trouble in ("ERROR", "Traceback"):
            assert trouble not in process.said, process.said


async def test_servers_split_among_processes(town: Town, postgres_url: str) -> None:
    guilds = {(town.guild.id >> 22) % 2: town.guild}
    while len(guilds) < 2:
        guild = town.discord.add_guild()
        guilds.setdefault((guild.id >> 22) % 2, guild)
    parts = [("gateway,worker", {"DISCORD__SHARDS": "2", "DISCORD__SHARD_IDS": "[0]"})]
    parts += [("gateway", {"DISCORD__SHARDS": "2", "DISCORD__SHARD_IDS": "[1]"})]
    processes = await started(town, postgres_url, *parts)
    assert {session.shard for session in town.discord.gateway.sessions.values()} == {
        (0, 2),
        (1, 2),
    }
    starts = town.in_days(3)
    for shard, guild in guilds.items():
        hana, ann = (town.discord.person(f"{name}{shard}", guild) for name in ("Hana", "Ann"))
        code = await host_on_discord(hana, starts)
        await join_on_discord(ann, code, "Contracts")
        # In a direct message it is the first shard that hears.
        turn = await ann.slash("help", channel=ann.dm)
        assert "What you can do here" in (await turn.reply()).text
        # The worker has the session of one server only and reaches people of both.
        await call_off(hana, code)
        await ann.sees("was called off", channel=ann.dm, within=30)
    for process in processes:
        assert await process.stop() == 0
        assert "Traceback" not in process.said


async def test_two_sockets_to_slack(town: Town, postgres_url: str) -> None:
    processes = await started(town, postgres_url, ("slack,worker", {}), ("slack", {}))
    dana = town.slack.person("dana", tz="Europe/London")
    for _time in range(6):
        await dana.command("/ir-help")
    await dana.told("What you can do here")
    for process in processes:
        assert await process.stop() == 0


async def test_sqlite_has_one_process_with_every_role(town: Town) -> None:
    said = await town.fails("run", "--role", "worker")
    assert "SQLite serves one process" in said
    assert "PostgreSQL" in said
    assert said.count("\n") == 1


async def test_a_second_start_on_sqlite_points_to_postgresql(town: Town) -> None:
    await town.run()
    said = await town.fails()
    assert "SQLite serves only one" in said
    assert "PostgreSQL" in said
    assert "Traceback" not in said


async def test_a_check_beside_the_running_bot(town: Town) -> None:
    bot = await town.run()
    code, said = await town.once("check")
    assert code == 0, said
    assert said.endswith("Settings and database are in order.\n")
    hana = town.discord.person("Hana", town.guild)
    assert "What you can do here" in (await (await hana.slash("help")).reply()).text
    assert await bot.stop() == 0


async def test_a_database_that_is_not_there_yet_is_worth_another_start(
    town: Town, unused_tcp_port: int
) -> None:
    """The unit begins it again for any exit code but 2."""
    code, said = await town.once(DATABASE_URL=f"postgresql://a:b@127.0.0.1:{unused_tcp_port}/x")
    assert (code, said) == (75, "The database server cannot be reached.\n")


async def test_a_role_that_does_not_exist_is_said(town: Town) -> None:
    said = await town.fails("run", "--role", "captain")
    assert "roles are gateway, slack and worker" in said
