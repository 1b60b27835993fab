"""The connection: a discord.py client that hands everything to `Answering`."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.answering import Answering
from adapters.discord.commands import add_commands
from adapters.discord.controls import Wired
from bot.runtime.registry import Registry

_log = logging.getLogger(__name__)

# Nobody has to hear that voice, which is not used, lacks two libraries.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

PRIVILEGED = {
    "members": "who joins and leaves is seen late, and standing is asked of Discord each time",
    "message_content": "messages that are not addressed to the bot cannot be read",
}
"""Intents that must be switched on in the Developer Portal, and what is lost without each."""

_GRANTED = {
    "members": ("gateway_guild_members", "gateway_guild_members_limited"),
    "message_content": ("gateway_message_content", "gateway_message_content_limited"),
}


class Tree(app_commands.CommandTree["Connection"]):
    """The commands; what the library cannot match is answered all the same."""

    async def on_error(
        self, interaction: discord.Interaction[Connection], error: app_commands.AppCommandError, /
    ) -> None:
        """A command or option that this version does not have."""
        if interaction.type is discord.InteractionType.autocomplete:
            return
        _log.warning("a command could not be matched: %s", type(error).__name__)
        await interaction.client.answering.unknown(interaction)


class Connection(discord.Client):
    """One session with Discord, from login to close."""

    def __init__(
        self,
        registry: Registry,
        answering: Answering,
        privileged: tuple[str, ...],
        ready: Callable[[], None],
        **sharding: Any,
    ) -> None:
        intents = discord.Intents.none()
        intents.guilds = True  # names, roles and channels; people arrive by interactions
        for name in privileged:
            setattr(intents, name, True)
        # To read the content of messages one has to hear of them first.
        intents.guild_messages = "message_content" in privileged
        # Written to the bot itself: needs no leave, and is a sign of life.
        intents.dm_messages = True
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=0.5,
            max_messages=None,
            max_ratelimit_timeout=30.0,
            **sharding,
        )
        self.answering = answering
        self._tell_ready = ready
        self.tree = Tree(
            self,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=False
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        add_commands(self.tree, registry, answering)
        self.add_dynamic_items(Wired)

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """A control, from `Wired`."""
        await self.answering.press(interaction)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Forms are read from the interaction itself; the library would look in its memory."""
        if interaction.type is discord.InteractionType.modal_submit:
            await self.answering.submit(interaction)

    async def on_message(self, message: discord.Message) -> None:
        """An ordinary message: to the bot, or, with that intent, in a channel."""
        if _by_a_person(message):
            await self.answering.heard(message)

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """A message was changed by its author, or Discord added the preview of a link."""
        if event.guild_id is not None and _by_a_person(event.message):
            await self.answering.heard(event.message, again=True)

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """A message is gone."""
        if event.guild_id is not None:
            await self.answering.unsaid(event.guild_id, event.channel_id, event.message_id)

    async def on_raw_member_remove(self, event: discord.RawMemberRemoveEvent) -> None:
        """Somebody left or was removed; heard with the members intent only."""
        await self.answering.left(event.guild_id, event.user.id)

    async def on_guild_role_update(self, _before: discord.Role, after: discord.Role) -> None:
        """What a role may do changed; the bot's own may be among them."""
        await self.answering.allowed_otherwise(after.guild.id)

    async def on_guild_channel_update(
        self, _before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """Who may what in a channel changed, perhaps."""
        await self.answering.allowed_otherwise(after.guild.id)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel is gone."""
        await self.answering.allowed_otherwise(channel.guild.id)

    @property
    def on_the_line(self) -> bool:
        """Whether there is a socket to Discord; "ready" stays true while the library redials."""
        return self.is_ready() and self.ws.open

    async def on_ready(self) -> None:
        """Everything about the servers is known; after a lost session once more."""
        self._tell_ready()

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """By type alone: the library's own line would hold what people typed."""
        failure = sys.exc_info()[1]
        _log.error("event %s failed: %s", event_method, type(failure).__name__)


def _by_a_person(message: discord.Message) -> bool:
    return not message.author.bot and message.webhook_id is None


class ShardedConnection(Connection, discord.AutoShardedClient):
    """Several sessions with Discord in one client, or some of those that processes share."""

    @property
    def on_the_line(self) -> bool:
        """Whether each session of this process has its socket."""
        return self.is_ready() and not any(each.is_closed() for each in self.shards.values())


def point_at(api_base: str) -> None:
    """Every REST call of the library goes there."""
    Route.BASE = api_base.rstrip("/")


async def ask_gateway(client: discord.Client) -> None:
    """Let Discord say where its gateway is."""
    answer: dict[str, str] = await client.http.request(Route("GET", "/gateway"))
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(answer["url"])


def refused(client: discord.Client, privileged: tuple[str, ...]) -> tuple[str, ...]:
    """The intents that Discord did not grant, as far as the application's own record tells."""
    application = client.application
    flags = application.flags if application else None
    lacking = tuple(
        name
        for name in privileged
        if flags is None or not any(getattr(flags, flag) for flag in _GRANTED[name])
    )
    return lacking or privileged
