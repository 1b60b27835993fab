"""Channels themselves: looking at one, typing in one."""

from tests.discord_server import wire
from tests.discord_server.api import Call, Table
from tests.discord_server.permissions import Can
from tests.discord_server.routes import access
from tests.discord_server.world import Json

table = Table()


@table.route("GET", "/channels/{channel_id}")
def get(call: Call) -> Json:
    return wire.channel(access.channel(call))


@table.route("POST", "/channels/{channel_id}/typing")
def typing(call: Call) -> None:
    access.need(call, access.channel(call), Can.SEND_MESSAGES)
