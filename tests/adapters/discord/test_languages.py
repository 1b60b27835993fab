"""Commands as Discord shows them to people whose client speaks another language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord

from adapters.discord.door import DiscordDoor
from adapters.discord.settings import DiscordSettings
from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.runtime.core import Core
from bot.runtime.hall import Doors
from bot.runtime.scanning import Scanning
from bot.ui.language import catalogue
from storage import memory_store
from tests.adapters.discord.conftest import NOW
from tests.adapters.discord.test_commands import PUT
from tests.discord_server import DiscordServer, Guild

GERMAN = {"de"}


def nodes(of: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield of
    for key in ("options", "choices"):
        for each in of.get(key) or ():
            yield from nodes(each)


async def start(server: DiscordServer) -> DiscordDoor:
    store, clock, doors = memory_store(), HandMovedClock(NOW), Doors()
    door = DiscordDoor(DiscordSettings(server.token, server.api_base), clock)
    doors.add(door)
    scans = Scanning()
    try:
        await door.start(Core(registry_of(store, clock, scans), store, clock, doors))
        await door.stop()
    finally:
        await scans.close()
        await store.close()
    return door


async def test_commands_are_registered_in_german_once(
    discord_server: DiscordServer, discord_guild: Guild
) -> None:
    """The server holds every text to Discord's limits, in the longest language."""
    await start(discord_server)
    await start(discord_server)
    assert len(discord_server.sent(*PUT)) == 1
    known = discord_server.world.global_commands.values()
    hours = next(one for one in known if one["name"] == "hours")
    listed = next(one for one in hours["options"] if one["name"] == "list")
    english = listed["description"]
    assert listed["description_localizations"] == {"de": catalogue("de").gettext(english)}
    seen = {"description": 0, "choice": 0, "entry": 0}
    for command in known:
        for node in nodes(command):
            description = node.get("description_localizations") or {}
            name = node.get("name_localizations") or {}
            assert set(description) | set(name) <= GERMAN
            seen["description"] += bool(description)
            if "value" in node:
                seen["choice"] += bool(name)
            elif command["type"] == discord.AppCommandType.message.value:
                seen["entry"] += bool(name)
            else:
                # What is typed, and named in help and guides, is one in every language.
                assert not name, node["name"]
    assert seen["description"] > 100
    assert seen["choice"] > 20
    assert seen["entry"] == 3
