"""What the bot is allowed on a server, and what the invitation asks for."""

from __future__ import annotations

import ast
from pathlib import Path

import discord
import pytest

from adapters.discord.inspecting import PERMISSIONS, inspect
from adapters.discord.invite import CALLS, needed
from adapters.discord.probe import look
from adapters.discord.settings import DiscordSettings
from bot.app import registry_of
from bot.clock import SystemClock
from bot.domain.people import Place
from bot.runtime.inspecting import BY_CHOICE, Lack, Right, Wanted
from bot.runtime.scanning import Scanning
from storage import memory_store
from tests.discord_server.permissions import Can
from tests.discord_server.server import DiscordServer
from tests.discord_server.world import Channel, Guild
from tests.messages_read import plain

ADAPTER = Path(__file__).parents[3] / "adapters" / "discord"
POST = frozenset({Right.SEE, Right.POST})


async def lacks(server: DiscordServer, guild: Guild, *wanted: Wanted) -> tuple[Lack, ...]:
    settings = DiscordSettings(server.token, server.api_base)
    place = Place("discord", str(guild.id))
    return tuple(one for _place, one in await look(settings, {place: wanted}))


def general(guild: Guild) -> Channel:
    return next(one for one in guild.channels.values() if one.name == "general")


async def test_nothing_is_missing_where_everything_is_granted(
    discord_server: DiscordServer, discord_guild: Guild
) -> None:
    wanted = Wanted(str(general(discord_guild).id), POST)
    assert await lacks(discord_server, discord_guild, wanted) == ()


async def test_each_missing_right_is_named_with_the_place_to_grant_it(
    discord_server: DiscordServer, discord_guild: Guild
) -> None:
    channel = general(discord_guild)
    discord_server.overwrite(channel, discord_server.world.bot, deny=Can.SEND_MESSAGES)
    [lack] = await lacks(discord_server, discord_guild, Wanted(str(channel.id), POST))
    assert "lacks the permission Send Messages" in plain(lack.what)
    assert "Edit Channel, Permissions" in plain(lack.grant)
    discord_server.hide_from_bot(channel)
    [lack] = await lacks(discord_server, discord_guild, Wanted(str(channel.id), POST))
    assert "View Channel" in plain(lack.what)
    [lack] = await lacks(discord_server, discord_guild, Wanted("", frozenset({Right.RULES})))
    assert "Manage Server" in plain(lack.what)
    [lack] = await lacks(discord_server, discord_guild, Wanted("12345", POST))
    assert "not there any more" in plain(lack.what)


async def test_a_channel_of_moderators_that_members_can_read(
    discord_server: DiscordServer, discord_guild: Guild
) -> None:
    channel = discord_server.add_channel(discord_guild, "staff")
    wanted = Wanted(str(channel.id), POST, private=True)
    [lack] = await lacks(discord_server, discord_guild, wanted)
    assert lack.readable
    everyone = discord_guild.roles[discord_guild.id]
    discord_server.overwrite(channel, everyone, deny=Can.VIEW_CHANNEL)
    discord_server.overwrite(
        channel, discord_server.world.bot, allow=Can.VIEW_CHANNEL | Can.SEND_MESSAGES
    )
    assert await lacks(discord_server, discord_guild, wanted) == ()


async def test_a_channel_of_moderators_that_a_role_of_members_can_read(
    discord_server: DiscordServer, discord_guild: Guild
) -> None:
    """Where everybody but newcomers has a role, that role reads what `@everyone` cannot."""
    channel = discord_server.add_channel(discord_guild, "staff")
    everyone = discord_guild.roles[discord_guild.id]
    discord_server.overwrite(channel, everyone, deny=Can.VIEW_CHANNEL)
    discord_server.overwrite(
        channel, discord_server.world.bot, allow=Can.VIEW_CHANNEL | Can.SEND_MESSAGES
    )
    discord_server.add_role(discord_guild, "Managers", Can.MANAGE_GUILD)
    named = discord_server.add_role(discord_guild, "Moderators")
    discord_server.overwrite(channel, named, allow=Can.VIEW_CHANNEL)
    wanted = Wanted(str(channel.id), POST, private=True, staff=frozenset({str(named.id)}))
    assert await lacks(discord_server, discord_guild, wanted) == ()
    members = discord_server.add_role(discord_guild, "Members")
    discord_server.overwrite(channel, members, allow=Can.VIEW_CHANNEL)
    [lack] = await lacks(discord_server, discord_guild, wanted)
    assert lack.readable
    assert "can read" in plain(lack.what)
    assert "take" in plain(lack.grant)


async def test_a_help_channel_needs_an_intent(
    discord_server: DiscordServer, discord_guild: Guild
) -> None:
    wanted = Wanted(str(general(discord_guild).id), frozenset({Right.SEE, Right.HISTORY}))
    [lack] = await lacks(discord_server, discord_guild, wanted)
    assert "Message Content Intent" in plain(lack.grant)


@pytest.mark.usefixtures("requests_unchecked")
async def test_a_server_that_the_bot_is_not_on(discord_server: DiscordServer) -> None:
    client = discord.Client(intents=discord.Intents.none())
    async with client:
        await client.login(discord_server.token)
        [lack] = await inspect(client, Place("discord", "4242"), (), ())
    assert "not on this server" in plain(lack.what)


def test_the_invitation_asks_for_what_the_code_calls_and_nothing_else() -> None:
    store = memory_store()
    registry = registry_of(store, SystemClock(), Scanning())
    store.close_now()
    asked = {right for feature in registry.features for right in feature.asks}
    called = {
        CALLS[node.func.attr]
        for path in ADAPTER.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CALLS
    }
    passive = {Right.SEE, Right.HISTORY, Right.FILES}  # to see, to hear, and what a message carries
    assert called | passive == asked | passive
    permissions = needed(registry, BY_CHOICE)
    assert {right for right, name in PERMISSIONS.items() if getattr(permissions, name)} == asked
    assert permissions.value == sum(
        1 << bit for bit in range(64) if permissions.value >> bit & 1
    ), "and nothing beside"
    assert not permissions.administrator
    least = {right for right, name in PERMISSIONS.items() if getattr(needed(registry), name)}
    assert least == asked - BY_CHOICE
