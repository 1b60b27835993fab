"""Putting people, servers and channels into the world, before or while a bot is connected."""

from typing import TYPE_CHECKING

from tests.discord_server.permissions import BOT, MEMBER, Can
from tests.discord_server.world import (
    HAS_THREAD,
    PUBLIC_THREAD,
    TEXT,
    Channel,
    Guild,
    Member,
    Message,
    Overwrite,
    Role,
    User,
    World,
)

if TYPE_CHECKING:
    from tests.discord_server.events import Events


class Building:
    """Changes of the world that a bot hears about; part of `DiscordServer`."""

    world: World
    events: "Events"

    def add_guild(
        self,
        name: str = "Trainees",
        *,
        owner: User | None = None,
        bot_permissions: int | None = int(BOT),
        everyone: int = int(MEMBER),
        channels: tuple[str, ...] = ("general",),
    ) -> Guild:
        """A server with these text channels; `bot_permissions` None leaves the bot out of it."""
        world = self.world
        owner = owner or world.add_user(f"owner of {name}")
        guild = Guild(world.ids.next(), name, owner.id)
        guild.roles[guild.id] = Role(guild.id, "@everyone", everyone, 0)
        guild.members[owner.id] = Member(owner, joined_at=world.clock.now())
        world.guilds[guild.id] = guild
        for channel in channels:
            self.add_channel(guild, channel)
        if bot_permissions is not None:
            self.invite_bot(guild, bot_permissions)
        return guild

    def invite_bot(self, guild: Guild, bot_permissions: int = int(BOT)) -> None:
        """Add the bot with a role of its own."""
        world = self.world
        role = Role(world.ids.next(), world.bot.name, bot_permissions, len(guild.roles))
        role.managed_by = world.bot.id
        guild.roles[role.id] = role
        guild.members[world.bot.id] = Member(world.bot, [role.id], joined_at=world.clock.now())
        self.events.guild_joined(guild)

    def remove_bot(self, guild: Guild) -> None:
        """Throw the bot out."""
        member = guild.members.pop(self.world.bot.id)
        for role in member.roles:
            guild.roles.pop(role, None)
        self.events.guild_left(guild)

    def set_bot_permissions(self, guild: Guild, bits: int) -> None:
        """Replace the permissions of the bot's own role."""
        role = next(r for r in guild.roles.values() if r.managed_by == self.world.bot.id)
        role.permissions = int(bits)
        self.events.role("GUILD_ROLE_UPDATE", guild, role.id)

    def add_role(
        self, guild: Guild, name: str, permissions: int = 0, *, mentionable: bool = False
    ) -> Role:
        role = Role(self.world.ids.next(), name, int(permissions), len(guild.roles))
        role.mentionable = mentionable
        guild.roles[role.id] = role
        self.events.role("GUILD_ROLE_CREATE", guild, role.id)
        return role

    def add_channel(
        self, guild: Guild, name: str, *, kind: int = TEXT, parent: Channel | None = None
    ) -> Channel:
        channel = Channel(
            self.world.ids.next(), kind, name, guild, parent, position=len(guild.channels)
        )
        self.world.channels[channel.id] = channel
        guild.channels[channel.id] = channel
        self.events.channel("CHANNEL_CREATE", channel)
        return channel

    def add_thread(self, message: Message, name: str) -> Channel:
        """A thread that somebody opened on a message."""
        parent = message.channel
        assert parent.guild is not None
        thread = Channel(
            message.id,
            PUBLIC_THREAD,
            name,
            parent.guild,
            parent,
            owner_id=message.author.id,
            created=self.world.clock.now(),
            members={message.author.id},
        )
        self.world.channels[thread.id] = parent.guild.channels[thread.id] = thread
        message.thread = thread
        message.flags |= HAS_THREAD
        self.events.channel("THREAD_CREATE", thread)
        self.events.message("MESSAGE_UPDATE", message)
        return thread

    def remove_channel(self, channel: Channel) -> None:
        assert channel.guild is not None
        del self.world.channels[channel.id]
        del channel.guild.channels[channel.id]
        self.events.channel("CHANNEL_DELETE", channel)

    def overwrite(
        self, channel: Channel, who: Role | User, *, allow: int = 0, deny: int = 0
    ) -> None:
        """Set a channel's exception for a role or a person."""
        kind = 0 if isinstance(who, Role) else 1
        channel.overwrites = [o for o in channel.overwrites if o.id != who.id]
        channel.overwrites.append(Overwrite(who.id, kind, int(allow), int(deny)))
        self.events.channel("CHANNEL_UPDATE", channel)

    def hide_from_bot(self, channel: Channel) -> None:
        """Let the bot no longer see this channel."""
        self.overwrite(channel, self.world.bot, deny=Can.VIEW_CHANNEL)

    def join(self, guild: Guild, user: User, roles: tuple[Role, ...] = ()) -> Member:
        member = Member(user, [r.id for r in roles], joined_at=self.world.clock.now())
        guild.members[user.id] = member
        self.events.member("GUILD_MEMBER_ADD", guild, member)
        return member

    def leave(self, guild: Guild, user: User) -> None:
        self.events.member_left(guild, guild.members.pop(user.id))

    def give_role(self, guild: Guild, user: User, role: Role) -> None:
        guild.members[user.id].roles.append(role.id)
        self.events.member("GUILD_MEMBER_UPDATE", guild, guild.members[user.id])

    def take_role(self, guild: Guild, user: User, role: Role) -> None:
        guild.members[user.id].roles.remove(role.id)
        self.events.member("GUILD_MEMBER_UPDATE", guild, guild.members[user.id])
