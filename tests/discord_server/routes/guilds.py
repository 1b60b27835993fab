"""Servers as the bot may look at them: itself, members, channels, roles."""

from tests.discord_server import refusal, wire
from tests.discord_server.api import Call, Table
from tests.discord_server.gateway import MEMBERS
from tests.discord_server.routes import access
from tests.discord_server.world import Json

table = Table()


@table.route("GET", "/guilds/{guild_id}")
def get(call: Call) -> Json:
    place = access.guild(call)
    out = wire.guild(place)
    if call.query.get("with_counts", "").lower() in ("1", "true"):
        out |= {
            "approximate_member_count": len(place.members),
            "approximate_presence_count": len(place.members),
        }
    return out


@table.route("GET", "/guilds/{guild_id}/channels")
def channels(call: Call) -> list[Json]:
    place = access.guild(call)
    return [wire.channel(c) for c in place.channels.values() if not c.is_thread]


@table.route("GET", "/guilds/{guild_id}/roles")
def roles(call: Call) -> list[Json]:
    return [wire.role(r) for r in access.guild(call).roles.values()]


@table.route("GET", "/guilds/{guild_id}/members/{user_id}")
def member(call: Call) -> Json:
    return wire.member(access.member(call, access.guild(call)))


@table.route("GET", "/guilds/{guild_id}/members")
def members(call: Call) -> list[Json]:
    """Needs the members intent, as on the gateway."""
    place = access.guild(call)
    if not call.world.application.privileged_intents & MEMBERS:
        raise refusal.missing_access()
    after, limit = int(call.query.get("after", "0")), int(call.query.get("limit", "1"))
    found = sorted(i for i in place.members if i > after)[:limit]
    return [wire.member(place.members[i]) for i in found]
