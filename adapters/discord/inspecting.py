"""What the bot is allowed on a server: asked of Discord afresh each time, never from memory."""

from __future__ import annotations

from collections.abc import Mapping

import discord

from adapters.discord.sending import TROUBLE
from bot.domain.people import Place
from bot.errors import PlatformUnavailable
from bot.runtime.inspecting import Lack, Right, Wanted
from bot.ui.words import HasRole, InChannel, Msg, Slash, Strong, _

PERMISSIONS: Mapping[Right, str] = {
    Right.SEE: "view_channel",
    Right.POST: "send_messages",
    Right.FILES: "attach_files",
    Right.HISTORY: "read_message_history",
    Right.REMOVE: "manage_messages",
    Right.RULES: "manage_guild",
    Right.PIN: "pin_messages",
    Right.EVENTS: "create_events",
}
"""The library's name of each permission."""
NAMES: Mapping[Right, str] = {
    Right.SEE: "View Channel",
    Right.POST: "Send Messages",
    Right.FILES: "Attach Files",
    Right.HISTORY: "Read Message History",
    Right.REMOVE: "Manage Messages",
    Right.RULES: "Manage Server",
    Right.PIN: "Pin Messages",
    Right.EVENTS: "Create Events",
}
"""What Discord's own settings call it."""


async def inspect(
    client: discord.Client, place: Place, wanted: tuple[Wanted, ...], intents: tuple[str, ...]
) -> tuple[Lack, ...]:
    """What is missing on a server. Raises PlatformUnavailable."""
    try:
        guild = await client.fetch_guild(int(place.workspace), with_counts=False)
        channels = {str(one.id): one for one in await guild.fetch_channels()}
        me = await guild.fetch_member(client.user.id if client.user else 0)
    except (discord.Forbidden, discord.NotFound):
        said = _("The bot is not on this server.")
        return (Lack("", said, _("Invite it with the address that discord-invite prints.")),)
    except TROUBLE as trouble:
        raise PlatformUnavailable from trouble
    found: list[Lack] = []
    for each in wanted:
        if not each.channel:
            here = me.guild_permissions
            found += [_right(one, "") for one in _missing(each, here)]
            continue
        channel = channels.get(each.channel)
        if channel is None:
            said = _(
                "The channel {channel} is not there any more.", channel=InChannel(each.channel)
            )
            found.append(Lack(each.channel, said, _("Choose another one.")))
            continue
        missing = _missing(each, channel.permissions_for(me))
        if Right.SEE in missing:
            missing = [Right.SEE]  # without it nothing else holds
        found += [_right(one, each.channel) for one in missing]
        if each.private:
            found += _readers(guild, channel, each.staff)
        if Right.HISTORY in each.rights and "message_content" not in intents:
            found.append(_intent(each.channel))
    return tuple(dict.fromkeys(found))


def _readers(
    guild: discord.Guild, channel: discord.abc.GuildChannel, staff: frozenset[str]
) -> list[Lack]:
    """Everybody, or else each role that sees the channel and moderates nothing."""
    if channel.permissions_for(guild.default_role).view_channel:
        return [_readable(str(channel.id))]
    return [
        _readable_by(str(channel.id), str(role.id))
        for role in guild.roles
        if not (role.is_bot_managed() or str(role.id) in staff)
        and not (role.permissions.administrator or role.permissions.manage_guild)
        and channel.permissions_for(role).view_channel
    ]


def _missing(wanted: Wanted, here: discord.Permissions) -> list[Right]:
    return [
        one
        for one in Right
        if one in wanted.rights and not (here.administrator or getattr(here, PERMISSIONS[one]))
    ]


def _right(right: Right, channel: str) -> Lack:
    name = Strong(NAMES[right])
    if not channel:
        what = _("The bot lacks the permission {name}.", name=name)
        return Lack("", what, _("Server Settings, Roles, the bot's role, {name}.", name=name))
    where = InChannel(channel)
    what = _("In {channel} the bot lacks the permission {name}.", channel=where, name=name)
    grant = _(
        "Edit Channel, Permissions, add the bot's role, allow {name}; or Server Settings, Roles,"
        " the bot's role.",
        name=name,
    )
    return Lack(channel, what, grant)


def _readable(channel: str) -> Lack:
    what = _(
        "Members can read {channel}, and what is said there is for moderators.",
        channel=InChannel(channel),
    )
    grant: Msg = _(
        "Edit Channel, Permissions, Private Channel on; then add the moderators and the bot."
    )
    return Lack(channel, what, grant, readable=True)


def _readable_by(channel: str, role: str) -> Lack:
    who = HasRole(role)
    what = _(
        "{role} can read {channel}, and what is said there is for moderators.",
        role=who,
        channel=InChannel(channel),
    )
    grant = _(
        "Edit Channel, Permissions, take {role} out; or, if they moderate, name them with {roles}.",
        role=who,
        roles=Slash("setup roles"),
    )
    return Lack(channel, what, grant, readable=True)


def _intent(channel: str) -> Lack:
    what = _("Messages in {channel} cannot be read.", channel=InChannel(channel))
    grant = _(
        "Discord's Developer Portal, Bot, Message Content Intent on; then name it in the bot's"
        " setting discord.intents."
    )
    return Lack(channel, what, grant)
