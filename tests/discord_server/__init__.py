"""A local Discord that the real client library connects to. See README.md in this folder."""

from tests.discord_server.invoking import Upload
from tests.discord_server.permissions import Can
from tests.discord_server.person import Person
from tests.discord_server.server import DiscordServer
from tests.discord_server.turn import Modal, NoAnswer, NotOffered, Turn
from tests.discord_server.world import Channel, Guild, Message, Role, User

__all__ = [
    "Can",
    "Channel",
    "DiscordServer",
    "Guild",
    "Message",
    "Modal",
    "NoAnswer",
    "NotOffered",
    "Person",
    "Role",
    "Turn",
    "Upload",
    "User",
]
