"""Fixtures and a bare bolt app. A folder that walks through Slack imports them in its conftest.py:

from tests.slack_server.fixtures import slack  # noqa: F401
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest_asyncio
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack_server.server import SlackServer


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[SlackServer]:
    """A local Slack with one workspace; closed again after the test."""
    async with SlackServer() as server:
        yield server


@pytest_asyncio.fixture
async def client(slack: SlackServer) -> AsyncWebClient:
    """A bare slack_sdk client with the bot token."""
    return AsyncWebClient(token=slack.workspace.bot_token, base_url=slack.api_base)


@pytest_asyncio.fixture
async def bolt(slack: SlackServer, client: AsyncWebClient) -> AsyncApp:
    """A bare bolt app without listeners, not yet connected; see `connected`."""
    return AsyncApp(client=client, signing_secret=slack.app.signing_secret)


@asynccontextmanager
async def connected(
    slack: SlackServer, app: AsyncApp, *, ping_interval: float = 3.0
) -> AsyncIterator[AsyncSocketModeHandler]:
    """Connect a bolt app over Socket Mode for as long as the block lasts."""
    handler = AsyncSocketModeHandler(app, slack.app.app_token, ping_interval=ping_interval)
    await handler.connect_async()
    try:
        await slack.connected()
        yield handler
    finally:
        await handler.close_async()
