"""What makes an interaction's message different from a plain one: type, origin, storing."""

from typing import TYPE_CHECKING

from tests.discord_server import interactions as acts
from tests.discord_server import wire
from tests.discord_server.interactions import Interaction
from tests.discord_server.world import Json, Message

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

CHAT_REPLY, MENU_REPLY, REPLY = 20, 23, 19


def reply_type(one: Interaction) -> int:
    """The message type of the first answer to this interaction."""
    if one.kind == acts.COMMAND:
        return CHAT_REPLY if one.command_type == 1 else MENU_REPLY
    return REPLY if one.kind == acts.COMPONENT else 0


def metadata(one: Interaction) -> Json:
    """`interaction_metadata`: which act the message answers."""
    out: Json = {
        "id": str(one.id),
        "type": one.kind,
        "user": wire.user(one.user),
        "authorizing_integration_owners": {"0": _owner(one)},
    }
    if one.kind == acts.COMMAND:
        out["name"] = one.payload["data"]["name"]
        out["command_type"] = one.command_type
    if one.kind == acts.COMPONENT and one.source is not None:
        out["interacted_message_id"] = str(one.source.id)
    if one.kind == acts.SUBMIT:
        inner: Json = {
            "id": str(one.id),
            "user": wire.user(one.user),
            "authorizing_integration_owners": {"0": _owner(one)},
        }
        if one.source is not None:
            inner |= {"type": acts.COMPONENT, "interacted_message_id": str(one.source.id)}
        else:
            inner |= {"type": acts.COMMAND, "name": "", "command_type": 1}
        out["triggering_interaction_metadata"] = inner
    return out


def _owner(one: Interaction) -> str:
    return str(one.channel.guild.id) if one.channel.guild else "0"


def placed(server: "DiscordServer", one: Interaction, message: Message) -> None:
    """Store an interaction's message and tell about it."""
    one.made.append(message)
    one.channel.messages[message.id] = message
    server.events.message("MESSAGE_CREATE", message)
