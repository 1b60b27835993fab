"""What a bot is told over the gateway when something happens, cut to the intents it asked for."""

from typing import TYPE_CHECKING

from tests.discord_server import gateway as gw
from tests.discord_server import wire
from tests.discord_server.world import Channel, Guild, Json, Member, Message

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer


class Events:
    """One method per kind of happening."""

    def __init__(self, server: "DiscordServer") -> None:
        self._server = server

    def message(self, event: str, message: Message) -> None:
        """MESSAGE_CREATE or MESSAGE_UPDATE; private replies are told to nobody."""
        self._server.changed()
        if message.ephemeral_to is not None:
            return
        guild = message.channel.guild
        wanted = gw.GUILD_MESSAGES if guild else gw.DIRECT_MESSAGES
        for session in list(self._server.gateway.sessions.values()):
            home = None if guild is None else guild.id
            if session.intents & wanted and session.hears(home) and self._bot_sees(message.channel):
                granted = bool(session.intents & gw.MESSAGE_CONTENT)
                payload = self._server.message_json(message, content=granted)
                if guild is not None:
                    payload["guild_id"] = str(guild.id)
                    if author := guild.members.get(message.author.id):
                        payload["member"] = wire.member(author, with_user=False)
                session.dispatch(event, payload)

    def message_delete(self, message: Message) -> None:
        self._server.changed()
        if message.ephemeral_to is not None:
            return
        guild = message.channel.guild
        payload: Json = {"id": str(message.id), "channel_id": str(message.channel.id)}
        if guild is not None:
            payload["guild_id"] = str(guild.id)
        wanted = gw.GUILD_MESSAGES if guild else gw.DIRECT_MESSAGES
        self._server.gateway.emit("MESSAGE_DELETE", payload, wanted)

    def pins(self, channel: Channel) -> None:
        self._server.changed()
        payload: Json = {"channel_id": str(channel.id), "last_pin_timestamp": None}
        if channel.guild is not None:
            payload["guild_id"] = str(channel.guild.id)
        wanted = gw.GUILDS if channel.guild else gw.DIRECT_MESSAGES
        self._server.gateway.emit("CHANNEL_PINS_UPDATE", payload, wanted)

    def channel(self, event: str, channel: Channel) -> None:
        """CHANNEL_* and THREAD_*."""
        self._server.changed()
        if channel.guild is not None and not self._bot_in(channel.guild):
            return
        payload = wire.channel(channel)
        if event == "THREAD_CREATE":
            payload["newly_created"] = True
        self._server.gateway.emit(event, payload, gw.GUILDS)

    def member(self, event: str, guild: Guild, member: Member) -> None:
        """GUILD_MEMBER_ADD, _UPDATE; for the bot itself an update needs no intent."""
        self._server.changed()
        if not self._bot_in(guild):
            return
        wanted = 0 if member.user is self._server.world.bot else gw.MEMBERS
        payload = {**wire.member(member), "guild_id": str(guild.id)}
        self._server.gateway.emit(event, payload, wanted)

    def member_left(self, guild: Guild, member: Member) -> None:
        self._server.changed()
        if not self._bot_in(guild):
            return
        payload = {"guild_id": str(guild.id), "user": wire.user(member.user)}
        self._server.gateway.emit("GUILD_MEMBER_REMOVE", payload, gw.MEMBERS)

    def role(self, event: str, guild: Guild, role_id: int) -> None:
        self._server.changed()
        if not self._bot_in(guild):
            return
        payload = {"guild_id": str(guild.id), "role": wire.role(guild.roles[role_id])}
        self._server.gateway.emit(event, payload, gw.GUILDS)

    def guild_joined(self, guild: Guild) -> None:
        self._server.changed()
        for session in list(self._server.gateway.sessions.values()):
            self._server.gateway.guild_create(session, guild, joined=True)

    def guild_left(self, guild: Guild) -> None:
        self._server.changed()
        for session in list(self._server.gateway.sessions.values()):
            if session.intents & gw.GUILDS and session.hears(guild.id):
                session.dispatch("GUILD_DELETE", {"id": str(guild.id)})

    def _bot_in(self, guild: Guild) -> bool:
        return self._server.world.bot.id in guild.members

    def _bot_sees(self, channel: Channel) -> bool:
        return channel.guild is None or self._server.bot_can_view(channel)
