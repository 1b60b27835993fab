"""The REST routes, by subject. A new one: a decorated function in the module it belongs to."""

from tests.discord_server.api import Table
from tests.discord_server.routes import (
    automod,
    channels,
    commands,
    followups,
    guilds,
    identity,
    messages,
    scheduled,
    threads,
)
from tests.discord_server.routes import interactions as interaction_routes

TABLES: list[Table] = [
    identity.table,
    commands.table,
    interaction_routes.table,
    followups.table,
    channels.table,
    messages.table,
    threads.table,
    guilds.table,
    scheduled.table,
    automod.table,
]
