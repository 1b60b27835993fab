"""What routes ask before they act: is it there, may the bot see it, may the bot do this."""

from tests.discord_server import permissions, refusal
from tests.discord_server.api import Call
from tests.discord_server.permissions import Can
from tests.discord_server.world import DIRECT, Channel, Guild, Member, Message


def bot_permissions(call: Call, channel: Channel) -> int:
    """The bot's bits in this channel; 0 where it is not a member."""
    if channel.guild is None:
        return int(permissions.DIRECT)
    member = channel.guild.members.get(call.world.bot.id)
    return permissions.in_channel(member, channel) if member else 0


def channel(call: Call) -> Channel:
    """The channel of the path: 10003 if there is none, 50001 if the bot cannot see it."""
    found = call.world.channels.get(call.id("channel_id"))
    if found is None:
        raise refusal.unknown_channel()
    if not bot_permissions(call, found) & Can.VIEW_CHANNEL:
        raise refusal.missing_access()
    return found


def need(call: Call, place: Channel, wanted: int) -> None:
    """50013 unless the bot has all of these here."""
    if bot_permissions(call, place) & wanted != wanted:
        raise refusal.missing_permissions()


def message(call: Call, place: Channel) -> Message:
    """The message of the path: 10008 if there is none, or if it is somebody's private reply."""
    found = place.messages.get(call.id("message_id"))
    if found is None or found.ephemeral_to is not None:
        raise refusal.unknown_message()
    return found


def reachable(call: Call, place: Channel) -> None:
    """Direct channels: 50007 if the person takes no messages, 50278 if no server is shared."""
    if place.type != DIRECT or place.recipient is None:
        return
    person = place.recipient
    if person.bot or not person.dms_open:
        raise refusal.cannot_message_user()
    if not call.world.mutual(person):
        raise refusal.no_mutual_guilds()


def guild(call: Call) -> Guild:
    """The server of the path: 10004 if there is none, or if the bot is not in it."""
    found = call.world.guilds.get(call.id("guild_id"))
    if found is None or call.world.bot.id not in found.members:
        raise refusal.unknown_guild()
    return found


def guild_bits(call: Call, place: Guild) -> int:
    return permissions.in_guild(place.members[call.world.bot.id], place)


def need_in_guild(call: Call, place: Guild, wanted: int) -> None:
    """50013 unless the bot has all of these in the whole server."""
    if guild_bits(call, place) & wanted != wanted:
        raise refusal.missing_permissions()


def member(call: Call, place: Guild) -> Member:
    """The member of the path: 10013 for nobody's id, 10007 for somebody who is not in it."""
    user_id = call.id("user_id")
    if user_id not in call.world.users:
        raise refusal.unknown_user()
    if user_id not in place.members:
        raise refusal.unknown_member()
    return place.members[user_id]
