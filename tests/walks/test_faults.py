"""Trouble of every kind on both platforms, under a running bot: what docs/reliability.md promises.

After each trouble the next person is answered, what was asked for happened once, a reminder comes
once, and no traceback is written or shown.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from tests.discord_server import DiscordServer
from tests.slack_server import SlackServer
from tests.slack_server.faults import Fault
from tests.slack_server.person import Person as SlackPerson
from tests.walks.conftest import Town
from tests.walks.people import host_on_discord, host_on_slack

pytestmark = pytest.mark.timeout(600)

PATIENCE = 60.0


async def nothing() -> None: ...


def on_discord(discord: DiscordServer) -> dict[str, Callable[[], Awaitable[None] | None]]:
    """Each trouble, about to happen to the next request or to the connection."""
    faults, gateway = discord.faults, discord.gateway
    ack, answer = "/callback", "/messages/@original"

    async def frozen() -> None:
        gateway.freeze()
        await asyncio.sleep(0.2)
        gateway.thaw()

    return {
        "acknowledgement lost": lambda: faults.error("POST", ack, after=True),
        "acknowledgement cut off": lambda: faults.drop("POST", ack, after=True),
        "answer refused by a broken server": lambda: faults.error("PATCH", answer),
        "answer taken, its receipt lost": lambda: faults.error("PATCH", answer, after=True),
        "answer limited": lambda: faults.limit(1.5, "PATCH", answer),
        "connection dropped": gateway.drop,
        "connection frozen": frozen,
        "told to reconnect": gateway.ask_reconnect,
        "session lost": gateway.invalidate,
        "closed by Discord": lambda: gateway.close(4000),
    }


async def test_on_discord(town: Town, requests_unchecked: None) -> None:
    bot = await town.run()
    discord = town.discord
    starts = town.in_days(3)
    host = discord.person("Hana", town.guild)
    code = await host_on_discord(host, starts, seats=30)
    people = []
    for number, (name, happens) in enumerate(on_discord(discord).items()):
        ann = discord.person(f"P{number:02}", town.guild)
        before = discord.gateway.identifies + discord.gateway.resumes
        done = happens()
        if done is not None:
            await done
        if name in ("connection dropped", "told to reconnect", "session lost", "closed by Discord"):
            # Discord keeps what happens meanwhile only for a session that is resumed.
            await discord.until(
                lambda seen=before: discord.gateway.identifies + discord.gateway.resumes > seen,
                within=PATIENCE,
            )
            await discord.until_connected(within=PATIENCE)
        turn = await ann.slash("hours join", {"session": code, "about": name})
        receipt = await turn.reply(within=PATIENCE)
        assert "You have a seat in" in receipt.text, name
        people.append(ann)
    roster = await (await host.slash("hours roster", {"session": code})).reply(within=PATIENCE)
    for name in on_discord(discord):
        assert roster.text.count(name) == 1, roster.text

    # The same at the moment of sending: everybody hears once.
    post = r"/channels/\d+/messages"
    for spoil in (
        lambda: discord.faults.error("POST", post),
        lambda: discord.faults.error("POST", post, after=True),
        lambda: discord.faults.drop("POST", post, after=True),
        lambda: discord.faults.limit(1.0, "POST", post),
    ):
        spoil()
    due = starts - timedelta(hours=1) + timedelta(seconds=5)
    town.move_clock_to(due)
    for minutes in (1, 2, 3, 4):
        await asyncio.sleep(1.0)
        town.move_clock_to(due + timedelta(minutes=minutes))
    for ann in people:
        await ann.sees("begins within the hour", channel=ann.dm, within=PATIENCE)
    heard = {
        ann.user.name: sum("begins within the hour" in one.text for one in ann.direct_messages)
        for ann in people
    }
    assert set(heard.values()) == {1}, heard
    assert await bot.stop() == 0
    assert "Traceback" not in bot.said, bot.said


def on_slack(slack: SlackServer) -> dict[str, Callable[[], Awaitable[object] | object]]:
    """Each trouble, about to happen to the next request or to the connection."""
    sockets, faults = slack.sockets, slack.faults

    def doubled() -> None:
        sockets.duplicates = 1

    return {
        "the directory fails": lambda: faults.add(Fault("users.info", status=500)),
        "message refused by a broken server": lambda: faults.add(Fault("chat.postMessage")),
        "message cut off": lambda: faults.add(Fault("chat.postMessage", drop=True)),
        "message limited": lambda: faults.ratelimit("chat.postMessage"),
        "conversation not opened": lambda: faults.add(Fault("conversations.open", status=503)),
        "envelope doubled": doubled,
        "connection dropped": sockets.drop,
        "new connection asked for": sockets.refresh,
    }


async def test_on_slack(town: Town) -> None:
    bot = await town.run()
    slack = town.slack
    starts = town.in_days(3)
    host = slack.person("hana", tz="UTC")
    code = await host_on_slack(host, starts, seats="30")
    people: list[SlackPerson] = []
    for number, (name, happens) in enumerate(on_slack(slack).items()):
        dana = slack.person(f"p{number:02}", tz="UTC")
        before = slack.sockets.connected_times
        done = happens()
        if isinstance(done, Awaitable):
            await done
        if name in ("connection dropped", "new connection asked for"):
            await slack.wait_for(
                lambda seen=before: slack.sockets.connected_times > seen, within=PATIENCE
            )
        await dana.command("/ir-hours", f"join {code} {name}")
        await asyncio.sleep(0.5)
        slack.faults.planned.clear()
        if any("Please try again" in dana.words(one) for one in dana.private):
            await dana.command("/ir-hours", f"join {code} {name}")
        await slack.wait_for(
            lambda who=dana: told_of_the_seat(who), within=PATIENCE, otherwise=name
        )
        people.append(dana)
    town.move_clock_to(starts - timedelta(hours=1) + timedelta(seconds=5))
    for dana in people:
        await dana.gets_dm("begins within the hour", within=PATIENCE)
        assert sum("begins within the hour" in dana.words(one) for one in dana.dms) == 1
    assert await bot.stop() == 0
    assert "Traceback" not in bot.said, bot.said


def told_of_the_seat(person: SlackPerson) -> bool:
    """Whether the receipt arrived, in whichever way was left."""
    return any("You have a seat in" in person.words(one) for one in (*person.dms, *person.private))
