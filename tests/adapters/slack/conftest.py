"""A door into the local Slack, with a feature behind it that touches everything."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from adapters.slack.door import SlackDoor
from adapters.slack.line import SlackSettings
from adapters.slack.manifest import manifest
from bot.clock import HandMovedClock
from bot.domain.people import CommunityId, Place
from bot.domain.zones import zone_of
from bot.runtime.core import Core
from bot.runtime.registry import Registry
from bot.services.ports import Work
from storage import MemoryStore, memory_store
from tests.adapters.slack.feature import Kit
from tests.slack_server import SlackServer
from tests.slack_server.fixtures import slack

__all__ = ["slack"]

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def _warm() -> None:  # pyright: ignore[reportUnusedFunction]
    """As the program does at its start: the list of places takes a second or two to read."""
    zone_of("London")


@dataclass
class Bot:
    """The whole program as far as these tests need it."""

    slack: SlackServer
    settings: SlackSettings
    clock: HandMovedClock = field(default_factory=lambda: HandMovedClock(NOW))
    kit: Kit = field(default_factory=Kit)
    store: MemoryStore = field(default_factory=memory_store)
    door: SlackDoor = field(init=False)
    core: Core = field(init=False)

    def __post_init__(self) -> None:
        clock = self.clock
        place = Place("slack", self.slack.workspace.id)

        def set_up(work: Work) -> CommunityId:
            community = work.communities.add(place, "IR", clock.now())
            work.communities.mark_set_up(community.id, "Europe/London", clock.now())
            return community.id

        self.community = self.store.write_now(set_up)
        self.registry = Registry([self.kit.feature()])
        # Exactly what the manifest asks for: a scope too few fails the walks.
        self.slack.install(manifest(self.registry, "ir-", self.settings.mode))
        self.door = SlackDoor(self.settings, clock)
        self.core = Core(self.registry, self.store, clock, self.door)

    def forget_people(self) -> None:
        """As if a minute had passed since anybody acted."""
        self.clock.move(timedelta(minutes=2))


def settings_for(slack: SlackServer) -> SlackSettings:
    return SlackSettings(
        bot_token=slack.workspace.bot_token,
        app_token=slack.app.app_token,
        signing_secret=slack.app.signing_secret,
        api_base=slack.api_base,
    )


@asynccontextmanager
async def running(slack: SlackServer, settings: SlackSettings) -> AsyncIterator[Bot]:
    bot = Bot(slack, settings)
    await bot.door.start(bot.core)
    try:
        yield bot
    finally:
        await bot.door.stop()
        await bot.store.close()


@pytest_asyncio.fixture
async def bot(slack: SlackServer) -> AsyncIterator[Bot]:
    """The bot over Socket Mode; every request it made is held against the specification."""
    async with running(slack, settings_for(slack)) as bot:
        await slack.connected()
        yield bot
    slack.assert_requests_valid()
