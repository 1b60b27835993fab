"""Who may do what: permission bits and how roles and overwrites combine into them.

The order is Discord's: everyone role, roles, then per channel everyone, roles, member. Owner and
administrators may everything. A thread takes its parent's permissions.
"""

from enum import IntFlag

from tests.discord_server.world import Channel, Guild, Member


class Can(IntFlag):
    """The permission bits that the server looks at."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_EVENTS = 1 << 33
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    CREATE_EVENTS = 1 << 44
    PIN_MESSAGES = 1 << 51


EVERYTHING = (1 << 53) - 1
MEMBER = (
    Can.VIEW_CHANNEL
    | Can.SEND_MESSAGES
    | Can.ADD_REACTIONS
    | Can.EMBED_LINKS
    | Can.ATTACH_FILES
    | Can.READ_MESSAGE_HISTORY
    | Can.USE_APPLICATION_COMMANDS
    | Can.CREATE_PUBLIC_THREADS
    | Can.SEND_MESSAGES_IN_THREADS
)
BOT = MEMBER | Can.MANAGE_MESSAGES | Can.PIN_MESSAGES | Can.CREATE_PRIVATE_THREADS
DIRECT = MEMBER | Can.PIN_MESSAGES
# what an interaction in a direct channel says the app may do
APP_IN_DIRECT = Can.ATTACH_FILES | Can.EMBED_LINKS | Can.MENTION_EVERYONE | Can.USE_EXTERNAL_EMOJIS


def in_guild(member: Member, guild: Guild) -> int:
    """The member's permissions in the whole server."""
    if member.user.id == guild.owner_id:
        return EVERYTHING
    bits = guild.roles[guild.id].permissions
    for role in member.roles:
        bits |= guild.roles[role].permissions
    return EVERYTHING if bits & Can.ADMINISTRATOR else bits


def in_channel(member: Member, channel: Channel) -> int:
    """The member's permissions in one channel, overwrites applied."""
    place = channel.parent if channel.is_thread and channel.parent else channel
    guild = place.guild
    if guild is None:
        return int(DIRECT)
    bits = in_guild(member, guild)
    if bits == EVERYTHING:
        return bits
    by_id = {overwrite.id: overwrite for overwrite in place.overwrites}
    if everyone := by_id.get(guild.id):
        bits = bits & ~everyone.deny | everyone.allow
    allow = deny = 0
    for role in member.roles:
        if overwrite := by_id.get(role):
            allow |= overwrite.allow
            deny |= overwrite.deny
    bits = bits & ~deny | allow
    if own := by_id.get(member.user.id):
        bits = bits & ~own.deny | own.allow
    return bits if bits & Can.VIEW_CHANNEL else 0
