"""Who acts on Discord and with what standing: `Arrival`s from interactions, the `Directory`."""

from __future__ import annotations

from typing import Any

import discord
from babel import Locale, UnknownLocaleError

from adapters.discord.dialect import PLATFORM
from adapters.discord.guilds import Guilds
from adapters.discord.sending import TROUBLE, UNKNOWN_MEMBER, UNKNOWN_USER, code_of
from bot.domain.people import Account, Place, Standing
from bot.errors import PlatformUnavailable
from bot.runtime.caller import Arrival
from bot.runtime.doors import Presence, Reach, Readers
from bot.ui.form import Picked
from bot.ui.parts import Can
from bot.ui.words import Code, _


def account_of(user: int) -> Account:
    """The account of a Discord user; ids are the same on every server."""
    return Account(PLATFORM, "", str(user))


def picked(user: discord.abc.User) -> Picked:
    """Somebody chosen in a list or option."""
    return Picked(account_of(user.id), user.display_name)


_TO_HEAR = {
    Can.HEAR_CHANNELS: _(
        "Whoever runs the app on Discord adds {intent} to {setting}, switches the Message Content"
        " Intent on in the Developer Portal (Bot, Privileged Gateway Intents) and starts the bot"
        " again. It also has to see the channel.",
        intent=Code("message_content"),
        setting=Code("discord.intents"),
    )
}


def arrival_of(interaction: discord.Interaction[Any]) -> Arrival:
    """Whoever caused an interaction."""
    can = {Can.FILE_IN_COMMAND, Can.PLACE_ROLES}
    hears = interaction.client.intents.message_content
    if hears:
        can.add(Can.HEAR_CHANNELS)
    place: Place | None = None
    standing, roles, place_name = Standing.NONE, frozenset[str](), ""
    user = interaction.user
    if interaction.guild_id is None:
        # A direct message stays in the history; a private reply on a server vanishes.
        can.add(Can.LINGER)
    else:
        place = Place(PLATFORM, str(interaction.guild_id))
        place_name = interaction.guild.name if interaction.guild else ""
        standing = _standing(interaction.permissions)
        roles = role_ids(user)
        if interaction.app_permissions.manage_messages:
            can.add(Can.REMOVE_OTHERS_MESSAGES)
    return Arrival(
        account=account_of(user.id),
        name=user.display_name,
        place=place,
        channel=None if place is None else str(interaction.channel_id),
        standing=standing,
        role_refs=roles,
        can=frozenset(can),
        language=language_of(str(interaction.locale)),
        place_name=place_name or "",
        lacking={} if hears else _TO_HEAR,
    )


async def look_up(
    client: discord.Client, guilds: Guilds, place: Place, account: Account
) -> Presence | None:
    """Somebody's standing on a server now. Raises PlatformUnavailable.

    Without the members intent the library's memory of members is never refreshed, so Discord is
    asked every time.
    """
    if place.platform != PLATFORM or not account.user.isdecimal():
        return None
    guild = await guilds.find(client, int(place.workspace))
    if guild is None or guild.unavailable:
        # Not loaded yet, away, or the bot was removed: that says nothing about the person.
        raise PlatformUnavailable
    member = guild.get_member(int(account.user)) if client.intents.members else None
    try:
        member = member or await guild.fetch_member(int(account.user))
    except TROUBLE as trouble:
        # Only Discord's own word counts: a 404 of somebody on the way says nothing about anybody.
        if code_of(trouble) in (UNKNOWN_MEMBER, UNKNOWN_USER):
            return None
        raise PlatformUnavailable from trouble
    return Presence(_standing(member.guild_permissions), role_ids(member), member.display_name)


async def readers(
    client: discord.Client, guilds: Guilds, place: Place, channel: str
) -> Readers | None:
    """Who can read a channel, by the roles that may; raises PlatformUnavailable."""
    if place.platform != PLATFORM or not channel.isdecimal():
        return None
    guild = await guilds.find(client, int(place.workspace))
    if guild is None or guild.unavailable:
        raise PlatformUnavailable
    found = guild.get_channel(int(channel))
    if found is None:
        return None
    if found.permissions_for(guild.default_role).read_messages:
        return Readers(Reach.PLACE, guild.member_count)
    let_in = [role.name for role in guild.roles if found.permissions_for(role).read_messages]
    return Readers(Reach.SOME, groups=tuple(sorted(let_in)))


def _standing(permissions: discord.Permissions) -> Standing:
    manages = permissions.manage_guild or permissions.administrator
    return Standing.MANAGER if manages else Standing.NONE


def standing_of(user: discord.User | discord.Member) -> Standing:
    """What the server says about somebody, as far as it is known here."""
    return _standing(user.guild_permissions) if isinstance(user, discord.Member) else Standing.NONE


def role_ids(user: discord.User | discord.Member) -> frozenset[str]:
    """Every role, that of everybody included."""
    if not isinstance(user, discord.Member):
        return frozenset()
    # Not `user.roles`: it leaves out what a server that is not loaded yet has not told.
    return frozenset(str(one) for one in (user.guild.id, *user._roles))


def language_of(locale: str) -> str | None:
    """The language of a locale such as `en-US`; None for one that nobody knows."""
    try:
        return Locale.parse(locale, sep="-").language
    except (UnknownLocaleError, ValueError):
        return None
