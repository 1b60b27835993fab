"""pytest fixtures: a running local Discord, and a bare discord.py bot connected to it.

Use them by `from tests.discord_server.fixtures import *` in a `conftest.py`.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
import pytest
import pytest_asyncio

from tests.discord_server.server import DiscordServer
from tests.discord_server.world import Guild

__all__ = ["connected", "discord_guild", "discord_server", "requests_unchecked"]

UNCHECKED = "requests_unchecked"


@pytest.fixture
def requests_unchecked() -> None:
    """Ask for this in a test whose bot is meant to send what the specification forbids."""


@pytest_asyncio.fixture
async def discord_server(request: pytest.FixtureRequest) -> AsyncIterator[DiscordServer]:
    """A local Discord on a free port; at the end every recorded request is validated."""
    server = DiscordServer()
    await server.start()
    try:
        with server.pointed():
            yield server
    finally:
        await server.stop()
    assert not server.api.crashes, server.api.crashes
    if UNCHECKED not in request.fixturenames:
        server.assert_requests_valid()
    faults = server.own_faults()
    assert not faults, "the local Discord itself answered wrongly:\n" + "\n".join(faults)


@pytest.fixture
def discord_guild(discord_server: DiscordServer) -> Guild:
    """A server with a channel #general, the bot in it."""
    return discord_server.add_guild()


@asynccontextmanager
async def connected(
    server: DiscordServer, client: discord.Client, *, ready: bool = True
) -> AsyncIterator[discord.Client]:
    """Run this client against the server for the length of the block."""
    running = asyncio.create_task(client.start(server.token), name="bare bot")
    try:
        if ready:
            waiting = asyncio.create_task(_ready(server, client), name="bare bot is ready")
            await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
            if running.done():
                running.result()
        yield client
    finally:
        await client.close()
        await asyncio.gather(running, return_exceptions=True)


async def _ready(server: DiscordServer, client: discord.Client) -> None:
    await server.until_connected()
    await client.wait_until_ready()
